"""The addresses: each room names its own, whole, in its `urls.py`."""

import re
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from varpa.factors.views import door, own
from varpa.people import views as people
from varpa.site import views

# The library's names, our pages. Of the library nothing else can be reached: no sign-up, no passwords, no
# list of addresses. Accounts of schools and companies have addresses in their own room (`providers`).
SIGN_IN = [
    path("sign-in/", people.ask_code, name="account_login"),
    path("sign-in/", people.ask_code, name="account_request_login_code"),
    path("sign-in/code/", people.confirm_code, name="account_confirm_login_code"),
    path("sign-in/second-step/", door.second, name="mfa_authenticate"),
    path("sign-in/passkey/", door.passkey, name="mfa_login_webauthn"),
    path("me/sign-in/again/", own.again, name="mfa_reauthenticate"),
    path("me/sign-in/again/", own.again, name="mfa_reauthenticate_webauthn"),
    path("sign-in/closed/", people.closed, name="account_inactive"),
    path("sign-in/new/", people.sign_up, name="account_signup"),
    path("sign-out/", views.leave, name="account_logout"),
    path("sign-out/there/", views.there, name="sign_out_there"),
    path("sign-out/elsewhere/", views.elsewhere, name="sign_out_elsewhere"),
]


def _room(urls: ModuleType) -> URLResolver:
    """The addresses of a room, looked through only where an address begins as one of them does.

    Of forty rooms forty lists would be read for each page (docs/decisions/0020-what-a-page-costs.md).
    """
    begins = sorted({str(each.pattern).partition("/")[0] for each in urls.urlpatterns})
    named = "|".join(map(re.escape, begins))
    return re_path(rf"^(?=(?:{named})(?:/|$))", include(urls))


urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("robots.txt", views.robots, name="robots"),
    *SIGN_IN,
    *(
        _room(import_module(f"varpa.{room}.urls"))
        for room in settings.ROOMS[:-1]
        if find_spec(f"varpa.{room}.urls")
    ),
]

handler400 = views.unread
handler403 = views.forbidden
handler404 = views.not_here
handler500 = views.failed
