"""The programmes that a person manages, each with what presses most: remembered until one of them changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from varpa.history.remembering import until_any_changed
from varpa.home.above import Need
from varpa.home.queries.week import (
    NOTHING_TOLD,
    Told,
    pair_counts,
    people_counts,
    pressing,
    told_each,
    waiting_each,
)
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import today_of

Counted = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Managed:
    """A programme with the need that presses most (None where nothing does), and how much: 0 the most.

    `told`: what was told to whoever looks and is not read.
    """

    programme: Programme
    told: Told
    need: Need | None
    rank: int


def standing_of(programmes: list[Programme], person: Person, now: datetime) -> list[Managed]:
    """Programmes by what presses most; of two alike the earlier of the list comes first."""
    if not programmes:
        return []
    by_pairs, by_people, waiting = _counts(tuple(programmes), now)
    told_of = told_each(person, [each.pk for each in programmes])
    found = []
    for each in programmes:
        told = told_of.get(each.pk, NOTHING_TOLD)
        pairs = {**by_pairs.get(each.pk, {}), **waiting[each.pk]}
        found.append(Managed(each, told, *pressing(each, pairs, by_people.get(each.pk, {}), told)))
    return sorted(found, key=lambda each: each.rank)


@until_any_changed
def _counts(programmes: tuple[Programme, ...], now: datetime) -> tuple[Counted, Counted, Counted]:
    """What is counted of pairs, of people, and of what waits for an answer, by the key of the programme."""
    keys = [each.pk for each in programmes]
    pairs = Pair.objects.filter(programme__in=keys).order_by().values("programme")
    people = Membership.objects.filter(programme__in=keys).order_by().values("programme")
    counted = people_counts(today_of(programmes[0], now))
    return (
        _by_programme(pairs.annotate(**pair_counts(now))),
        _by_programme(people.annotate(**counted)),
        waiting_each(programmes, now),
    )


def _by_programme(rows: Any) -> Counted:
    return {row["programme"]: row for row in rows}
