from django.urls import URLPattern, path

from varpa.people import views

app_name = "people"

urlpatterns: list[URLPattern] = [
    path("me/", views.me, name="me"),
    path("me/letters/<str:kind>/", views.letters, name="letters"),
    path("me/calendar/", views.calendar, name="calendar"),
    path("organisations/<str:ref>/staff/", views.staff, name="staff"),
    path("organisations/<str:ref>/staff/<str:person>/end/", views.end, name="end"),
    path("sign-in/again/", views.ask_again, name="ask_again"),
    path("sign-in/as/<str:ref>/", views.stand_in, name="stand_in"),
]
