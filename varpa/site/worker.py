"""The worker: one process beside the web server that sends letters, keeps the schedule and checkpoints.

It keeps its database connection open (with SQLite the last one to close would checkpoint) and outlives a
locked, full or restarted database: what could not be done now is done at the next round.
"""

import fcntl
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from varpa.kernel import clock
from varpa.site import demonstration, locks, wal
from varpa.site.ending import Ending
from varpa.site.schedule import DOSSIERS, DUTIES, MATCHING, SLIDES, Duty

log = logging.getLogger("varpa.worker")

ROUND_SECONDS = 1.0
CHECKPOINT = Duty("checkpoint", lambda _now: wal.checkpoint(), timedelta(seconds=5))
TABLES = Duty("tables to look at", wal.look_at_tables, timedelta(hours=1))


def work(duties: Sequence[Duty] = (*DUTIES, CHECKPOINT, TABLES)) -> None:
    """Do the duties until the process is told to end; a duty that runs is finished first."""
    ending = Ending()
    with only_one(settings.DATA / locks.WORKER, ending):
        due: dict[str, float] = {}
        while not ending.asked:
            one_round([CHECKPOINT] if _growing() else duties, due)
            ending.rest(ROUND_SECONDS)
        for aside in (MATCHING, DOSSIERS, SLIDES):
            aside.end()


def _growing() -> bool:
    """Whether the demonstration is being lived through: it keeps its own schedule, under its own clock."""
    return bool(settings.DEMONSTRATION and demonstration.growth(settings.DATA))


def one_round(duties: Sequence[Duty], due: dict[str, float]) -> None:
    """Do each duty whose turn has come. `due` keeps when, in seconds of the monotonic clock, by name."""
    for duty in duties:
        if time.monotonic() >= due.get(duty.name, 0.0):
            attempt(duty)
            due[duty.name] = time.monotonic() + duty.every.total_seconds()


def attempt(duty: Duty) -> bool:
    """Do one duty; whatever goes wrong is written down and stops no other duty."""
    close_old_connections()
    try:
        duty.work(clock.now())
    except (DatabaseError, InterfaceError) as error:
        log.warning("%s: the database did not answer (%s); tried again later", duty.name, error)
    except Exception:
        log.exception("%s failed; tried again later", duty.name)
    else:
        return True
    return False


@contextmanager
def only_one(path: Path, ending: Ending) -> Iterator[None]:
    """Hold a lock of the data folder: a second worker waits until the first has ended, however it ended."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        while not ending.asked:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                log.warning("another worker serves this data folder; waiting for it to end")
                ending.rest(30)
        yield
