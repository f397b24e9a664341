"""What is known of when the two could meet, and what speaks against a time: hints, none forbids anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final, NamedTuple

from varpa.absences.models import Absence, TakenHours
from varpa.absences.queries import times_of
from varpa.absences.school import SchoolHoliday, school_holidays
from varpa.absences.timetable import taken_by, takes
from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import comes_again, to_local, to_utc
from varpa.meetings.busy import TOGETHER, Spans, busy, overlaps
from varpa.pairs.models import Pair
from varpa.programmes.models import Participation
from varpa.programmes.week import DAYS
from varpa.programmes.working_days import holiday_name, is_holiday


class Part(NamedTuple):
    """A part of the day: where it begins, the hour at which a meeting is usual in it, and else may be."""

    name: str
    begins: int
    earliest: int
    usual: int
    ends: int


PARTS: Final = (
    Part("morning", 0, 9, 10, 12),
    Part("afternoon", 12, 12, 16, 17),
    Part("evening", 17, 17, 18, 21),
)
QUARTER: Final = timedelta(minutes=15)
LOOKED_AT = 60
"""Days within which times are looked for."""


def part_of(moment: datetime, zone: str) -> str:
    """The time of the week of a moment where somebody lives: "mon-afternoon"."""
    there = to_local(moment, zone)
    part = next(each for each in reversed(PARTS) if there.hour >= each.begins)
    return f"{tuple(DAYS)[there.weekday()]}-{part.name}"


@dataclass(frozen=True)
class Calendars:
    """What is known of when the two could meet: said free times, days away, holidays, meetings, lessons.

    `busy`: when each side has something else, and when both meet already. `school`: the stretches of days
    without school in the two countries. `taken`: lessons and practice of each side.
    """

    pair: Pair
    free: dict[str, frozenset[str]]
    absences: tuple[Absence, ...]
    busy: Mapping[str, Spans]
    school: tuple[SchoolHoliday, ...] = ()
    taken: Mapping[str, tuple[TakenHours, ...]] = field(default_factory=dict)

    def is_away(self, side: str, day: date) -> bool:
        """Whether one side is away on a day."""
        who = self.pair.member(side).person_id
        return any(each.person_id == who and each.first <= day <= each.last for each in self.absences)

    def holiday(self, side: str, moment: datetime, language: str) -> str:
        """Which public holiday it is where one side lives, "" on any other day."""
        member = self.pair.member(side)
        return holiday_name(to_local(moment, member.person.zone).date(), member.country, language)

    def is_free(self, side: str, moment: datetime) -> bool:
        """Whether one side has said that time of the week, or has said none."""
        told = self.free[side]
        return not told or part_of(moment, self.pair.member(side).person.zone) in told

    def has_no_school(self, side: str, day: date) -> bool:
        """Whether there are school holidays on a day where one side lives."""
        country = self.pair.member(side).country
        return any(each.country == country and each.holds(day) for each in self.school)

    def has_lessons(self, side: str, day: date) -> bool:
        """Whether what stands in the timetable of one side takes place on a day."""
        return not self.has_no_school(side, day) and not is_holiday(day, self.pair.member(side).country)

    def taken_by(self, side: str, moment: datetime, minutes: int) -> str:
        """Whether "lessons" or "practice" of one side fall into a time, else ""; nobody away has any."""
        zone = self.pair.member(side).person.zone
        if self.is_away(side, to_local(moment, zone).date()):
            return ""
        return taken_by(self.taken.get(side, ()), moment, minutes, zone, partial(self.has_lessons, side))

    def hours_of(self, day: date, zone: str, near: int) -> Iterator[datetime]:
        """What to try on a day, on the wall of a zone: the usual hour of each part, the nearest first."""
        for part in sorted(PARTS, key=lambda part: abs(part.usual - near)):
            yield from self._hours_in(part, day, zone)

    def after_lessons(self, day: date, zone: str, hour: int) -> Iterator[datetime]:
        """What to try beside the usual hour where lessons or practice take that: later on the same day."""
        if any(self.taken.values()):
            for part in PARTS:
                if part.usual > hour:
                    yield from self._hours_in(part, day, zone)

    def _hours_in(self, part: Part, day: date, zone: str) -> Iterator[datetime]:
        """The usual hour, then the others, the nearest first: each half hour, and when lessons end."""
        usual = datetime.combine(day, time(part.usual))
        yield usual
        first, last = (datetime.combine(day, time(hour)) for hour in (part.earliest, part.ends))
        others = {first + each * 2 * QUARTER for each in range(2 * (part.ends - part.earliest))}
        others |= {each for each in self._ends_of_lessons(day, zone) if first <= each < last}
        yield from sorted(others - {usual}, key=lambda there: (abs(there - usual), there))

    def _ends_of_lessons(self, day: date, zone: str) -> Iterator[datetime]:
        """When lessons and practice end on a day, up to the next quarter of an hour."""
        for side, taken in self.taken.items():
            there = self.pair.member(side).person.zone
            for ends in {each.ends for each in taken if takes(each, day)}:
                end = datetime.combine(day, ends, zone_of(there))
                local = to_local(end, zone).replace(tzinfo=None)
                yield local + (datetime.min - local) % QUARTER

    def hints(self, moment: datetime, minutes: int) -> list[tuple[str, str]]:
        """What speaks against a time, never forbidding it: (key, whose side); "again", "taken": nobody's."""
        found: list[tuple[str, str]] = []
        if any(comes_again(moment, each.person.zone) for each in (self.pair.mentor, self.pair.mentee)):
            found.append(("again", ""))
        if overlaps(self.busy[TOGETHER], moment, minutes):
            found.append(("taken", ""))
        for side in ("mentor", "mentee"):
            member = self.pair.member(side)
            day = to_local(moment, member.person.zone).date()
            if overlaps(self.busy[side], moment, minutes):
                found.append(("busy", side))
            if self.is_away(side, day):
                found.append(("away", side))
            if is_holiday(day, member.country):
                found.append(("holiday", side))
            if side == "mentee" and self.has_no_school(side, day):
                found.append(("no_school", side))
            if taken := self.taken_by(side, moment, minutes):
                found.append((taken, side))
            if not self.is_free(side, moment):
                found.append(("not_free", side))
        return found


