"""Addresses of visits to the company."""

from django.urls import URLPattern, path

from varpa.visits import views

app_name = "visits"

urlpatterns: list[URLPattern] = [
    path("meetings/<str:ref>/visit/", views.visit, name="visit"),
    path("meetings/<str:ref>/visit.pdf", views.pack, name="pack"),
    path("guardian/<str:token>/visits/", views.told, name="told"),
]
