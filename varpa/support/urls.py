"""The addresses of support."""

from django.urls import URLPattern, path

from varpa.support.views import cases, doors, mentors, needs, openings

app_name = "support"

urlpatterns: list[URLPattern] = [
    path("help/", doors.help, name="help"),
    path("pairs/<str:ref>/help/", doors.doors, name="doors"),
    path("pairs/<str:ref>/help/words/", doors.words, name="words"),
    path("pairs/<str:ref>/help/<str:to>/", doors.tell, name="tell"),
    path("messages/<str:ref>/report/", doors.report, name="report"),
    path("messages/<str:ref>/report/<str:to>/", doors.report, name="report_to"),
    path("memberships/<str:ref>/help/", doors.alone, name="alone"),
    path("memberships/<str:ref>/help/<str:to>/", doors.tell_alone, name="tell_alone"),
    path("programmes/<str:ref>/cases/", cases.cases, name="cases"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("cases/<str:ref>/acknowledgement/", cases.read, name="read"),
    path("cases/<str:ref>/steps/", cases.lines, {"kind": "steps"}, name="steps"),
    path("cases/<str:ref>/notes/", cases.lines, {"kind": "notes"}, name="notes"),
    path("cases/<str:ref>/closing/", cases.close, name="close"),
    path("cases/<str:ref>/handover/", cases.pass_on, name="pass"),
    path("cases/<str:ref>/files/<str:file>/", cases.file, name="reported_file"),
    path("cases/<str:ref>/withdrawal/", cases.take_back, name="take_back"),
    path("programmes/<str:ref>/support/", needs.needs, name="needs"),
    path("pairs/<str:ref>/calls/", needs.calls, name="calls"),
    path("programmes/<str:ref>/questions/", mentors.questions, name="questions"),
    path("questions/<str:ref>/", mentors.question, name="question"),
    path("questions/<str:ref>/sharing/", mentors.share, name="question_share"),
    path("questions/<str:ref>/withdrawal/", mentors.withdraw, name="question_withdraw"),
    path("programmes/<str:ref>/circle/", mentors.circle, name="circle"),
    path("circle/<str:ref>/withdrawal/", mentors.take_back, name="word_take_back"),
    path("pairs/<str:ref>/openings/", openings.openings, name="openings"),
    path("openings/<str:ref>/", openings.opening, name="opening"),
    path("openings/<str:ref>/end/", openings.end, name="opening_end"),
    path("openings/<str:ref>/threads/<str:thing>/", openings.thread, name="opened_thread"),
    path("openings/<str:ref>/meetings/<str:thing>/", openings.meeting, name="opened_meeting"),
    path("openings/<str:ref>/times/", openings.times, name="opened_times"),
    path("openings/<str:ref>/hours/", openings.hours, name="opened_hours"),
    path("openings/<str:ref>/files/<str:thing>/", openings.file, name="opened_file"),
    path("worries/<str:ref>/case/", cases.of_worry, name="of_worry"),
]
