"""Which pairs look for a time already: known where times are proposed, above. Nobody is told to plan then."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from varpa.pairs.models import Pair

Known = Callable[[datetime], QuerySet[Any]]
_known: Final[list[Known]] = []


def ask(known: Known) -> None:
    """Let `known` answer, by their keys, the pairs that have times before them."""
    if known not in _known:
        _known.append(known)


def without_offers(pairs: QuerySet[Pair], now: datetime) -> QuerySet[Pair]:
    """Those of the pairs for which no time is looked for already."""
    for known in _known:
        pairs = pairs.exclude(pk__in=known(now))
    return pairs
