"""Who may do what with a pair. What a manager sees of it never includes its content (product §2)."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class PairAction(StrEnum):
    """READ: the pair's room, without content for a manager. TAKE_PART: content. LEAD: the mentor's part."""

    READ = "pair.read"
    TAKE_PART = "pair.take_part"
    LEAD = "pair.lead"
    MANAGE = "pair.manage"


@grant(PairAction.READ, _("is one of the two"))
@grant(PairAction.TAKE_PART, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    mentored = Pair.objects.filter(mentor__person=person).order_by().values("pk")
    learning = Pair.objects.filter(mentee__person=person).order_by().values("pk")
    return Q(pk__in=mentored) | Q(pk__in=learning)


@grant(PairAction.LEAD, _("is the mentor"))
def _mentor(person: Person) -> Q:
    return Q(pk__in=Pair.objects.filter(mentor__person=person).order_by().values("pk"))


@grant(PairAction.READ, _("manages the programme"))
@grant(PairAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
