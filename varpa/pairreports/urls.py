"""The addresses of reports of pairs."""

from django.urls import URLPattern, path

from varpa.pairreports import views

app_name = "pairreports"

urlpatterns: list[URLPattern] = [
    path("pair-reports/<str:ref>/", views.report, name="report"),
    path("pair-reports/<str:ref>/words/", views.words, name="words"),
    path("pair-reports/<str:ref>/handover/", views.handover, name="handover"),
    path("pair-reports/<str:ref>/return/", views.back, name="back"),
    path("pair-reports/<str:ref>/showing/", views.showing, name="showing"),
    path("events/<str:ref>/reports/", views.event_reports, name="event"),
]
