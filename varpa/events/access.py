"""Who may see an event and answer to it, and who makes it."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.events.models import EventState, Invitation
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import LIVE, managed_ids


class EventAction(StrEnum):
    """READ: the event's page. ANSWER: what only somebody invited does. MANAGE: make it, say who came."""

    READ = "event.read"
    ANSWER = "event.answer"
    MANAGE = "event.manage"


@grant(EventAction.READ, _("is invited"))
@grant(EventAction.ANSWER, _("is invited"))
def _invited(person: Person) -> Q:
    own = Invitation.objects.filter(membership__person=person, membership__state__in=LIVE)
    return Q(pk__in=own.exclude(event__state=EventState.DRAFT).values("event"))


@grant(EventAction.READ, _("manages the programme"))
@grant(EventAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
