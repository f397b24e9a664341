from django.urls import URLPattern, path

from varpa.privacy import logviews, views

app_name = "privacy"

urlpatterns: list[URLPattern] = [
    path("me/data/", views.data, name="data"),
    path("me/data/everything.zip", views.everything, name="everything"),
    path("me/data/erasure/", views.ask, name="ask"),
    path("me/data/erasure/confirmation/", views.confirm, name="confirm"),
    path("erasures/<str:ref>/withdrawal/", views.take_back, name="take_back"),
    path("memberships/<str:ref>/erasure/", views.on_paper, name="on_paper"),
    path("programmes/<str:ref>/erasures/", views.waiting, name="waiting"),
    path("programmes/<str:ref>/retention/", views.retention, name="retention"),
    path("programmes/<str:ref>/log/", logviews.programme_log, name="programme_log"),
    path("organisations/<str:ref>/log/", logviews.organisation_log, name="organisation_log"),
]
