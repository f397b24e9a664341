from django.urls import URLPattern, path

from varpa.mailroom import views

app_name = "mailroom"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/mail/", views.programme_mail, name="programme"),
    path("organisations/<str:ref>/mail/", views.organisation_mail, name="organisation"),
    path("mail/<str:ref>/settled/", views.settled, name="settled"),
]
