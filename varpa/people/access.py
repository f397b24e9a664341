"""Who may do what with people and organisations."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Appointment, Person


class OrganisationAction(StrEnum):
    READ = "organisation.read"
    RUN = "organisation.run"


@grant(OrganisationAction.READ, _("staff of the organisation"))
@grant(OrganisationAction.RUN, _("staff of the organisation"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return Q(pk__in=appointed.values("organisation"))
