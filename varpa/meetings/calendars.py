"""What is known of when the two could meet, and what speaks against a time: hints, none forbids anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from varpa.absences.models import Absence, TakenHours
from varpa.absences.queries import times_of
from varpa.absences.school import SchoolHoliday, school_holidays
from varpa.absences.timetable import taken_by
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local, to_utc
from varpa.meetings.busy import TOGETHER, Spans, busy, overlaps
from varpa.pairs.models import Pair
from varpa.programmes.models import Participation
from varpa.programmes.week import DAYS
from varpa.programmes.working_days import holiday_name, is_holiday

# Where a part of the day begins, and the hour at which a meeting in it is suggested: after lessons.
PARTS = (("morning", 0, 10), ("afternoon", 12, 16), ("evening", 17, 18))
LOOKED_AT = 60
"""Days within which times are looked for."""


def part_of(moment: datetime, zone: str) -> str:
    """The time of the week of a moment where somebody lives: "mon-afternoon"."""
    there = to_local(moment, zone)
    part = next(name for name, begins, _hour in reversed(PARTS) if there.hour >= begins)
    return f"{tuple(DAYS)[there.weekday()]}-{part}"


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

    def after_lessons(self, hour: int) -> list[int]:
        """At which hours beside the usual one the two could meet where lessons or practice take that."""
        return [each for _part, _from, each in PARTS if each > hour] if any(self.taken.values()) else []

    def hints(self, moment: datetime, minutes: int) -> list[tuple[str, str]]:
        """What speaks against a time, never forbidding it: (key, whose side); "taken" is nobody's."""
        found: list[tuple[str, str]] = []
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
    later = known.after_lessons(usual.hour)
    hours = (each for day in wanted for each in (day, *(day.replace(hour=hour, minute=0) for hour in later)))
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
