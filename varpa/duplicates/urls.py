from django.urls import URLPattern, path

from varpa.duplicates import views

app_name = "duplicates"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/people/twice/", views.twice, name="twice"),
    path("programmes/<str:ref>/people/twice/<str:one>/<str:other>/", views.different, name="different"),
]
