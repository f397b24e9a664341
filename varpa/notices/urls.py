from django.urls import URLPattern, path

from varpa.notices import views

app_name = "notices"

urlpatterns: list[URLPattern] = [
    path("me/notices/", views.notices, name="notices"),
    path("me/notices/hours/", views.hours, name="hours"),
    path("me/notices/pace/", views.pace, name="pace"),
    path("me/notices/devices/", views.devices, name="devices"),
    path("me/notices/number/", views.number, name="number"),
    path("me/notices/code/", views.code, name="code"),
    path("devices/<str:ref>/remove/", views.remove, name="remove"),
    path("me/notices/beside/", views.beside, name="beside"),
]
