"""Who of two does not read the other where both speak before others: in a talk, at a defence (R1).

Such words are no one-to-one contact, and others read them at once. Between the two they wait like every other
word of theirs (docs/decisions/0051).
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from varpa.kernel.compiled import compiled
from varpa.pairs.models import OPEN, Pair
from varpa.pairs.queries import is_own, other_side, side_of, with_people
from varpa.pairs.quiet import stopped, with_stops
from varpa.people.models import Person


class Between(NamedTuple):
    """Since when a person reads no words of `other`, and since when `other` none of the person's."""

    other: Person
    reads_none_since: datetime | None
    unread_since: datetime | None


def between(person: Person) -> list[Between]:
    """The people of a person's open pairs between whom and the person words wait, in one question."""
    found = []
    for pair in _open(person=person):
        own = side_of(pair, person)
        to = other_side(own)
        each = Between(pair.member(to).person, stopped(pair, own), stopped(pair, to))
        if each.reads_none_since or each.unread_since:
            found.append(each)
    return found


@compiled()
def _open(person: Person) -> QuerySet[Pair]:
    return with_stops(with_people(Pair.objects.filter(is_own(person), state__in=OPEN))).order_by("pk")
