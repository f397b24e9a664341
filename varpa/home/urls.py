from django.urls import URLPattern, path

from varpa.home import views

app_name = "home"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("pairs/<str:ref>/papers/", views.papers, name="papers"),
    path("pairs/<str:ref>/papers/<str:key>.pdf", views.paper, name="paper"),
    path("slots/<str:ref>/everything.zip", views.everything, name="everything"),
    path("pairs/<str:ref>/", views.room, name="room"),
    path("programmes/<str:ref>/", views.programme_board, name="board"),
    path("programmes/<str:ref>/forms/", views.forms, name="forms"),
    path("programmes/<str:ref>/forms/<str:key>-<str:language>.pdf", views.form, name="form"),
    path("programmes/<str:ref>/pairs/", views.pairs, name="pairs"),
]
