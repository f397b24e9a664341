"""The addresses: each room names its own, whole, in its `urls.py`."""

from importlib.util import find_spec

from allauth.account import views as sign_in
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from varpa.site import views

# Of the sign-in library only these: no sign-up, no passwords, no list of addresses.
SIGN_IN = [
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-in/code/", sign_in.request_login_code, name="account_request_login_code"),
    path("sign-in/confirm/", sign_in.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/closed/", sign_in.account_inactive, name="account_inactive"),
    path("sign-out/", sign_in.logout, name="account_logout"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("robots.txt", views.robots, name="robots"),
    *SIGN_IN,
    *(
        path("", include(f"varpa.{room}.urls"))
        for room in settings.ROOMS[:-1]
        if find_spec(f"varpa.{room}.urls")
    ),
]

handler500 = views.failed
