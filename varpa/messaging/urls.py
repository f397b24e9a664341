"""The addresses of conversations."""

from django.urls import URLPattern, path

from varpa.messaging import views

app_name = "messaging"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/messages/", views.threads, name="threads"),
    path("pairs/<str:ref>/messages/new/", views.new, name="new"),
    path("pairs/<str:ref>/messages/begin/", views.begin, name="begin"),
    path("pairs/<str:ref>/messages/files/", views.add_files, name="add_files"),
    path("pairs/<str:ref>/quiet/", views.quiet, name="quiet"),
    path("threads/<str:ref>/", views.thread, name="thread"),
    path("threads/<str:ref>/fresh/", views.fresh, name="fresh"),
    path("messages/<str:ref>/withdrawal/", views.take_back, name="take_back"),
    path("messages/<str:ref>/settled/", views.settle, name="settle"),
    path("messages/<str:ref>/files/<str:file>/", views.file, name="file"),
]
