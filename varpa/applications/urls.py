from django.urls import URLPattern, path

from varpa.applications.views import lists, members, people, rosters

app_name = "applications"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/people/", people.people, name="people"),
    path("programmes/<str:ref>/people/decision/", people.decide_all, name="decide_all"),
    path("programmes/<str:ref>/people/export/", lists.export, name="export"),
    path("programmes/<str:ref>/people/views/", lists.keep, name="keep_view"),
    path("views/<str:ref>/", lists.view, name="view"),
    path("views/<str:ref>/withdrawal/", lists.withdraw, name="withdraw_view"),
    path("programmes/<str:ref>/people/import/", rosters.upload, name="import"),
    path("rosters/<str:ref>/", rosters.roster, name="roster"),
    path("rosters/<str:ref>/columns/", rosters.columns, name="columns"),
    path("rosters/<str:ref>/withdrawal/", rosters.drop, name="drop"),
    path("memberships/<str:ref>/", members.member, name="member"),
    path("memberships/<str:ref>/decision/", members.decide, name="decide"),
    path("memberships/<str:ref>/training/", members.train, name="train"),
    path("memberships/<str:ref>/screening/", members.screen, name="screen"),
    path("memberships/<str:ref>/details/", members.details, name="details"),
    path("memberships/<str:ref>/person/", members.known, name="known"),
    path("memberships/<str:ref>/notes/", members.note, name="note"),
    path("notes/<str:ref>/withdrawal/", members.unnote, name="unnote"),
    path("memberships/<str:ref>/withdrawal/", members.let_go, name="let_go"),
]
