"""When a letter may go, by the habits of its reader. Hours are those on the reader's wall (R12)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from varpa.kernel.clock import zone_of
from varpa.post.models import Beside, Habit, Pace

NIGHT: Final = (time(21, 0), time(7, 0))
"""The quiet hours of whoever is under age and has not chosen any."""
MORNING: Final = time(7, 0)
"""When a day without letters is over: not at midnight."""
LONGEST = timedelta(days=7)
"""Whoever leaves hardly a minute that is not quiet is told after a week all the same."""
NEAR: Final = timedelta(hours=24)
"""What is said of an hour that is as near as this waits for no quiet hours."""
IN_TIME: Final = timedelta(hours=3)
"""How long before an hour one still sets out for it, or does not."""


Hours = Iterable[datetime | None]


@dataclass(frozen=True)
class Rest:
    """Quiet hours, from `begins` to before `ends`, and quiet days of the week (0: Monday)."""

    begins: time | None = None
    ends: time | None = None
    days: frozenset[int] = frozenset()

    def holds(self, local: datetime) -> bool:
        """Whether it is quiet at an hour on the wall."""
        return local.weekday() in self.days or self._within(local.time())

    def over(self, local: datetime) -> datetime:
        """The end, on the wall, of the rest that holds at an hour."""
        if local.weekday() in self.days:
            return datetime.combine(local.date() + timedelta(days=1), MORNING)
        assert self.begins is not None
        assert self.ends is not None
        tomorrow = self.begins > self.ends and local.time() >= self.begins
        return datetime.combine(local.date() + timedelta(days=tomorrow), self.ends)

    def _within(self, hour: time) -> bool:
        if self.begins is None or self.ends is None:
            return False
        if self.begins < self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


@dataclass(frozen=True)
class Place:
    """When a letter goes, whether together with others, and when a device shows it."""

    not_before: datetime
    gathers: bool
    push_at: datetime | None


def rest_of(habit: Habit | None, *, young: bool) -> Rest:
    """The quiet hours that hold: the person's own, else the night for whoever is under age, else none."""
    if habit is None or not habit.rest_said:
        return Rest(*NIGHT) if young else Rest()
    days = frozenset(day for day in range(7) if habit.rest_days >> day & 1)
    return Rest(habit.rest_from, habit.rest_until, days)


def pace_of(habit: Habit | None, *, pushed: bool) -> str:
    """How a letter comes by mail; `pushed`: a device has shown it."""
    if habit is None:
        return Pace.AT_ONCE
    if pushed and habit.beside == Beside.GATHERED and habit.pace == Pace.AT_ONCE:
        return Pace.DAILY
    return habit.pace


def after_rest(rest: Rest, zone: str, at: datetime) -> datetime:
    """The first moment, not before `at`, at which it is not quiet."""
    latest = at + LONGEST
    while at < latest:
        local = at.astimezone(zone_of(zone))
        if not rest.holds(local):
            break
        at = _moment(rest.over(local.replace(tzinfo=None)), zone, after=at)
    return at


def is_near(now: datetime, hours: Hours) -> bool:
    """Whether one of the hours is ahead, within a day."""
    return any(now <= each <= now + NEAR for each in hours if each)


def in_time(now: datetime, hours: Hours) -> datetime | None:
    """Until when quiet hours may hold what is said of these hours: well before the first that is ahead."""
    ahead = [each for each in hours if each and each > now]
    return min(ahead) - IN_TIME if ahead else None


def goes_at(rest: Rest, zone: str, at: datetime, latest: datetime | None) -> datetime:
    """When a letter goes. Where it came as late as `latest`, a quiet day yields, in the end the night too."""
    for each in (rest, replace(rest, days=frozenset())):
        quiet = after_rest(each, zone, at)
        if latest is None or quiet < latest:
            return quiet
    return at


def next_telling(habit: Habit, pace: str, rest: Rest, zone: str, at: datetime) -> datetime:
    """When the next gathered letter comes after `at`; one that falls on a quiet day waits for its end."""
    day = at.astimezone(zone_of(zone)).date()
    found = _telling(habit, pace, zone, day)
    if found < at:
        found = _telling(habit, pace, zone, day + timedelta(days=1))
    return after_rest(rest, zone, found)


def place(
    habit: Habit | None,
    *,
    zone: str,
    young: bool,
    due: datetime,
    ends: datetime | None,
    waits: bool,
    may_gather: bool,
    brief: bool,
) -> Place:
    """When a letter goes that is `due` at a time. One that would be too late by then does not wait.

    `may_gather`: it can be stopped, and nothing lies beside it; `brief`: a device can show it.
    """
    pushed = brief and habit is not None and habit.devices > 0
    rest = rest_of(habit, young=young) if waits else Rest()
    quiet = goes_at(rest, zone, due, ends)
    push_at = quiet if pushed else None
    pace = pace_of(habit, pushed=pushed)
    if habit is not None and waits and may_gather and pace != Pace.AT_ONCE:
        told = next_telling(habit, pace, rest, zone, due)
        if ends is None or told < ends:
            return Place(told, True, push_at)
    return Place(quiet, False, push_at)


def _telling(habit: Habit, pace: str, zone: str, day: date) -> datetime:
    """The hour of telling on a day, or by the week on the next such day of the week."""
    ahead = (habit.tell_on - day.weekday()) % 7 if pace == Pace.WEEKLY else 0
    return _moment(datetime.combine(day + timedelta(days=ahead), habit.tell_at), zone)


def _moment(wall: datetime, zone: str, after: datetime | None = None) -> datetime:
    """The moment of an hour on the wall; where it comes twice, the first time that is `after` another.

    An hour that the clock leaves out is as much later.
    """
    first = wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    if after is None or first > after:
        return first
    return wall.replace(tzinfo=zone_of(zone), fold=1).astimezone(UTC)
