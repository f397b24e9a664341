"""The one source of "now". Actions are handed the time; the replay moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOME = "Europe/Riga"

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, in UTC; the moved one inside `moved_to`."""
    return _moved.get() or real()


def real() -> datetime:
    """The present moment by the machine, in UTC, for who is signed in: a replay never moves it."""
    return datetime.now(UTC)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; that of the programme's home where the machine does not know the name.

    A name that was good when it was chosen may be dropped from the zone database: a page with hours of
    another city, which the reader can put right, is better than none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(HOME)


def today(zone: str) -> date:
    """The present day in a time zone such as `Europe/Riga`."""
    return now().astimezone(zone_of(zone)).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Live a block of code at another moment (the replay and the tests; never a page)."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
