"""Who may take a record back: whoever manages its programme."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class EvidenceAction(StrEnum):
    READ = "evidence.read"
    WITHDRAW = "evidence.withdraw"


@grant(EvidenceAction.READ, _("manages the programme"))
@grant(EvidenceAction.WITHDRAW, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
