"""What leaves: the form to print; once the survey has closed its results, and the answers as data."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.documents.serving import hand_out
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.kernel.times import to_local
from varpa.people.signed import person_of
from varpa.surveys.access import SurveyAction
from varpa.surveys.actions.exporting import KINDS, export_answers
from varpa.surveys.models import Survey, SurveyState
from varpa.surveys.papers import form_paper
from varpa.surveys.queries.answers import themes_of
from varpa.surveys.queries.figures import result_of, with_results
from varpa.surveys.queries.surveys import asked_by_group, asked_questions, with_programme
from varpa.surveys.results_paper import results_paper
from varpa.ui import words


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_safe
def printed(_request: HttpRequest, survey: Survey, language: str = "") -> HttpResponse:
    """The form to print, in the language of the address or in the reader's."""
    language = language or get_language() or "en"
    if language not in LANGUAGES:
        raise Http404
    with words.on_paper(language, survey.programme.zone):
        return hand_out(form_paper(survey, asked_questions(survey), language), "survey", inline=True)


@door(SurveyAction.READ, Survey, read=with_programme)
@require_safe
def results(_request: HttpRequest, survey: Survey) -> HttpResponse:
    """The results as their page shows them, in the reader's language; before the closing there are none."""
    sent = with_results(survey.programme)
    held = next((each for each in sent if each.pk == survey.pk), None)
    if held is None or held.state != SurveyState.CLOSED or not result_of(held):
        raise Http404
    held.programme = survey.programme
    groups = asked_by_group(survey)
    content = results_paper(
        held,
        earlier=sent[: sent.index(held)],
        themes=themes_of(held),
        asked=(sum(each.sent for each in groups), sum(each.answered for each in groups)),
        as_of=to_local(held.result.at, survey.programme.zone).date(),
        language=get_language() or "en",
    )
    return hand_out(content, f"results-{survey.key}")


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_safe
def export(request: HttpRequest, survey: Survey, kind: str) -> HttpResponse:
    """The answers as data; before the survey has closed there are none to take along."""
    if kind not in KINDS or survey.state != SurveyState.CLOSED:
        raise Http404
    try:
        content = export_answers(survey=survey, kind=kind, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:results", survey.ref)
    headers = {
        "Content-Disposition": f'attachment; filename="{survey.key}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)
