"""Addresses of proposals of times."""

from django.urls import URLPattern, path

from varpa.times import views

app_name = "times"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/times/", views.new, name="new"),
    path("times/<str:ref>/", views.proposal, name="proposal"),
    path("times/<str:ref>/choose/", views.choose, name="choose"),
    path("times/<str:ref>/decline/", views.decline, name="decline"),
    path("times/<str:ref>/back/", views.back, name="back"),
]
