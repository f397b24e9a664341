"""The addresses: each room names its own, whole, in its `urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from varpa.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("robots.txt", views.robots, name="robots"),
    path("sign-in/", include("allauth.account.urls")),
    *(
        path("", include(f"varpa.{room}.urls"))
        for room in settings.ROOMS[:-1]
        if find_spec(f"varpa.{room}.urls")
    ),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed
