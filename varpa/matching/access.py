"""Who runs matching: the staff of the programme. What stands on its pages is for them alone."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class RunAction(StrEnum):
    """READ: a run with its reasons. DECIDE: cancel, lock, forbid, propose."""

    READ = "run.read"
    DECIDE = "run.decide"


class ChoiceAction(StrEnum):
    """READ: that two people are to be together, or not. UNDO: take it back."""

    READ = "choice.read"
    UNDO = "choice.undo"


@grant(RunAction.READ, _("manages the programme"))
@grant(RunAction.DECIDE, _("manages the programme"))
@grant(ChoiceAction.READ, _("manages the programme"))
@grant(ChoiceAction.UNDO, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
