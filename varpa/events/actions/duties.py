"""What the worker does for events: invitations, what is new, one reminder, places of those who left."""

from datetime import datetime

from django.db import transaction

from varpa.events import letters
from varpa.events.actions.coming import free_places_of_left
from varpa.events.actions.planning import invite_those_lacking
from varpa.events.models import Event, EventState, Invitation, InvitationState
from varpa.events.queries.events import still_to_come, to_ask, to_remind, untold
from varpa.programmes.queries import LIVE


def write_to_invited(now: datetime) -> int:
    """For the schedule: the letters that are not written yet, some at a time; answers how many."""
    found = untold()
    for invitation in found:
        _write_to(invitation, now)
    return len(found)


def invite_and_remind(now: datetime) -> int:
    """For the schedule: invite who was accepted since, free places of who left, remind and ask once."""
    done = sum(_invite(event, now) for event in still_to_come(now=now))
    done += sum(_remind(event, now) for event in to_remind(now))
    return done + sum(_ask(event, now) for event in to_ask(now))


@transaction.atomic
def _write_to(invitation: Invitation, now: datetime) -> None:
    sequence = invitation.event.sequence
    # Of two workers one writes.
    mine = Invitation.objects.filter(pk=invitation.pk, told=invitation.told, event__sequence=sequence)
    if mine.update(told=sequence):
        letters.tell_invited(invitation, now=now)


@transaction.atomic
def _invite(event: Event, now: datetime) -> int:
    invited = invite_those_lacking(event, now)
    gone = event.invitations.exclude(membership__state__in=LIVE)
    if gone.filter(state__in=[InvitationState.COMING, InvitationState.WAITING]).exists():
        return invited + free_places_of_left(event, now)
    return invited


@transaction.atomic
def _remind(event: Event, now: datetime) -> int:
    if not Event.objects.filter(pk=event.pk, reminded_at=None, state=EventState.ANNOUNCED).update(
        reminded_at=now
    ):
        return 0
    return letters.remind(event, now=now)


@transaction.atomic
def _ask(event: Event, now: datetime) -> int:
    return Event.objects.filter(pk=event.pk, feedback_asked_at=None).update(
        feedback_asked_at=now
    ) and letters.ask_feedback(event, now=now)
