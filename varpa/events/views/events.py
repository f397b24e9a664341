"""A programme's events: the list, one event, and what its staff does with it."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.events.access import EventAction
from varpa.events.actions.planning import (
    announce_event,
    cancel_event,
    change_event,
    hold_event,
    make_event,
)
from varpa.events.forms.asked import attempt
from varpa.events.forms.planning import CancelForm, EventForm
from varpa.events.forms.taking_part import AnswerForm, FeedbackForm, QuestionForm
from varpa.events.models import Event, EventState
from varpa.events.queries.events import (
    people_counted,
    prepared_drafts,
    with_agenda,
    with_counts,
    with_own_answer,
    with_programme,
)
from varpa.events.queries.training import training_programme_of
from varpa.events.shown import shown
from varpa.events.words import when_of
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.kernel.paging import page, paged
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import tap


def _seen(programme: Programme, person: Person) -> QuerySet[Event]:
    events = Event.objects.filter(programme=programme).order_by("-starts_at", "-pk")
    return allowed(EventAction.READ, person, events)


def _counted(programme: Programme, person: Person) -> QuerySet[Event]:
    return with_counts(_seen(programme, person))


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def events(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All events of a programme that one may see; staff also finds those that the methodology names."""
    person, now = person_of(request), clock.now()
    own = with_own_answer(_seen(programme, person), person)
    staff = may(ProgrammeAction.MANAGE, person, programme)
    listed = paged(request, _counted, programme=programme, person=person) if staff else page(request, own)
    ahead = [each for each in listed.rows if each.starts_at > now and each.state != EventState.CANCELLED]
    context = {
        "programme": programme,
        "page": listed,
        "staff": staff,
        "ahead": ahead[::-1],
        "past": [each for each in listed.rows if each not in ahead],
        "prepared": prepared_drafts(programme) if staff else [],
        "counts": people_counted(programme, now) if staff else None,
        "document": None if staff else training_programme_of(programme),
    }
    return render(request, "events/events.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A new draft; `?from=` names a training of the methodology, with its topics."""
    asked = request.POST.get("training") or request.GET.get("from", "")
    prepared = next((each for each in prepared_drafts(programme) if each.key == asked), None)
    form = EventForm(request.POST or None, programme=programme, prepared=prepared)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("ref", "training")}
        act = partial(make_event, programme=programme, by=person_of(request), now=clock.now(), **told)
        event = attempt(form, partial(act, **form.given))
        if event:
            messages.success(request, _("The draft is kept. Nobody is told of it before you announce it."))
            return redirect("events:event", event.ref)
    return render(request, "events/form.html", {"programme": programme, "form": form, "prepared": prepared})


@door(EventAction.READ, Event, read=with_agenda)
@require_safe
def event(request: HttpRequest, event: Event) -> HttpResponse:
    """One event: when and where, one's own answer, the agenda, what is unclear."""
    seen = shown(event, person_of(request), clock.now())
    context = {
        "at": seen,
        "event": event,
        "answer": AnswerForm(invitation=seen.invitation) if seen.invitation else None,
        "ask": QuestionForm() if seen.asks else None,
        "rate": FeedbackForm() if seen.rates else None,
    }
    return render(request, "events/event.html", context)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, event: Event) -> HttpResponse:
    """Change an event; below it stands how to call it off."""
    form = EventForm(request.POST or None, programme=event.programme, event=event)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        now = clock.now()
        act = partial(change_event, event=event, revision=revision, by=person_of(request), now=now)
        if attempt(form, partial(act, **form.given)) is not None:
            # Calendars are told of some changes only: of another number of places nobody is.
            told = event.changed_at == now
            messages.success(request, _("Kept. Whoever is invited is told.") if told else _("Kept."))
            _say_what_does_not_fit(request, event)
            return redirect("events:event", event.ref)
    context = {"event": event, "programme": event.programme, "form": form, "cancel": CancelForm()}
    return render(request, "events/form.html", context)


def _say_what_does_not_fit(request: HttpRequest, event: Event) -> None:
    outside = [each for each in event.agenda.filter(withdrawn_at=None) if not each.fits]
    if outside:
        parts = "; ".join(f"{when_of(each)} {each.title}" for each in outside)
        said = _("These parts of the agenda lie outside the event now: {parts}. Change their hours.")
        messages.warning(request, said.format(parts=parts))


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def announce(request: HttpRequest, event: Event) -> HttpResponse:
    """Invite everybody."""
    act = partial(announce_event, event=event, by=person_of(request), now=clock.now())
    tap(request, act, _("Announced. The invitations go out within a minute."))
    return redirect("events:event", event.ref)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """Call an event off."""
    form = CancelForm(request.POST)
    if form.is_valid():
        act = partial(cancel_event, event=event, by=person_of(request), now=clock.now())
        tap(request, partial(act, **form.cleaned_data), _("Called off. Whoever might come is told."))
    return redirect("events:event", event.ref)


@door(EventAction.MANAGE, Event, read=with_programme)
@require_POST
def hold(request: HttpRequest, event: Event) -> HttpResponse:
    """Everybody who was there is entered."""
    act = partial(hold_event, event=event, by=person_of(request), now=clock.now())
    tap(request, act, _("Held. Whoever was there is asked how it was."))
    return redirect("events:event", event.ref)
