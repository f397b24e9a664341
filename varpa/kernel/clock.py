"""The one source of "now". Actions are handed the time; the replay moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The present moment, in UTC; the moved one inside `moved_to`."""
    return _moved.get() or real()


def real() -> datetime:
    """The present moment by the machine, in UTC, for who is signed in: a replay never moves it."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The present day in a time zone such as `Europe/Riga`."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Live a block of code at another moment (the replay and the tests; never a page)."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
