from django.urls import URLPattern, path

from varpa.diary import views

app_name = "diary"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/diary/", views.diary, name="diary"),
    path("pairs/<str:ref>/diary/new/", views.new, name="new"),
    path("entries/<str:ref>/", views.entry, name="entry"),
    path("diaries/handover/<str:signed>/", views.handover_by_link, name="handover_by_link"),
    path("diaries/<str:ref>/handover/", views.handover, name="handover"),
    path("diaries/<str:ref>/copy.pdf", views.copy, name="copy"),
    path("diaries/<str:ref>/answer/", views.answer, name="answer"),
]
