"""Addresses of surveys."""

from django.urls import URLPattern, path

from varpa.surveys.views import answering, editing, papers, results, surveys

app_name = "surveys"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/surveys/", surveys.surveys, name="list"),
    path("programmes/<str:ref>/surveys/<slug:key>/turn-on/", surveys.turn_on, name="turn_on"),
    path("programmes/<str:ref>/competences/", results.competences, name="competences"),
    path("surveys/<str:ref>/", surveys.survey, name="survey"),
    path("surveys/<str:ref>/close/", surveys.close, name="close"),
    path("surveys/<str:ref>/people/", surveys.people, name="people"),
    path("surveys/<str:ref>/people/<str:whom>/paper/", surveys.paper, name="paper"),
    path("surveys/<str:ref>/edit/", editing.edit, name="edit"),
    path("surveys/<str:ref>/copy/", editing.copy, name="copy"),
    path("surveys/<str:ref>/questions/new/", editing.new, name="new"),
    path("surveys/<str:ref>/questions/<slug:key>/", editing.question, name="question"),
    path("surveys/<str:ref>/questions/<slug:key>/kind/", editing.kind, name="kind"),
    path("surveys/<str:ref>/questions/<slug:key>/act/<slug:act>/", editing.act, name="act"),
    path("surveys/<str:ref>/questions/<slug:key>/words/", results.words, name="words"),
    path("surveys/<str:ref>/themes/<str:theme>/withdrawal/", results.withdraw, name="withdraw"),
    path("surveys/<str:ref>/results/", results.results, name="results"),
    path("surveys/<str:ref>/results.pdf", papers.results, name="results_paper"),
    path("surveys/<str:ref>/form.pdf", papers.printed, name="printed"),
    path("surveys/<str:ref>/form-<str:language>.pdf", papers.printed, name="form"),
    path("surveys/<str:ref>/answers.<str:kind>", papers.export, name="export"),
    path("answer/thanks/", answering.thanks, name="thanks"),
    path("answer/<str:token>/", answering.answer, name="answer"),
]