def calendars(pair: Pair, now: datetime, *, free: bool = True) -> Calendars:
    """What is known of when the two could meet: three queries, one less without their `free` times."""
    members = {"mentor": pair.mentor, "mentee": pair.mentee}
    told = Participation.objects.filter(membership__in=members.values())
    said = dict(told.values_list("membership", "availability")) if free else {}
    people = [member.person_id for member in members.values()]
    absences, taken = times_of(people, now.date() - timedelta(days=1))
    return Calendars(
        pair=pair,
        free={side: frozenset(said.get(member.pk) or ()) for side, member in members.items()},
        absences=tuple(absences),
        busy=busy(pair, now),
        school=tuple(school_holidays(pair.programme)),
        taken={
            side: tuple(each for each in taken if each.person_id == member.person_id)
            for side, member in members.items()
        },
    )


def fitting_day(known: Calendars, usual: datetime, zone: str, minutes: int) -> datetime:
    """The usual hour, or the same on the next day on which nothing speaks against it; or after lessons.

    A day of the week-end only where the usual one is: else the two meet on working days.
    """
    days = [usual + timedelta(days=each) for each in range(LOOKED_AT)]
    wanted = [each for each in days if each.weekday() < 5 or usual.weekday() > 4]
    hours = (each for day in wanted for each in (day, *known.after_lessons(day.date(), zone, usual.hour)))
    return next((each for each in hours if not unfit(known, each, zone, minutes, ())), usual)


def unfit(known: Calendars, there: datetime, zone: str, minutes: int, wanted: Iterable[str]) -> bool:
    """Whether something speaks against an hour on the wall; `wanted`: whose free times are asked for."""
    try:
        moment = to_utc(there, zone)
    except Refusal:
        return True
    # Most hours of sixty days fall out here, before holidays and absences are looked at.
    if not all(known.is_free(side, moment) for side in wanted):
        return True
    # Without school there is rather more time: it is told, and keeps nobody from meeting.
    return any(key not in ("not_free", "no_school") for key, _whose in known.hints(moment, minutes))
