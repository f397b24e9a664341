"""What somebody invited does: answer, ask, say how it was."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.events.access import EventAction
from varpa.events.actions.coming import answer_invitation
from varpa.events.actions.feedback import say_how_it_was
from varpa.events.actions.questions import answer_question, ask_question, take_question_back, vote
from varpa.events.forms.asked import attempt
from varpa.events.forms.taking_part import AnswerForm, FeedbackForm, QuestionForm, ReplyForm
from varpa.events.models import Event, Invitation, InvitationState, Question
from varpa.events.queries.events import own_invitation, with_agenda, with_programme
from varpa.events.queries.people import public_answers
from varpa.events.shown import shown
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import paged
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import tap
from varpa.ui.merging import merge

SAID = {
    InvitationState.COMING: gettext_lazy("Written down: you come."),
    InvitationState.WAITING: gettext_lazy(
        "All places are taken. You are on the waiting list; a letter comes if one is free."
    ),
    InvitationState.AWAY: gettext_lazy("Written down: you cannot come."),
}


@door(EventAction.ANSWER, Event, read=with_agenda)
@require_POST
def answer(request: HttpRequest, event: Event) -> HttpResponse:
    """I come, or I cannot."""
    invitation = _own(request, event)
    form = AnswerForm(request.POST, invitation=invitation)
    if form.is_valid():
        act = partial(answer_invitation, invitation=invitation, by=person_of(request), now=clock.now())
        said = attempt(form, partial(act, **form.given))
        if said:
            messages.success(request, str(SAID[InvitationState(said.state)]))
            return redirect("events:event", event.ref)
    return _again(request, event, answer=form)


@door(EventAction.ANSWER, Event, read=with_agenda)
@require_POST
def ask(request: HttpRequest, event: Event) -> HttpResponse:
    """Write what is unclear."""
    form = QuestionForm(request.POST)
    if form.is_valid():
        said = {"language": get_language(), **form.cleaned_data}
        act = partial(ask_question, invitation=_own(request, event), by=person_of(request), now=clock.now())
        question = attempt(form, partial(act, **said))
        if question:
            messages.success(request, _("The question is kept. A letter comes when it is answered."))
            return redirect(_at(question))
    return _again(request, event, ask=form)


@door(EventAction.ANSWER, Event, read=with_programme)
@require_POST
def wanted(request: HttpRequest, event: Event, question: str) -> HttpResponse:
    """I want this answered too."""
    found = _question(event, question)
    act = partial(vote, question=found, invitation=_own(request, event), by=person_of(request))
    tap(request, partial(act, now=clock.now()), _("Counted."))
    return redirect(_at(found))


@door(EventAction.ANSWER, Event, read=with_programme)
@require_POST
def back(request: HttpRequest, event: Event, question: str) -> HttpResponse:
    """Take one's own question back."""
    found = _question(event, question)
    if found.membership.person_id != person_of(request).pk:
        raise Http404
    act = partial(take_question_back, question=found, by=person_of(request), now=clock.now())
    tap(request, act, _("The question is taken back."))
    return redirect("events:event", event.ref)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, event: Event, question: str) -> HttpResponse:
    """Staff answers, there or after."""
    found = _question(event, question)
    form = ReplyForm(request.POST or None, question=found)
    context = {"event": event, "question": found, "form": form}
    if request.method == "POST" and form.is_valid():
        said = {"language": get_language(), **form.cleaned_data}
        act = partial(answer_question, question=found, by=person_of(request), now=clock.now())
        try:
            done = attempt(form, partial(act, **said))
        except Conflict as conflict:
            context["merge"] = merge(conflict, {"answer": pgettext("noun", "Answer")})
            return render(request, "events/reply.html", context)
        if done is not None:
            messages.success(request, _("The answer is kept."))
            return redirect(_at(found))
    return render(request, "events/reply.html", context)


@door(EventAction.ANSWER, Event, read=with_agenda)
@require_POST
def feedback(request: HttpRequest, event: Event) -> HttpResponse:
    """One minute after the event."""
    form = FeedbackForm(request.POST)
    if form.is_valid():
        own = _own(request, event).membership
        act = partial(say_how_it_was, event=event, membership=own, by=person_of(request), now=clock.now())
        if attempt(form, partial(act, **form.cleaned_data)):
            messages.success(request, _("Thank you. Your answer is kept, without your name beside it."))
            return redirect("events:event", event.ref)
    return _again(request, event, rate=form)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def answers(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Questions that were asked at events, and their answers: for everybody in the programme."""
    context = {"programme": programme, "page": paged(request, public_answers, programme=programme)}
    return render(request, "events/answers.html", context)


def _again(request: HttpRequest, event: Event, **forms: object) -> HttpResponse:
    """The page of the event with what was wrong; what else it holds stands there too.

    Where it begun meanwhile the page asks for no answer any more: then what was wrong is told above it.
    """
    seen = shown(event, person_of(request), clock.now())
    assert seen.invitation
    late = forms.get("answer")
    if isinstance(late, AnswerForm) and not seen.answerable:
        messages.warning(request, " ".join(map(str, late.non_field_errors())))
        return redirect("events:event", event.ref)
    context = {
        "at": seen,
        "event": event,
        "answer": AnswerForm(invitation=seen.invitation),
        "ask": QuestionForm() if seen.asks else None,
        "rate": FeedbackForm() if seen.rates else None,
        **forms,
    }
    return render(request, "events/event.html", context)


def _own(request: HttpRequest, event: Event) -> Invitation:
    invitation = own_invitation(event, person_of(request))
    if invitation is None:
        raise Http404
    invitation.event = event
    return invitation


def _question(event: Event, ref: str) -> Question:
    found = event.questions.filter(ref=ref, withdrawn_at=None).select_related("membership__person").first()
    if found is None:
        raise Http404
    found.event = event
    return found


def _at(question: Question) -> str:
    return f"/events/{question.event.ref}/#q-{question.ref}"
