"""Who may write an own version of a methodology: the staff of the organisation whose draft it is."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Appointment, Person


class DraftAction(StrEnum):
    """READ a draft; WRITE: change, publish and put it away."""

    READ = "methodology_draft.read"
    WRITE = "methodology_draft.write"


@grant(DraftAction.READ, _("staff of the organisation"))
@grant(DraftAction.WRITE, _("staff of the organisation"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return Q(organisation__in=appointed.values("organisation"))
