"""What is counted over a whole programme stays true until its history grows (decision 0006)."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Protocol, TypeVar, TypeVarTuple

from varpa.history.queries import last_change, last_change_of_any

KEPT = 64
"""Programmes that a process remembers for each count."""


class Programme(Protocol):
    """As much of a programme as is needed here."""

    @property
    def ref(self) -> str: ...

    def __hash__(self) -> int: ...


Counted = TypeVar("Counted")
Of = TypeVar("Of", bound=Programme)
More = TypeVarTuple("More")

_forget: list[Callable[[], None]] = []


def until_changed(
    count: Callable[[Of, datetime, *More], Counted],
) -> Callable[[Of, datetime, *More], Counted]:
    """Count again only after a change of the programme, and every minute, for what time alone changes.

    `count` is given the programme, the minute, and what else is asked of the programme (a country, a key);
    what it answers is shared and may not be changed.
    """

    @lru_cache(maxsize=KEPT)
    def counted(programme: Of, _ref: str, _last_change: int, minute: datetime, *more: *More) -> Counted:
        return count(programme, minute, *more)

    @wraps(count)
    def remembered(programme: Of, now: datetime, *more: *More) -> Counted:
        minute = now.replace(second=0, microsecond=0)
        return counted(programme, programme.ref, last_change(programme.ref), minute, *more)

    _forget.append(counted.cache_clear)
    return remembered


def until_any_changed(
    count: Callable[[tuple[Of, ...], datetime], Counted],
) -> Callable[[tuple[Of, ...], datetime], Counted]:
    """The same of several programmes at once: after a change of any of them it is counted again."""

    @lru_cache(maxsize=KEPT)
    def counted(
        programmes: tuple[Of, ...], _refs: tuple[str, ...], _last_change: int, minute: datetime
    ) -> Counted:
        return count(programmes, minute)

    @wraps(count)
    def remembered(programmes: tuple[Of, ...], now: datetime) -> Counted:
        minute, refs = now.replace(second=0, microsecond=0), tuple(each.ref for each in programmes)
        return counted(programmes, refs, last_change_of_any(refs), minute)

    _forget.append(counted.cache_clear)
    return remembered


def forget_all() -> None:
    """Remember nothing: for tests, each of which has a database of its own."""
    for each in _forget:
        each()
