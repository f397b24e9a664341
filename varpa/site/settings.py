"""Settings: read from the environment, with defaults that need nothing set."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

from django.utils.translation import gettext_lazy as _

from varpa.providers.configured import FILE, read
from varpa.site import postgresql

CODE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VARPA_DATA", "data")).resolve()
# Nobody else of this machine looks into it, unless whoever runs the site lets them.
DATA.mkdir(0o700, parents=True, exist_ok=True)
METHODOLOGIES = Path(os.environ.get("VARPA_METHODOLOGIES", CODE.parent / "methodologies"))

# The demonstration lives in a folder of its own, marked; only it shows the cast and the letters.
DEMONSTRATION = (DATA / "demonstration.txt").exists()

# A trial copy of a backup (varpa restore --trial): real people, of whom nobody may be told anything by it.
TRIAL = (DATA / "trial.txt").exists()

DEBUG = False


def _secret() -> str:
    """The key of this data folder: made once, readable by its owner only."""
    given = os.environ.get("VARPA_SECRET")
    if given:
        return given
    path = DATA / "secret.txt"
    if not path.exists():
        try:
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = _secret()
SITE_URL = os.environ.get("VARPA_URL", "").rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [urlparse(SITE_URL).hostname or "127.0.0.1", "localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOMS = [
    "history",
    "money",
    "files",
    "documents",
    "post",
    "ui",
    "people",
    "programmes",
    "mailroom",
    "guardians",
    "duplicates",
    "absences",
    "factors",
    "drafts",
    "taxes",
    "providers",
    "notices",
    "applications",
    "calls",
    "events",
    "pairs",
    "news",
    "meetings",
    "messaging",
    "checkins",
    "businessplans",
    "profiles",
    "presentations",
    "times",
    "visits",
    "behalf",
    "pairreports",
    "defence",
    "matching",
    "diary",
    "support",
    "surveys",
    "closing",
    "evaluation",
    "reports",
    "guidelines",
    "merges",
    "dossier",
    "home",
    "privacy",
    "site",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"varpa.{room}" for room in ROOMS),
    # After the rooms: the pages, inputs and words of ours come first.
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "varpa.site.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "varpa.people.middleware.LanguageMiddleware",
    "varpa.factors.middleware.SecondStepMiddleware",
    "varpa.site.middleware.UnkeptMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "varpa.site.middleware.NullMiddleware",
    "varpa.site.middleware.KeptWordsMiddleware",
]

ROOT_URLCONF = "varpa.site.urls"
WSGI_APPLICATION = "varpa.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "varpa.ui.templatetags.varpa",
                "django.templatetags.i18n",
                "varpa.ui.templatetags.often",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "varpa.site.navigation.context",
            ],
        },
    }
]


# Inputs are drawn without a template each.
FORM_RENDERER = "varpa.ui.drawn.Renderer"


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return postgresql.database(url)
    return {
        "ENGINE": "varpa.site.sqlite",
        "NAME": DATA / "varpa.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # wal_autocheckpoint=0: only one process, the worker, checkpoints.
            # secure_delete: what is destroyed, such as the draft of an anonymous answer, is written over.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; "
                "PRAGMA mmap_size=0; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
            ),
        },
        # Said, because the tests know no other engine that keeps its database in memory.
        "TEST": {"NAME": os.environ.get("VARPA_TEST_DATABASE", ":memory:")},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
# Addresses are unique without regard to case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "varpa.people.sessions.Backend",
    # Signs people in; whoever it signed in before ours stood here stays signed in.
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "varpa.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "request_login_code": "varpa.people.forms.AskForm",
    "confirm_login_code": "varpa.people.forms.CodeForm",
}
# docs/decisions/0003-rate-limits.md: a whole class signs in from one address of the net, a person seldom.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip,5/15m/key,30/d/key",
    "confirm_login_code": "120/m/ip,5/15m/key",
    # The second step: codes of an app, recovery codes. The same count confirms who is there once more.
    "login_failed": "60/m/ip,5/15m/key,30/d/key",
    # Applying: a class begins in one lesson; letters to one address come as seldom as codes.
    "begin_application": "60/m/ip",
    "application_letter": "5/15m/key,30/d/key",
    # Accounts of a school: a class begins in one lesson.
    "begin_account": "120/m/ip",
    # A hall chooses its favourite within a few minutes, over one net; a phone now and then anew.
    "favourite": "600/m/ip,20/m/key",
}
# What comes one after the other: the code by mail, then the second step of whoever has or needs one.
SIGN_IN_STAGES = ["allauth.account.stages.LoginByCodeStage", "varpa.factors.stages.SecondStep"]
# For so many days after the first time that it is asked for, whoever needs a second step may go on without.
SECOND_STEP_DAYS = int(os.environ.get("VARPA_SECOND_STEP_DAYS", "7"))
MFA_ADAPTER = "varpa.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A finger, a face or a PIN each time: a passkey that was found or stolen opens nothing.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Addresses are proved by the code that was mailed to them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = f"Varpa ({urlparse(SITE_URL).hostname})"
MFA_FORMS = {"authenticate": "varpa.factors.forms.SecondForm"}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

# Accounts of schools and companies that sign in; in the demonstration, and in a trial copy, none.
SIGN_IN_PROVIDERS, SIGN_IN_FAULTS = ((), ()) if DEMONSTRATION or TRIAL else read(DATA / FILE)
SOCIALACCOUNT_ADAPTER = "varpa.providers.adapter.ProviderAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# How many proxies of one's own stand before the site: whom the limits count is read from their header.
# TLS is spoken by none but a proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VARPA_PROXIES") or SECURE)

# Shared by all processes and atomic: a limit that each worker counts for itself is none.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("lv", "Latviešu"), ("lt", "Lietuvių"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
# The rooms' own catalogues are found beside them; these two are no apps.
LOCALE_PATHS = [CODE / "kernel" / "locale", CODE / "methodology" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("VARPA_STATIC", DATA / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "varpa.ui.styles.GatheredStyles",
]
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SESSION_ENGINE = "varpa.people.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Of such a name a browser takes a cookie from this very host only, and over TLS.
_HOST = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{_HOST}sessionid"
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "varpa.site.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Mail: SMTP where VARPA_SMTP is set (smtp://user:password@host:587), else the data folder's file mailbox.
SMTP_URL = "" if TRIAL else os.environ.get("VARPA_SMTP", "")
MAILBOX = DATA / "mailbox"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if SMTP_URL else "varpa.post.mailbox.FileMailbox"
)
_smtp = urlparse(SMTP_URL)
EMAIL_HOST = _smtp.hostname or "localhost"
EMAIL_PORT = _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
# Answers: to an address that takes name+key@domain, fetched by IMAP (imaps://user:password@host), or handed
# in by the mail server (varpa mail-in, varpa lmtp).
REPLY_ADDRESS = os.environ.get("VARPA_REPLY", "")
# The own receiving mail server, as it calls itself in Authentication-Results; empty: none is believed.
MAIL_SERVER_NAME = os.environ.get("VARPA_MAIL_SERVER_NAME", "")
IMAP_URL = "" if TRIAL else os.environ.get("VARPA_IMAP", "")
# A virus scanner (clamd) that looks through every file before it is kept: tcp://host:port or unix:///path.
SCANNER_URL = os.environ.get("VARPA_SCANNER", "")
# Short messages: a gateway's address with {number} and {text}, or mailto:{number}@its.domain.
SMS_URL = "" if TRIAL else os.environ.get("VARPA_SMS", "")
# Devices are told through push servers of their makers, by public https addresses; tests speak to their own.
PUSH_TO_LOOPBACK = False
DEFAULT_FROM_EMAIL = os.environ.get("VARPA_FROM", "Varpa <varpa@localhost>")

PRODUCT_NAME = "Varpa"
DEMONSTRATION_NOTE = _("This is a demonstration: people and results are made up.")
TRIAL_NOTE = _(
    "This is a trial copy: nothing done here reaches the real site, and no letter, notice or SMS leaves it."
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not there is no news; a failure is. Who came in, and who was refused, is written down.
    "loggers": {"django.request": {"level": "ERROR"}, "varpa.door": {"level": "INFO"}},
}
