"""Addresses of days away."""

from django.urls import URLPattern, path

from varpa.absences import views

app_name = "absences"

urlpatterns: list[URLPattern] = [
    path("me/away/", views.away, name="away"),
    path("absences/<str:ref>/back/", views.back, name="back"),
]
