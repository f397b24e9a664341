"""Who may read and write messages: the two of the pair, and nobody else by any grant (product §2)."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.models import Pair
from varpa.people.models import Person


class ThreadAction(StrEnum):
    """READ and write a conversation."""

    READ = "thread.read"


class MessageAction(StrEnum):
    """READ: a message with its files. TAKE_BACK: one's own."""

    READ = "message.read"
    TAKE_BACK = "message.take_back"


def _own(person: Person, side: str) -> Q:
    pairs = Pair.objects.filter(**{f"{side}__person": person}).order_by()
    return Q(pair__in=pairs.values("pk"))


@grant(ThreadAction.READ, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return _own(person, "mentor") | _own(person, "mentee")


@grant(MessageAction.READ, _("is one of the two"))
def _reader(person: Person) -> Q:
    pairs = Pair.objects.filter(Q(mentor__person=person) | Q(mentee__person=person)).order_by()
    return Q(thread__pair__in=pairs.values("pk"))


@grant(MessageAction.TAKE_BACK, _("wrote the message"))
def _writer(person: Person) -> Q:
    mentored = Pair.objects.filter(mentor__person=person).order_by().values("pk")
    learning = Pair.objects.filter(mentee__person=person).order_by().values("pk")
    return Q(thread__pair__in=mentored, side="mentor") | Q(thread__pair__in=learning, side="mentee")
