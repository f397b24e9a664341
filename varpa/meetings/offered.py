"""Which pairs look for a time already: known where times are proposed, above. Nobody is told to plan then."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

Known = Callable[[datetime], QuerySet[Any]]
_known: Final[list[Known]] = []


def ask(known: Known) -> None:
    """Let `known` answer, by their keys, the pairs that have times before them."""
    if known not in _known:
        _known.append(known)


def with_offers(now: datetime) -> Q:
    """A condition on pairs: a time is looked for already."""
    of = Q(pk__in=[])
    for known in _known:
        of |= Q(pk__in=known(now))
    return of
