"""The site's settings with nothing around the view but session and person."""

from varpa.site.settings import *  # noqa: F403 - all but what stands below

ROOT_URLCONF = "bench._floor"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # The sign-in library does not start without its own.
    "allauth.account.middleware.AccountMiddleware",
]
