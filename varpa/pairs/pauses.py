"""While a pair rests nothing is due: clocks stand still, and go on where they stood."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from varpa.pairs.models import Pair, Pause


class Rest(NamedTuple):
    """A pause that is over."""

    at: datetime
    until: datetime


Rests = Mapping[int, Sequence[Rest]]


def rests_of(pairs: QuerySet[Pair] | Sequence[Any]) -> Rests:
    """The pauses of these pairs that are over, earliest first, by the pair's key."""
    found: dict[int, list[Rest]] = defaultdict(list)
    over = Pause.objects.filter(pair__in=pairs, ended_at__isnull=False).order_by("at")
    for pair, at, until in over.values_list("pair", "at", "ended_at"):
        assert until
        found[pair].append(Rest(at, until))
    return found


def due_after(rests: Sequence[Rest], since: datetime, due: datetime) -> datetime:
    """When something is due that a clock counts from `since`, with the pauses that fell into its time."""
    for rest in rests:
        if rest.until > since and rest.at < due:
            due += rest.until - max(rest.at, since)
    return due
