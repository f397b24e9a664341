"""Who signs in by two steps: whoever sees data of many people (quality §4)."""

from enum import StrEnum

from django.conf import settings
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant, may
from varpa.people.models import Appointment, Person
from varpa.programmes.access import managed
from varpa.programmes.models import Programme


class FactorAction(StrEnum):
    NEED = "factor.need"


@grant(FactorAction.NEED, _("staff of the organisation"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return Q(pk__in=appointed.values("person"))


@grant(FactorAction.NEED, _("manages a programme"))
def _manages(person: Person) -> Q:
    programmes = Programme.objects.filter(managed(person))
    return Q(pk__in=Person.objects.filter(pk=person.pk).filter(Exists(programmes)).values("pk"))


def needs_second(person: Person) -> bool:
    """Whether a person has to sign in by two steps; in the demonstration everybody may look around."""
    return not settings.DEMONSTRATION and may(FactorAction.NEED, person, person)
