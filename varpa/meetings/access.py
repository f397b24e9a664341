"""Who may do what with meetings, promises and hours: the two of the pair; managers see figures elsewhere."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.models import Pair
from varpa.people.models import Person


class MeetingAction(StrEnum):
    READ = "meeting.read"
    WRITE = "meeting.write"


class PromiseAction(StrEnum):
    READ = "promise.read"
    KEEP = "promise.keep"


class HoursAction(StrEnum):
    READ = "hours.read"
    WRITE = "hours.write"


def own_pairs(person: Person) -> Any:
    """A subquery of the keys of a person's own pairs."""
    own = Q(mentor__person=person) | Q(mentee__person=person)
    return Pair.objects.filter(own).order_by().values("pk")


@grant(MeetingAction.READ, _("is one of the two"))
@grant(MeetingAction.WRITE, _("is one of the two"))
@grant(PromiseAction.READ, _("is one of the two"))
@grant(HoursAction.READ, _("is one of the two"))
@grant(HoursAction.WRITE, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))


@grant(PromiseAction.KEEP, _("made the promise"))
def _maker(person: Person) -> Q:
    as_mentor = Pair.objects.filter(mentor__person=person).order_by().values("pk")
    as_mentee = Pair.objects.filter(mentee__person=person).order_by().values("pk")
    return Q(pair__in=as_mentor, side="mentor") | Q(pair__in=as_mentee, side="mentee")
