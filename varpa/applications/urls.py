from django.urls import URLPattern, path

from varpa.applications.views import guardian, guardians, members, people, rosters

app_name = "applications"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/people/", people.people, name="people"),
    path("programmes/<str:ref>/people/decision/", people.decide_all, name="decide_all"),
    path("programmes/<str:ref>/people/import/", rosters.upload, name="import"),
    path("rosters/<str:ref>/", rosters.roster, name="roster"),
    path("rosters/<str:ref>/withdrawal/", rosters.drop, name="drop"),
    path("memberships/<str:ref>/", members.member, name="member"),
    path("memberships/<str:ref>/decision/", members.decide, name="decide"),
    path("memberships/<str:ref>/training/", members.train, name="train"),
    path("memberships/<str:ref>/details/", members.details, name="details"),
    path("memberships/<str:ref>/permissions/", members.permit, name="permit"),
    path("memberships/<str:ref>/permissions/withdrawal/", members.take_permission_back, name="unpermit"),
    path("memberships/<str:ref>/withdrawal/", members.let_go, name="let_go"),
    path("memberships/<str:ref>/guardians/new/", guardians.add, name="guardian_new"),
    path("memberships/<str:ref>/guardians/own/", guardians.own, name="own_guardian"),
    path("memberships/<str:ref>/permissions/form.<str:language>.pdf", guardians.paper, name="paper"),
    path("memberships/<str:ref>/permissions/papers/<str:file>/", guardians.scan, name="scan"),
    path("guardians/<str:ref>/link/", guardians.send, name="guardian_send"),
    path("guardians/<str:ref>/link/withdrawal/", guardians.revoke, name="guardian_revoke"),
    path("guardians/<str:ref>/withdrawal/", guardians.take_off, name="guardian_off"),
    path("worries/<str:ref>/read/", guardians.read_worry, name="worry_read"),
    path("guardian/", guardian.lost, name="guardian_lost"),
    path("guardian/<str:token>/", guardian.page, name="guardian"),
    path("guardian/<str:token>/worry/", guardian.worry, name="guardian_worry"),
    path("guardian/<str:token>/again/", guardian.again, name="guardian_again"),
]
