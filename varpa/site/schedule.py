"""What the worker does by itself, and how often. A room's scheduled actions are named here only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from varpa.post import outbox


@dataclass(frozen=True)
class Duty:
    """One thing to do again and again. `work` is handed the time and may be called twice: it does it once."""

    name: str
    work: Callable[[datetime], object]
    every: timedelta


DUTIES: tuple[Duty, ...] = (
    Duty("letters", outbox.deliver_due, timedelta(seconds=2)),
    Duty("old letters", outbox.purge_bodies, timedelta(hours=6)),
)
