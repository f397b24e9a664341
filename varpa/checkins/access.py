"""Who may read and answer a look at the cooperation: the two, and nobody else by any grant."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import own_pairs
from varpa.people.models import Person


class CheckinAction(StrEnum):
    """READ and answer it."""

    READ = "checkin.read"


@grant(CheckinAction.READ, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))
