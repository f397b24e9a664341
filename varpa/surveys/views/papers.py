"""What leaves: the form to print, and the answers as data once the survey has closed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.documents.serving import hand_out
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.surveys.access import SurveyAction
from varpa.surveys.actions.exporting import KINDS, export_answers
from varpa.surveys.models import Survey, SurveyState
from varpa.surveys.papers import form_paper
from varpa.surveys.queries.surveys import asked_questions, with_programme
from varpa.ui import words


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_safe
def printed(_request: HttpRequest, survey: Survey) -> HttpResponse:
    """The form to print, in the reader's language."""
    language = get_language() or "en"
    with words.on_paper(language, survey.programme.zone):
        return hand_out(form_paper(survey, asked_questions(survey), language), "survey", inline=True)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_safe
def export(request: HttpRequest, survey: Survey, kind: str) -> HttpResponse:
    """The answers as data; before the survey has closed there are none to take along."""
    if kind not in KINDS or survey.state != SurveyState.CLOSED:
        raise Http404
    content = export_answers(survey=survey, kind=kind, by=person_of(request), now=clock.now())
    headers = {
        "Content-Disposition": f'attachment; filename="{survey.key}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)
