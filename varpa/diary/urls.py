from django.urls import URLPattern, path

from varpa.diary.views import diaries, links, photographs

app_name = "diary"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/diary/", diaries.diary, name="diary"),
    path("pairs/<str:ref>/diary/new/", diaries.new, name="new"),
    path("entries/<str:ref>/", diaries.entry, name="entry"),
    path("entries/<str:ref>/photographs/", photographs.pages, name="photographs"),
    path("entries/<str:ref>/finish/", photographs.finish, name="finish"),
    path("diaries/photographs/<str:ref>/", photographs.photograph, name="photograph"),
    path("diaries/photographs/<str:ref>/words/", photographs.description, name="describe"),
    path("diaries/photographs/<str:ref>/removal/", photographs.removal, name="unphotograph"),
    path("diaries/handover/<str:signed>/", diaries.handover_by_link, name="handover_by_link"),
    path(
        "diaries/handover/<str:signed>/<str:photograph>/",
        photographs.photograph_by_link,
        name="photograph_by_link",
    ),
    path("diaries/<str:ref>/handover/", diaries.handover, name="handover"),
    path("diaries/<str:ref>/link/", links.send, name="send_link"),
    path("diaries/<str:ref>/link/withdrawal/", links.revoke, name="revoke_link"),
    path("diaries/<str:ref>/copy.pdf", diaries.copy, name="copy"),
    path("diaries/<str:ref>/answer/", diaries.answer, name="answer"),
]
