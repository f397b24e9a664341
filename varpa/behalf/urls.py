"""The addresses of what staff enter from paper."""

from django.urls import URLPattern, path

from varpa.behalf import views

app_name = "behalf"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/papers/meeting/", views.meeting, name="meeting"),
    path("pairs/<str:ref>/papers/plan/", views.plan, name="plan"),
]
