"""Whoever manages the programme in which two were put together reads it and undoes it."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class MergeAction(StrEnum):
    """READ: what was put together. UNDO: take it apart again."""

    READ = "merge.read"
    UNDO = "merge.undo"


@grant(MergeAction.READ, _("manages the programme"))
@grant(MergeAction.UNDO, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
