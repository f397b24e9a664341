"""Whoever manages a programme takes in its rosters; a view is its owner’s, a shared one all the managers’."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class RosterAction(StrEnum):
    READ = "roster.read"
    TAKE = "roster.take"


class ViewAction(StrEnum):
    """READ: open it. OWN: rename, share, withdraw."""

    READ = "view.read"
    OWN = "view.own"


@grant(RosterAction.READ, _("manages the programme"))
@grant(RosterAction.TAKE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(ViewAction.READ, _("manages the programme"))
def _opens(person: Person) -> Q:
    return Q(programme__in=managed_ids(person), withdrawn_at=None, shared=True)


@grant(ViewAction.READ, _("keeps this view"))
@grant(ViewAction.OWN, _("keeps this view"))
def _keeps(person: Person) -> Q:
    return Q(programme__in=managed_ids(person), withdrawn_at=None, by=person)
