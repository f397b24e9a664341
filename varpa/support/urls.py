"""The addresses of support."""

from django.urls import URLPattern, path

from varpa.support.views import cases, doors

app_name = "support"

urlpatterns: list[URLPattern] = [
    path("help/", doors.help, name="help"),
    path("pairs/<str:ref>/help/", doors.doors, name="doors"),
    path("pairs/<str:ref>/help/words/", doors.words, name="words"),
    path("pairs/<str:ref>/help/<str:to>/", doors.tell, name="tell"),
    path("memberships/<str:ref>/help/", doors.alone, name="alone"),
    path("memberships/<str:ref>/help/<str:to>/", doors.tell_alone, name="tell_alone"),
    path("programmes/<str:ref>/cases/", cases.cases, name="cases"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("cases/<str:ref>/acknowledgement/", cases.read, name="read"),
    path("cases/<str:ref>/steps/", cases.lines, {"kind": "steps"}, name="steps"),
    path("cases/<str:ref>/notes/", cases.lines, {"kind": "notes"}, name="notes"),
    path("cases/<str:ref>/closing/", cases.close, name="close"),
    path("cases/<str:ref>/handover/", cases.pass_on, name="pass"),
    path("cases/<str:ref>/withdrawal/", cases.take_back, name="take_back"),
    path("worries/<str:ref>/case/", cases.of_worry, name="of_worry"),
]
