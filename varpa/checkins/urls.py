"""The address of a look at the cooperation."""

from django.urls import URLPattern, path

from varpa.checkins import views

app_name = "checkins"

urlpatterns: list[URLPattern] = [path("checkins/<str:ref>/", views.checkin, name="checkin")]
