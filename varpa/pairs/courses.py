"""The course of a goal: what was done and when, from the history that is kept; never what was written."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.history.models import Line
from varpa.history.queries import lines_of
from varpa.kernel.times import to_local
from varpa.pairs.models import Goal
from varpa.ui import drawings, words

MOST = 500
"""Lines of history that are looked at: what was saved as it was typed may be many."""

SAID: dict[str, Promise] = {
    "set": gettext_lazy("The goal was set"),
    "done": gettext_lazy("A step was done"),
    "undone": gettext_lazy("A step was not done yet after all"),
    "word": gettext_lazy("How it goes was written down"),
    "reach": gettext_lazy("The goal was reached"),
    "reopen": gettext_lazy("The goal was opened again"),
    "withdraw": gettext_lazy("The goal was taken back"),
}
_DRAWN = {"done": "full", "reach": "full", "word": ""}


@dataclass(frozen=True)
class Turn:
    """Something was done: `key` is one of SAID, `steps` how many were done by then."""

    at: datetime
    key: str
    steps: int

    def __str__(self) -> str:
        return str(SAID[self.key])


@dataclass(frozen=True)
class Course:
    """What was done for a goal, the earliest first; `steps` is how many there are now."""

    turns: tuple[Turn, ...]
    steps: int

    @property
    def picture(self) -> SafeString:
        """A line from the first day to the last that climbs with each step; the list says the same."""
        begun, last = self.turns[0].at, self.turns[-1].at
        length = (last - begun).total_seconds() or 1.0
        highest = max(1, self.steps, *(turn.steps for turn in self.turns))
        points = [
            ((turn.at - begun).total_seconds() / length, turn.steps / highest, _DRAWN.get(turn.key))
            for turn in self.turns
        ]
        return drawings.course(points, self.label)

    @property
    def label(self) -> str:
        """The picture in one sentence."""
        told = _("From %(first)s to %(last)s. Steps done: %(done)d of %(all)d.")
        first, last = self.turns[0].at, self.turns[-1]
        days = {"first": words.dated(first), "last": words.dated(last.at)}
        return told % {**days, "done": last.steps, "all": max(self.steps, last.steps)}


def course_of(goal: Goal) -> Course | None:
    """The course of a goal whose steps were read; None while nothing has happened yet: one query."""
    turns: list[Turn] = []
    steps = 0
    for line in reversed(lines_of(goal).filter(verb__startswith="goal.")[:MOST]):
        key, more = _read(line)
        steps = max(0, steps + more)
        if key and not (key == "word" and _same_day(turns, line.at, goal)):
            turns.append(Turn(line.at, key, steps))
    return Course(tuple(turns), len(goal.steps.all())) if len(turns) > 1 else None


def _read(line: Line) -> tuple[str, int]:
    """What a line tells, "" where nothing that is drawn, and by how much the steps done grew."""
    verb, details = line.verb.removeprefix("goal."), line.details
    if verb == "mark_step":
        return ("done", 1) if details.get("done") else ("undone", -1)
    if verb == "withdraw_step":
        return "", -1 if details.get("done") else 0
    if verb == "change":
        return "word" if details.get("progress") else "", 0
    return verb if verb in SAID else "", 0


def _same_day(turns: list[Turn], at: datetime, goal: Goal) -> bool:
    """What is written on one day is one turn, however often it saved itself."""
    zone = goal.pair.programme.zone
    return any(
        turn.key == "word" and to_local(turn.at, zone).date() == to_local(at, zone).date() for turn in turns
    )
