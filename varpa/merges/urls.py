from django.urls import URLPattern, path

from varpa.merges import views

app_name = "merges"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/people/together/", views.together, name="list"),
    path("programmes/<str:ref>/people/together/<str:one>/<str:other>/", views.compare, name="compare"),
    path("merges/<str:ref>/", views.merge, name="merge"),
    path("merges/<str:ref>/undo/", views.undo, name="undo"),
]
