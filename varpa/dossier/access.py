"""Who asks for a programme's dossier, fetches it, and lets an observer read it."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class DossierAction(StrEnum):
    """READ: fetch it, let an observer read it, withdraw it."""

    READ = "dossier.read"


class LinkAction(StrEnum):
    """READ: close an observer's link."""

    READ = "observer_link.read"


@grant(DossierAction.READ, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(LinkAction.READ, _("manages the programme"))
def _manages_link(person: Person) -> Q:
    return Q(dossier__programme__in=managed_ids(person))
