"""Whoever manages a programme takes in its rosters, looks after guardians and reads what they tell."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class RosterAction(StrEnum):
    READ = "roster.read"
    TAKE = "roster.take"


class GuardianAction(StrEnum):
    """READ: who they are and what each has answered. WRITE: send again, take back, take off."""

    READ = "guardian.read"
    WRITE = "guardian.write"


class WorryAction(StrEnum):
    READ = "worry.read"


@grant(RosterAction.READ, _("manages the programme"))
@grant(RosterAction.TAKE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(GuardianAction.READ, _("manages the programme"))
@grant(GuardianAction.WRITE, _("manages the programme"))
def _looks_after(person: Person) -> Q:
    return Q(membership__programme__in=managed_ids(person))


@grant(WorryAction.READ, _("manages the programme"))
def _is_told(person: Person) -> Q:
    return Q(guardian__membership__programme__in=managed_ids(person))
