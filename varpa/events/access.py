"""Who may see an event and answer to it, and who makes it."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.events.models import EventState, Invitation, Saying
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import LIVE, managed_ids


class EventAction(StrEnum):
    """READ: the event's page. ANSWER: what only somebody invited does. MANAGE: make it, say who came."""

    READ = "event.read"
    ANSWER = "event.answer"
    MANAGE = "event.manage"


class SayingAction(StrEnum):
    """READ: what is talked over beside an event. WITHDRAW: one's own words."""

    READ = "saying.read"
    WITHDRAW = "saying.withdraw"


@grant(EventAction.READ, _("is invited"))
@grant(EventAction.ANSWER, _("is invited"))
def _invited(person: Person) -> Q:
    return Q(pk__in=_events(person))


@grant(EventAction.READ, _("manages the programme"))
@grant(EventAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(SayingAction.READ, _("is invited, and it is not said in confidence"))
def _among_those_invited(person: Person) -> Q:
    return Q(event__in=_events(person), in_confidence=False)


@grant(SayingAction.READ, _("said it, or was answered"))
def _said_it(person: Person) -> Q:
    own = Saying.objects.filter(by=person, under=None).values("pk")
    return Q(event__in=_events(person)) & (Q(pk__in=own) | Q(under__in=own))


@grant(SayingAction.WITHDRAW, _("said it"))
def _own_words(person: Person) -> Q:
    return Q(by=person)


@grant(SayingAction.READ, _("manages the programme"))
def _runs_it(person: Person) -> Q:
    return Q(event__programme__in=managed_ids(person))


def _events(person: Person) -> Any:
    """Keys of the events to which a person is invited."""
    own = Invitation.objects.filter(membership__person=person, membership__state__in=LIVE)
    return own.exclude(event__state=EventState.DRAFT).values("event")
