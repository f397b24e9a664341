"""Which hours lessons and practice take where somebody lives, and which they leave free."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from varpa.absences.models import TakenHours, Takes
from varpa.kernel.clock import zone_of
from varpa.programmes.week import DAYS, PARTS

ONE = timedelta(days=1)
WORKING: Final = tuple(DAYS)[:5]


def parity_of(day: date) -> int:
    """Which of two weeks that take turns a day is in; unlike week numbers, it never stumbles at New Year."""
    return (day.toordinal() - 1) // 7 % 2


def takes(hours: TakenHours, day: date) -> bool:
    """Whether the hours are taken on a day, school holidays aside."""
    if day.weekday() not in hours.numbers:
        return False
    if (hours.first and day < hours.first) or (hours.last and day > hours.last):
        return False
    return hours.parity in (None, parity_of(day))


def taken_by(
    taken: Iterable[TakenHours], moment: datetime, minutes: int, zone: str, is_school: Callable[[date], bool]
) -> str:
    """What takes a time where somebody lives: "practice", "lessons", or "" where neither does.

    Lessons count on days on which there is school, practice on all of its own.
    """
    ends, here = moment + timedelta(minutes=minutes), zone_of(zone)
    first, last = moment.astimezone(here).date(), ends.astimezone(here).date()
    days = [first + each * ONE for each in range((last - first).days + 1)]
    found = {
        hours.kind
        for hours in taken
        for day in days
        if takes(hours, day) and (hours.kind == Takes.PRACTICE or is_school(day))
        if _at(day, hours.begins, here) < ends and moment < _at(day, hours.ends, here)
    }
    return next((str(kind) for kind in (Takes.PRACTICE, Takes.LESSONS) if kind in found), "")


def _at(day: date, hour: time, here: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, here).astimezone(UTC)


@dataclass(frozen=True)
class WeekDay:
    """A day of somebody's week: its lessons, in which parts of it one has said to be free usually.

    `spreads`: whether other working days are still without lessons, so that these can be copied to them.
    """

    key: str
    number: int
    lessons: tuple[TakenHours, ...]
    free: tuple[str, ...]
    spreads: bool


def week_of(taken: Iterable[TakenHours], free: Collection[str]) -> list[WeekDay]:
    """The working days with what is taken and what is wished; of the week-end a day that has either."""
    lessons = lessons_of(taken)
    empty = bool(without_lessons(lessons))
    rows = []
    for number, key in enumerate(DAYS):
        own = tuple(each for each in lessons if number in each.numbers)
        parts = tuple(str(name) for part, name in PARTS.items() if f"{key}-{part}" in free)
        if own or parts or key in WORKING:
            rows.append(WeekDay(key, number, own, parts, spreads=bool(own) and empty))
    return rows


def lessons_of(taken: Iterable[TakenHours]) -> list[TakenHours]:
    """Of hours that are taken those of lessons."""
    return [each for each in taken if each.kind == Takes.LESSONS]


def without_lessons(lessons: Iterable[TakenHours]) -> list[str]:
    """The working days on which no lessons are written down."""
    known = {day for each in lessons for day in each.days.split()}
    return [day for day in WORKING if day not in known]
