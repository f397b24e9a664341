"""Whose words in a talk somebody does not read for now (R1): pairs know it, the house wires it.

Whoever runs the programme speaks, and reads, as such.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

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


def unread_by(person: Person, event: Event) -> Q:
    """The words of a talk that a person does not read for now."""
    waits = Q(pk__in=[])
    for other, since, _unread in _between(person, event):
        if since:
            waits |= Q(by=other, at__gte=since)
    return waits


def without(person: Person, event: Event) -> list[Person]:
    """Who does not read for now what a person says in a talk."""
    return [other for other, _since, unread in _between(person, event) if unread]


def _between(person: Person, event: Event) -> list[Between]:
    found = [each for known in _known for each in known(person)]
    staff = set(staff_of(event.programme).values_list("person", flat=True)) if found else set()
    return [each for each in found if not staff & {person.pk, each[0].pk}]
