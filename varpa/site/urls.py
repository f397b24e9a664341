"""The addresses: each room names its own, whole, in its `urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from varpa.people import views as people
from varpa.site import views

# The library's names, our pages. Of the library nothing else can be reached: no sign-up, no passwords, no
# list of addresses. Passkeys and accounts of schools (OIDC) will be further lines here.
SIGN_IN = [
    path("sign-in/", people.ask_code, name="account_login"),
    path("sign-in/", people.ask_code, name="account_request_login_code"),
    path("sign-in/code/", people.confirm_code, name="account_confirm_login_code"),
    path("sign-in/closed/", people.closed, name="account_inactive"),
    path("sign-in/new/", people.sign_up, name="account_signup"),
    path("sign-out/", views.leave, name="account_logout"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("robots.txt", views.robots, name="robots"),
    *SIGN_IN,
    *(
        path("", include(f"varpa.{room}.urls"))
        for room in settings.ROOMS[:-1]
        if find_spec(f"varpa.{room}.urls")
    ),
]

handler500 = views.failed
