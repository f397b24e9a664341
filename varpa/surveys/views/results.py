"""What came of a survey: figures, words, themes, and how competences have changed."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page as page_of
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, with_methodology
from varpa.surveys import words as words_of
from varpa.surveys.access import SurveyAction, may_read_texts
from varpa.surveys.actions.results import withdraw_theme, write_theme
from varpa.surveys.drawn import body_of
from varpa.surveys.forms.editing import ThemeForm
from varpa.surveys.hiding import LEAST, LEAST_WORDS
from varpa.surveys.models import Survey, SurveyState, Theme
from varpa.surveys.queries.answers import (
    counted_texts,
    name_of,
    settled_texts,
    texts_of,
    themes_of,
    told_texts,
)
from varpa.surveys.queries.figures import changes_of, comparing, reworded_of, when_reckoned
from varpa.surveys.queries.surveys import followed, with_programme
from varpa.surveys.shown import shown_changes
from varpa.ui.doing import accepted, tap


@door(SurveyAction.READ, Survey, read=with_programme)
@require_safe
def results(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Every question with its figures; nothing is reckoned here."""
    sent = when_reckoned(survey.programme)
    held = next((each for each in sent if each.pk == survey.pk), None)
    if held is None:
        raise Http404
    held.programme = survey.programme
    groups = followed(survey, clock.now())
    result, answered = getattr(held, "result", None), sum(each.answered for each in groups)
    context = {
        "survey": held,
        "rate": words_of.rate(sum(each.sent for each in groups), answered),
        "result": result,
        "counted": result.counted if result else 0,
        "answered": answered,
        "closed": held.state == SurveyState.CLOSED,
        # They stand in the order in which they were sent.
        "body": body_of(held, sent[: sent.index(held)], themes_of(held)),
    }
    return render(request, "surveys/results.html", context)


@door(ProgrammeAction.MANAGE, Programme, read=with_methodology)
@require_safe
def competences(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How competences stand at the end against the start, over all surveys that compare."""
    found = [
        (each, shown_changes(programme, changes_of(each)), [one.name for one in reworded_of(each)])
        for each in comparing(programme)
    ]
    methodology = methodology_of(programme)
    trained = [
        (each, [part.name for part in methodology.business_plan if each.key in part.competences])
        for each in methodology.competences
    ]
    context = {
        "programme": programme,
        "surveys": [each for each in found if each[1] or each[2]],
        # What the competences are and whose, the methodology says itself.
        "asks": [form.text for form in methodology.surveys if form.compares],
        "trained": [(each, parts) for each, parts in trained if parts],
    }
    return render(request, "surveys/competences.html", context)


@door(SurveyAction.READ, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, survey: Survey, key: str) -> HttpResponse:
    """Open answers, in any order: ten and more for everybody who manages, fewer as themes only (R10).

    Themes of few are written by the lead partner, who does not work with the pairs from day to day.
    """
    question = get_object_or_404(survey.questions, key=key, kind="text")
    question.survey = survey
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(write_theme, question=question, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.cleaned_data)):
            return redirect("surveys:words", survey.ref, key)
    # Counted anew at each look, the number would say who has just answered this question.
    count = told_texts(survey, question)
    few, settled = LEAST <= count < LEAST_WORDS, settled_texts(question)
    reads = may_read_texts(question, settled, person_of(request))
    groups = followed(survey, clock.now())
    told = page_of(request, texts_of(question)) if reads else None
    context = {
        "survey": survey,
        "question": question,
        "form": form,
        "rate": words_of.rate(sum(each.sent for each in groups), sum(each.answered for each in groups)),
        "count": count if count >= LEAST else None,
        "few": few,
        "erased": survey.state == SurveyState.CLOSED and counted_texts(question) < count,
        "recommends": settled >= LEAST_WORDS,
        "page": told,
        "answers": [(each, name_of(question, each)) for each in told.rows] if told else [],
        "themes": Theme.objects.filter(question=question, withdrawn_at=None),
    }
    return render(request, "surveys/words.html", context)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_POST
def withdraw(request: HttpRequest, survey: Survey, theme: str) -> HttpResponse:
    """Take a theme back."""
    found = get_object_or_404(Theme.objects.select_related("question"), ref=theme, question__survey=survey)
    found.question.survey = survey
    act = partial(withdraw_theme, theme=found, by=person_of(request), now=clock.now())
    tap(request, act, _("The theme is taken back."))
    return redirect("surveys:words", survey.ref, found.question.key)
