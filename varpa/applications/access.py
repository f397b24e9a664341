"""Whoever manages a programme takes in its rosters; a view is its owner’s, a shared one all the managers’."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership


class RosterAction(StrEnum):
    READ = "roster.read"
    TAKE = "roster.take"


class ViewAction(StrEnum):
    """READ: open it. OWN: rename, share, withdraw."""

    READ = "view.read"
    OWN = "view.own"


class NoteAction(StrEnum):
    """READ: for the staff of the programme only, never for the person. WITHDRAW: take it off."""

    READ = "note.read"
    WITHDRAW = "note.withdraw"


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


@grant(NoteAction.READ, _("manages the programme"))
@grant(NoteAction.WITHDRAW, _("manages the programme"))
def _notes(person: Person) -> Q:
    return Q(membership__in=Membership.objects.filter(programme__in=managed_ids(person)).values("pk"))
