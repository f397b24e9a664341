from django.urls import URLPattern, path

from varpa.evaluation import views

app_name = "evaluation"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/activities/<str:key>/", views.activity, name="activity"),
    path("evidence/<str:ref>/withdrawal/", views.withdraw, name="withdraw"),
]
