"""The site's settings with nothing around the view but session and person."""

from varpa.site.settings import *  # noqa: F403 - all but what stands below

ROOT_URLCONF = "bench._floor"
# Session and person as Django reads them, not as the site does.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # The sign-in library does not start without its own.
    "allauth.account.middleware.AccountMiddleware",
]
