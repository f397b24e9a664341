"""Addresses of dossiers."""

from django.urls import URLPattern, path

from varpa.dossier.views import dossiers, observers

app_name = "dossier"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/dossier/", dossiers.dossiers, name="dossier"),
    path("dossiers/<str:ref>/", dossiers.one, name="one"),
    path("dossiers/<str:ref>/archive.zip", dossiers.archive, name="archive"),
    path("dossiers/<str:ref>/withdrawal/", dossiers.withdraw, name="withdraw"),
    path("observer-links/<str:ref>/withdrawal/", dossiers.close, name="close"),
    path("observer/<str:token>/", observers.observed, name="observed"),
    path("observer/<str:token>/archive.zip", observers.fetched, name="fetched"),
]
