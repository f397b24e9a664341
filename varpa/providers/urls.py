"""Addresses of signing in by an account of a school or a company."""

from django.urls import URLPattern, path

from varpa.providers import views

app_name = "providers"

urlpatterns: list[URLPattern] = [
    path("sign-in/with/<slug:key>/", views.begin, name="begin"),
    path("sign-in/with/<slug:key>/back/", views.back, name="back"),
    path("me/sign-in/accounts/<int:number>/removal/", views.unlink, name="unlink"),
]
