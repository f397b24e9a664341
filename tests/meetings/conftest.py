"""What the tests of meetings share: the cast, hours on the wall, and two who act at one moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import Cast, assemble
from tests.make import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def wall(days: float = 3, hour: int = 10, minute: int = 0) -> datetime:
    """An hour on the wall, some days after NOW."""
    day = (NOW + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, hour, minute)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do everything at one moment, each in a thread with a connection of its own.

    Answers what each gave back, or the exception that it raised, in the order asked for.
    """
    start = Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            found[place] = act()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found
