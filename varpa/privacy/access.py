"""Whose request it is: the person's own; one on paper also that of whoever manages."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.history.models import Channel
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.privacy.models import Erasure
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership


class ErasureAction(StrEnum):
    """READ: that it will happen, and when. TAKE_BACK: nothing is erased."""

    READ = "erasure.read"
    TAKE_BACK = "erasure.take_back"


@grant(ErasureAction.READ, _("is this person"))
@grant(ErasureAction.TAKE_BACK, _("is this person"))
def _own(person: Person) -> Q:
    return Q(person=person)


@grant(ErasureAction.READ, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(person__in=_people(person))


@grant(ErasureAction.TAKE_BACK, _("manages the programme, and it was asked for on paper"))
def _on_paper(person: Person) -> Q:
    papers = Erasure.objects.filter(channel=Channel.PAPER, person__in=_people(person))
    return Q(pk__in=papers.order_by().values("pk"))


def _people(person: Person) -> object:
    members = Membership.objects.filter(programme__in=managed_ids(person))
    return members.order_by().values("person")
