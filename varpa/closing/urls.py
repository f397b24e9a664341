from django.urls import URLPattern, path

from varpa.closing import certificates, views

app_name = "closing"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/closing/", views.closing, name="closing"),
    path("pairs/<str:ref>/closing/contact/", views.contact, name="contact"),
    path("pairs/<str:ref>/closing/end/", views.end, name="end"),
    path("pairs/<str:ref>/closing/excuses/<str:key>/", views.excuse, name="excuse"),
    path("pairs/<str:ref>/certificates/<str:side>.pdf", certificates.certificate, name="certificate"),
    path("mentoring-certificates/<str:number>/", certificates.verify, name="verify"),
]
