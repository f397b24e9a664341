"""Addresses of a programme's taxes."""

from django.urls import URLPattern, path

from varpa.taxes import views

app_name = "taxes"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/taxes/", views.taxes, name="taxes"),
    path("programmes/<str:ref>/taxes/<str:country>/<int:year>/begin/", views.begin, name="begin"),
    path("programmes/<str:ref>/taxes/<str:country>/<int:year>/back/", views.back, name="year_back"),
    path("programmes/<str:ref>/taxes/<str:country>/<int:year>/<slug:rate>/", views.rate, name="rate"),
    path("programmes/<str:ref>/taxes/<str:country>/<int:year>/<slug:rate>/back/", views.back, name="back"),
]
