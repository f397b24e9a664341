"""Who may read and write messages: the two of the pair, and nobody else by any grant (product §2)."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import of_own_side, own_pairs
from varpa.people.models import Person


class ThreadAction(StrEnum):
    """READ and write a conversation."""

    READ = "thread.read"


class MessageAction(StrEnum):
    """READ: a message with its files. TAKE_BACK: one's own. REPORT: the other's."""

    READ = "message.read"
    TAKE_BACK = "message.take_back"
    REPORT = "message.report"


@grant(ThreadAction.READ, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))


@grant(MessageAction.READ, _("is one of the two"))
def _reader(person: Person) -> Q:
    return Q(thread__pair__in=own_pairs(person))


@grant(MessageAction.TAKE_BACK, _("wrote the message"))
def _writer(person: Person) -> Q:
    return of_own_side(person, "thread__pair")


@grant(MessageAction.REPORT, _("got the message"))
def _addressee(person: Person) -> Q:
    return _reader(person) & ~of_own_side(person, "thread__pair")
