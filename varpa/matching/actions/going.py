"""What waits for the worker: matchings, and proposals of many pairs. It does them in a process of its own."""

from collections.abc import Callable
from datetime import datetime

from varpa.matching.actions.asking import propose_some
from varpa.matching.actions.runs import break_off, work_asked
from varpa.matching.models import GOING, Asking, AskingState, Run


def anything_waits() -> bool:
    """Whether there is a matching or a proposing to be done, or one that is being done."""
    return Run.objects.filter(state__in=GOING).exists() or bool(_next())


def do_all(clock: Callable[[], datetime]) -> int:
    """Do everything that waits; answers how many matchings and batches of proposals were done."""
    done = work_asked(clock())
    while asking := _next():
        propose_some(asking=asking, now=clock())
        done += 1 + work_asked(clock())
    return done


def broken_off(now: datetime) -> None:
    """The process that did them has died: its matching is told as broken off, proposals go on."""
    break_off(now)


def _next() -> Asking | None:
    waiting = Asking.objects.filter(state=AskingState.GOING).select_related("run__programme", "by")
    return waiting.order_by("pk").first()
