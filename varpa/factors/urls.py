"""Addresses of signing in by a second step, and by passkeys."""

from django.urls import URLPattern, path

from varpa.factors.views import address, own, reset

app_name = "factors"

urlpatterns: list[URLPattern] = [
    path("me/sign-in/", own.overview, name="overview"),
    path("me/sign-in/app/", own.app, name="app"),
    path("me/sign-in/codes/", own.codes, name="codes"),
    path("me/sign-in/passkeys/", own.passkeys, name="passkeys"),
    path("me/sign-in/steps/<int:number>/name/", own.rename, name="rename"),
    path("me/sign-in/steps/<int:number>/removal/", own.remove, name="remove"),
    path("me/address/", address.own, name="address"),
    path("address/<str:signed>/", address.prove, name="prove_address"),
    path("memberships/<str:ref>/address/", address.of_member, name="address_of"),
    path("organisations/<str:ref>/second-step/", reset.running, name="running"),
    path("organisations/<str:ref>/second-step/<str:person>/reset/", reset.of_staff, name="of_staff"),
    path("memberships/<str:ref>/second-step/", reset.of_member, name="of_member"),
]
