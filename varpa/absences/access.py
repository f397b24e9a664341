"""Who may take an absence or hours back: whose they are. Who is told of it is asked by the rooms of pairs."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person


class AbsenceAction(StrEnum):
    """READ one absence; WRITE: take it back. HOURS: take back hours of lessons or practice."""

    READ = "absence.read"
    WRITE = "absence.write"
    HOURS = "taken_hours.write"


@grant(AbsenceAction.READ, _("is away"))
@grant(AbsenceAction.WRITE, _("is away"))
@grant(AbsenceAction.HOURS, _("is busy then"))
def _own(person: Person) -> Q:
    return Q(person=person)
