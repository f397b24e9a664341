from django.urls import URLPattern, path

from varpa.post import views

app_name = "post"

urlpatterns: list[URLPattern] = [
    path("letters/", views.letters, name="letters"),
    path("letters/stop/<str:signed>/", views.stop, name="stop"),
    path("letters/<str:ref>/", views.letter, name="letter"),
    path("letters/<str:ref>/body/", views.body, name="body"),
    path("letters/<str:ref>/calendar/", views.calendar, name="calendar"),
]
