"""Who may read and answer a proposal of times: the two, and nobody else by any grant."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import own_pairs
from varpa.people.models import Person


class TimesAction(StrEnum):
    READ = "times.read"


@grant(TimesAction.READ, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))
