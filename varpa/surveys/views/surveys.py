"""The surveys of a programme: turned on, sent, followed, closed; papers entered on somebody's behalf."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.events.models import Event
from varpa.events.words import country_name
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page as page_of
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, with_methodology
from varpa.surveys import words
from varpa.surveys.access import SurveyAction
from varpa.surveys.actions.answering import AskedOtherwise, asked_of, submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.sending import close_survey, send_survey
from varpa.surveys.forms.answering import AnswerForm
from varpa.surveys.forms.editing import SendForm
from varpa.surveys.marks import as_text, from_text, marks_of
from varpa.surveys.models import InvitationState, Survey, SurveyState
from varpa.surveys.queries.figures import was_shown
from varpa.surveys.queries.surveys import (
    asked_questions,
    followed,
    forms_left,
    invitations_read,
    invited,
    minutes_after_trainings,
    minutes_of,
    surveys_of,
    with_programme,
)
from varpa.ui.doing import accepted, tap
from varpa.ui.words import minutes


@door(ProgrammeAction.MANAGE, Programme, read=with_methodology)
@require_safe
def surveys(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What is asked of whom, what stands ready, and what could be turned on."""
    now = clock.now()
    rows = surveys_of(programme, now)
    held = [survey for survey, _sent, _answered in rows]
    context = {
        "programme": programme,
        "rows": [(each, words.rate(sent, answered)) for each, sent, answered in rows],
        "left": forms_left(programme, held, now),
        "usual": [form.name for form in methodology_of(programme).surveys if form.on],
        "minutes": _lengths(programme, minutes_of(held)),
        "after_trainings": _lengths(programme, minutes_after_trainings(held)),
    }
    return render(request, "surveys/list.html", context)


def _lengths(programme: Programme, asked: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(words.role_names(programme, role), minutes(of)) for role, of in asked.items()]


@door(ProgrammeAction.MANAGE, Programme, read=with_methodology)
@require_POST
def turn_on(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Make the draft of a form."""
    asked = request.POST.get("about")
    about = get_object_or_404(Event, programme=programme, ref=asked) if asked else None
    act = partial(open_survey, programme=programme, form=key, about=about, by=person_of(request))
    if tap(
        request,
        partial(act, now=clock.now()),
        _("A draft is ready. Look it through; nothing is sent before you send it."),
    ):
        made = Survey.objects.get(programme=programme, key=f"{key}_{asked}" if asked else key)
        return redirect("surveys:survey", made.ref)
    return redirect("surveys:list", programme.ref)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    """One survey: what it asks, who has answered; POST sends it."""
    form = SendForm(request.POST or None, survey=survey)
    if request.method == "POST" and form.is_valid():
        act = partial(send_survey, survey=survey, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, **form.cleaned_data)):
            messages.success(request, _("The survey is on its way. Two reminders go by themselves."))
            return redirect("surveys:survey", survey.ref)
    questions = asked_questions(survey)
    groups = [] if survey.state == SurveyState.DRAFT else followed(survey, clock.now())
    sent, answered = sum(each.sent for each in groups), sum(each.answered for each in groups)
    context: dict[str, Any] = {
        "survey": survey,
        "form": form,
        "questions": [(each, words.choices(each)) for each in questions],
        # What one anonymous sheet had and the others lacked would tell whose it is.
        "same": survey.anonymous and answered > 0,
        "lacking": words.lacking(survey, questions),
        "rate": words.rate(sent, answered),
        "groups": [
            (words.role_names(survey.programme, role), country_name(country), words.rate(of, done))
            for role, country, of, done, *_beside in sorted(groups)
        ],
        "roles": [words.role_names(survey.programme, role) for role in survey.roles],
        "stays": survey.state == SurveyState.CLOSED and was_shown(survey),
    }
    return render(request, "surveys/survey.html", context)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_POST
def close(request: HttpRequest, survey: Survey) -> HttpResponse:
    """No more answers."""
    act = partial(close_survey, survey=survey, by=person_of(request), now=clock.now())
    tap(request, act, _("The survey is closed. The results are being worked out."))
    return redirect("surveys:survey", survey.ref)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_safe
def people(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Who was asked and who has answered; never what. `?q=` seeks a name, `?show=waiting` who is silent."""
    sought, waiting = request.GET.get("q", "")[:200], request.GET.get("show") == "waiting"
    page = page_of(request, invited(survey, sought, waiting=waiting))
    rows = [(each, words.role_names(survey.programme, each.membership.role)) for each in page.rows]
    context = {"survey": survey, "page": page, "rows": rows, "q": sought, "waiting": waiting}
    return render(request, "surveys/people.html", context)


@door(SurveyAction.MANAGE, Survey, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, survey: Survey, whom: str) -> HttpResponse:
    """Enter what somebody has written on paper."""
    asked = invitations_read().filter(survey=survey, ref=whom, state=InvitationState.ASKED)
    invitation = asked.first()
    if invitation is None:
        raise Http404
    questions = asked_of(invitation)
    marks = marks_of(questions, invitation)
    form = AnswerForm(request.POST or None, questions=questions, initial={"asked_as": as_text(marks)})
    if request.method == "POST" and form.is_valid():
        act = partial(submit_answers, invitation=invitation, by=person_of(request), now=clock.now())
        try:
            act(values=form.values(), asked=from_text(form.cleaned_data["asked_as"]))
        except AskedOtherwise as refusal:
            form.add_error(None, str(refusal))
            form.set_asked(marks, refusal.keys)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered. Now the paper can be destroyed."))
            return redirect("surveys:people", survey.ref)
    context = {"survey": survey, "form": form, "asked": form.asked(), "by": "paper"}
    return render(request, "surveys/answer.html", {**context, "whom": invitation.membership.person})
