"""The stage: a moved clock, and everybody's courses taken up in the order of their moments."""

from collections.abc import Callable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import TypeVar

from varpa.kernel import clock

Course = Iterator[datetime]
"""What somebody does one after the other. It yields the moment at which it goes on."""

Done = TypeVar("Done")


class Stage:
    """Lives courses through. Two courses of one moment go on in the order in which they asked for it."""

    def __init__(self) -> None:
        self.actions = 0
        self._waiting: list[tuple[datetime, int, Course]] = []
        self._asked = 0

    def do(self, action: Callable[..., Done], **given: object) -> Done:
        """One action of the rooms, at the present moment: the only way in which a replay changes anything."""
        self.actions += 1
        return action(now=clock.now(), **given)

    def begin(self, course: Course) -> None:
        """Begin a course now, before anything else happens."""
        self._go_on(course)

    def live(self, until: datetime) -> None:
        """Live through everything that happens up to a moment; what comes later stays waiting."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, _number, course = heappop(self._waiting)
            with clock.moved_to(moment):
                self._go_on(course)

    def _go_on(self, course: Course) -> None:
        moment = next(course, None)
        if moment is not None:
            self._asked += 1
            heappush(self._waiting, (max(moment, clock.now()), self._asked, course))
