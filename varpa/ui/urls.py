from django.urls import URLPattern, path

from varpa.ui import views

app_name = "ui"

urlpatterns: list[URLPattern] = [
    path("gallery/", views.gallery, name="gallery"),
]
