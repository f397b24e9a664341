"""Who may take an absence back: whose it is. Who is told of it is asked by the rooms of pairs."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person


class AbsenceAction(StrEnum):
    """READ one absence; WRITE: take it back."""

    READ = "absence.read"
    WRITE = "absence.write"


@grant(AbsenceAction.READ, _("is away"))
@grant(AbsenceAction.WRITE, _("is away"))
def _own(person: Person) -> Q:
    return Q(person=person)
