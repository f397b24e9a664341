"""The agenda of a meeting that is on, line by line, with the minutes its writer gave (methodology §8, R5)."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from varpa.meetings.models import LONGEST, Meeting
from varpa.meetings.order import is_list, lines_of
from varpa.ui.forms import read_minutes

_MIN = r"min(?:[uū]\w*)?"
_LENGTH = rf"(\d{{1,2}}\s?h(?:\s?\d{{1,2}}\s?{_MIN})?|\d{{1,3}}\s?{_MIN})\.?"
_LAST = re.compile(rf"[\s(,;:–—-]{_LENGTH}\)?$", re.I)
_FIRST = re.compile(rf"^{_LENGTH}(?=[\s,;:–—-])", re.I)
_AROUND = " ,;:–—-("


@dataclass(frozen=True)
class Point:
    """A line of the agenda. `minutes`: its length, where the line says one.

    `begins` and `ends` are whole minutes after the start of the meeting, `until` the moment of its end: known
    where every line has its minutes. `line` is the whole line without its mark, as it was written.
    """

    text: str
    minutes: int | None = None
    begins: int | None = None
    ends: int | None = None
    until: datetime | None = None
    line: str = field(default="", compare=False)

    def is_on(self, gone: int) -> bool:
        """Whether it is this line's turn, `gone` minutes after the start."""
        return self.begins is not None and self.ends is not None and self.begins <= gone < self.ends


def points_of(meeting: Meeting) -> list[Point]:
    """The agenda as lines; empty where it is a text: no line has minutes, and not each begins with a mark."""
    points = items_of(meeting)
    return points if is_list(meeting.agenda) or any(point.minutes for point in points) else []


def items_of(meeting: Meeting) -> list[Point]:
    """Each line of the agenda, as it can be moved, also where it is a text."""
    points = [_point(line) for line in lines_of(meeting.agenda)]
    timed = points and all(point.minutes for point in points)
    return _timed(points, meeting.starts_at) if timed else points


def minutes_gone(meeting: Meeting, now: datetime) -> int:
    """Whole minutes since the planned start; less than 0 before it."""
    return (now - meeting.starts_at) // timedelta(minutes=1)


def _point(line: str) -> Point:
    found = _LAST.search(line) or _FIRST.match(line)
    if found:
        text = (line[: found.start()] + line[found.end() :]).strip(_AROUND)
        length = read_minutes(found[1])
        if text and length and length <= LONGEST:
            return Point(text, length, line=line)
    return Point(line, line=line)


def _timed(points: list[Point], starts_at: datetime) -> list[Point]:
    timed, gone = [], 0
    for point in points:
        begins, gone = gone, gone + (point.minutes or 0)
        until = starts_at + timedelta(minutes=gone)
        timed.append(replace(point, begins=begins, ends=gone, until=until))
    return timed
