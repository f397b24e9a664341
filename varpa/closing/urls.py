from django.urls import URLPattern, path

from varpa.closing import views

app_name = "closing"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/closing/", views.closing, name="closing"),
    path("pairs/<str:ref>/closing/contact/", views.contact, name="contact"),
    path("pairs/<str:ref>/closing/end/", views.end, name="end"),
    path("pairs/<str:ref>/closing/excuses/<str:key>/", views.excuse, name="excuse"),
]
