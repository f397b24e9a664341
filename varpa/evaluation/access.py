"""Who may take a record back, and work with indicators: whoever manages the programme."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class EvidenceAction(StrEnum):
    READ = "evidence.read"
    WITHDRAW = "evidence.withdraw"


class IndicatorAction(StrEnum):
    """READ: an indicator with what is behind it. WRITE: change it, write values down."""

    READ = "indicator.read"
    WRITE = "indicator.write"


class ValueAction(StrEnum):
    READ = "indicator_value.read"
    WITHDRAW = "indicator_value.withdraw"


@grant(EvidenceAction.READ, _("manages the programme"))
@grant(EvidenceAction.WITHDRAW, _("manages the programme"))
@grant(IndicatorAction.READ, _("manages the programme"))
@grant(IndicatorAction.WRITE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(ValueAction.READ, _("manages the programme"))
@grant(ValueAction.WITHDRAW, _("manages the programme"))
def _manages_its_indicator(person: Person) -> Q:
    return Q(indicator__programme__in=managed_ids(person))
