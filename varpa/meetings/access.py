"""Who may do what with meetings, promises and hours: the two of the pair; managers see figures elsewhere."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import of_own_side, own_pairs
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


@grant(MeetingAction.READ, _("is one of the two"))
@grant(MeetingAction.WRITE, _("is one of the two"))
@grant(PromiseAction.READ, _("is one of the two"))
@grant(HoursAction.READ, _("is one of the two"))
@grant(HoursAction.WRITE, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))


@grant(PromiseAction.KEEP, _("made the promise"))
def _maker(person: Person) -> Q:
    return of_own_side(person)
