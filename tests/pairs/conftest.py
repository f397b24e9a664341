"""The stage of these tests, and two who act at one moment."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import Cast, assemble


@pytest.fixture
def cast() -> Cast:
    return assemble()


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
