"""Addresses of days away."""

from django.urls import URLPattern, path

from varpa.absences import views

app_name = "absences"

urlpatterns: list[URLPattern] = [
    path("me/away/", views.away, name="away"),
    path("absences/<str:ref>/back/", views.back, name="back"),
    path("programmes/<str:ref>/school-holidays/", views.school, name="school"),
    path("programmes/<str:ref>/school-holidays/removal/", views.school_back, name="school_back"),
]
