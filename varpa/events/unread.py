"""Whose words in a talk somebody does not read for now (R1): pairs know it, the house wires it.

Whoever runs the programme speaks, and reads, as such.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q

from varpa.events.models import Event
from varpa.people.models import Person
from varpa.programmes.queries import staff_of

Between = tuple[Person, datetime | None, datetime | None]
"""Somebody; since when their words wait for a person, since when the person's for them; None: they do not."""
Known = Callable[[Person], Iterable[Between]]
_known: Final[list[Known]] = []


def ask(known: Known) -> None:
    """Let `known` tell between whom and a person words wait."""
    if known not in _known:
        _known.append(known)


class Waiting(NamedTuple):
    """What waits in a talk: the words that a person does not read for now, and who does not read theirs."""

    words: Q
    without: list[Person]


def waiting(person: Person, event: Event) -> Waiting:
    """For one who talks beside an event: one question, two where anything waits."""
    found = [each for known in _known for each in known(person)]
    staff = set(staff_of(event.programme).values_list("person", flat=True)) if found else set()
    words, without = Q(pk__in=[]), []
    for other, since, unread in found:
        if staff & {person.pk, other.pk}:
            continue
        if since:
            words |= Q(by=other, at__gte=since)
        if unread:
            without.append(other)
    return Waiting(words, without)
