"""Whoever manages a programme takes in its rosters."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class RosterAction(StrEnum):
    READ = "roster.read"
    TAKE = "roster.take"


@grant(RosterAction.READ, _("manages the programme"))
@grant(RosterAction.TAKE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
