from django.urls import URLPattern, path

from varpa.guardians.views import door, guardians, notices, school, schools

app_name = "guardians"

urlpatterns: list[URLPattern] = [
    path("memberships/<str:ref>/permissions/", guardians.permit, name="permit"),
    path("memberships/<str:ref>/permissions/withdrawal/", guardians.take_permission_back, name="unpermit"),
    path("memberships/<str:ref>/guardians/new/", guardians.add, name="new"),
    path("memberships/<str:ref>/guardians/own/", guardians.own, name="own"),
    path("memberships/<str:ref>/permissions/form.<str:language>.pdf", guardians.paper, name="paper"),
    path("memberships/<str:ref>/permissions/papers/<str:file>/", guardians.scan, name="scan"),
    path("guardians/<str:ref>/link/", guardians.send, name="send"),
    path("guardians/<str:ref>/link/withdrawal/", guardians.revoke, name="revoke"),
    path("guardians/<str:ref>/withdrawal/", guardians.take_off, name="off"),
    path("worries/<str:ref>/read/", guardians.read_worry, name="read"),
    path("guardian/", door.lost, name="lost"),
    path("guardian/<str:token>/", door.page, name="door"),
    path("guardian/<str:token>/worry/", door.worry, name="worry"),
    path("guardian/<str:token>/again/", door.again, name="again"),
    path("guardian/<str:token>/language/", door.speaks, name="speaks"),
    path("programmes/<str:ref>/notices/", notices.notices, name="notices"),
    path("programmes/<str:ref>/notices/<str:language>/", notices.notice, name="notice"),
    path("programmes/<str:ref>/notices/<str:language>/removal/", notices.removal, name="unnotice"),
    path("programmes/<str:ref>/schools/", schools.schools, name="schools"),
    path("schools/<str:ref>/link/", schools.send, name="school_send"),
    path("schools/<str:ref>/link/withdrawal/", schools.revoke, name="school_revoke"),
    path("schools/<str:ref>/withdrawal/", schools.take_off, name="school_off"),
    path("school/<str:token>/", school.page, name="school"),
    path("school/<str:token>/worry/", school.worry, name="school_worry"),
    path("school/<str:token>/again/", school.again, name="school_again"),
]
