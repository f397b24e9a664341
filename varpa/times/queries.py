"""Reading proposals of times: which one is open, which times could suit both, what to know of a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import DateTimeField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from varpa.absences.models import Absence
from varpa.absences.queries import standing
from varpa.absences.school import SchoolHoliday, school_holidays
from varpa.kernel.compiled import compiled
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local, to_utc
from varpa.meetings.busy import TOGETHER, Spans, busy, overlaps
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.programmes.models import Participation
from varpa.programmes.week import DAYS
from varpa.programmes.working_days import holiday_name, is_holiday
from varpa.times.models import Option, Proposal, ProposalState

# Where a part of the day begins, and the hour at which a meeting in it is suggested: after lessons.
PARTS = (("morning", 0, 10), ("afternoon", 12, 16), ("evening", 17, 18))
SUGGESTED = 3
LOOKED_AT = 60
"""Days within which times are looked for."""
NOTICE = timedelta(hours=20)


def with_pair(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Proposals with their times, their pair, its people and the programme."""
    people = "pair__mentor__person", "pair__mentee__person", "pair__programme__methodology_version"
    read = proposals.select_related(*people, "meeting")
    return read.prefetch_related(Prefetch("options", Option.objects.order_by("starts_at", "pk")))


def live(now: datetime) -> QuerySet[Proposal]:
    """Proposals that wait for an answer: not past their last time, and nothing was planned meanwhile."""
    return waiting().filter(last_at__gt=now)


def waiting() -> QuerySet[Proposal]:
    """Open proposals of active pairs that no meeting has overtaken; the schedule ends what has passed."""
    planned = Meeting.objects.filter(
        pair=OuterRef("pair"),
        planned_at__gt=OuterRef("at"),
        starts_at__gt=F("planned_at"),
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
    )
    return Proposal.objects.filter(~Exists(planned), state=ProposalState.OPEN, pair__state=PairState.ACTIVE)


def open_proposal(pair: Pair, now: datetime) -> Proposal | None:
    """The proposal of a pair that waits for an answer."""
    return _open.first(pair=pair, now=now)


@compiled(now=DateTimeField())
def _open(pair: Pair, now: datetime) -> QuerySet[Proposal]:
    return live(now).filter(pair=pair)


def with_times(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `times_mentor` and `times_mentee`: the proposal that waits for that side's choice."""
    there = waiting().filter(pair=OuterRef("pk"))
    asked = {
        f"times_{side}": Subquery(there.filter(side=other).values("ref")[:1])
        for side, other in (("mentor", "mentee"), ("mentee", "mentor"))
    }
    return pairs.annotate(**asked)


def part_of(moment: datetime, zone: str) -> str:
    """The time of the week of a moment where somebody lives: "mon-afternoon"."""
    there = to_local(moment, zone)
    part = next(name for name, begins, _hour in reversed(PARTS) if there.hour >= begins)
    return f"{tuple(DAYS)[there.weekday()]}-{part}"


@dataclass(frozen=True)
class Calendars:
    """What is known of when the two could meet: said free times, days away, holidays, meetings.

    `busy`: when each side has something else, and when both meet already. `school`: the stretches of days
    without school where the mentee lives.
    """

    pair: Pair
    free: dict[str, frozenset[str]]
    absences: tuple[Absence, ...]
    busy: Mapping[str, Spans]
    school: tuple[SchoolHoliday, ...] = ()

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
            if side == "mentee" and any(each.holds(day) for each in self.school):
                found.append(("no_school", side))
            if not self.is_free(side, moment):
                found.append(("not_free", side))
        return found


def calendars(pair: Pair, now: datetime) -> Calendars:
    """What is known of when the two could meet, in three queries."""
    members = {"mentor": pair.mentor, "mentee": pair.mentee}
    said = dict(
        Participation.objects.filter(membership__in=members.values()).values_list(
            "membership", "availability"
        )
    )
    people = [member.person_id for member in members.values()]
    absences = standing().filter(person__in=people, last__gte=now.date() - timedelta(days=1))
    return Calendars(
        pair=pair,
        free={side: frozenset(said.get(member.pk) or ()) for side, member in members.items()},
        absences=tuple(absences.order_by("first", "pk")),
        busy=busy(pair, now),
        school=tuple(school_holidays(pair.programme, pair.mentee.country)),
    )


def suggested_times(
    known: Calendars, reader: Person, usual: datetime, minutes: int, now: datetime
) -> list[datetime]:
    """Up to three hours on the wall of the reader's zone that suit both, on different days, nearest first.

    They begin near `usual`, the hour that the rhythm brings. Where the times that the two said never meet,
    those of the mentee count alone: lessons cannot be moved, an entrepreneur's hours sometimes can.
    """
    begins = max(usual - timedelta(days=2), to_local(now + NOTICE, reader.zone).replace(tzinfo=None))
    days = [begins.date() + timedelta(days=each) for each in range(LOOKED_AT)]
    both = partial(_first_of, known, reader.zone, minutes, usual, begins)
    for wanted in (("mentor", "mentee"), ("mentee",), ()):
        found = [hour for day in days if (hour := both(day, wanted))][:SUGGESTED]
        if found:
            return found
    return []


def _first_of(
    known: Calendars,
    zone: str,
    minutes: int,
    usual: datetime,
    begins: datetime,
    day: date,
    wanted: Iterable[str],
) -> datetime | None:
    """The first hour of a day that suits; `wanted` says whose free times are asked for."""
    told = known.free["mentor"] or known.free["mentee"]
    hours = {hour for _part, _from, hour in PARTS} if told else {usual.hour}
    if not told and day.weekday() > 4:
        return None
    for hour in sorted(hours, key=lambda hour: (abs(hour - usual.hour), hour)):
        there = datetime(day.year, day.month, day.day, hour)
        if there < begins or _unfit(known, there, zone, minutes, wanted):
            continue
        return there
    return None


def _unfit(known: Calendars, there: datetime, zone: str, minutes: int, wanted: Iterable[str]) -> bool:
    try:
        moment = to_utc(there, zone)
    except Refusal:
        return True
    # Most hours of sixty days fall out here, before holidays and absences are looked at.
    if not all(known.is_free(side, moment) for side in wanted):
        return True
    # Without school there is rather more time: it is told, and keeps nobody from meeting.
    return any(key not in ("not_free", "no_school") for key, _whose in known.hints(moment, minutes))
