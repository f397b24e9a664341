"""Reading proposals of times: which one is open, which times could suit both."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import DateTimeField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from varpa.kernel.compiled import compiled
from varpa.kernel.times import to_local
from varpa.meetings.calendars import LOOKED_AT, Calendars, unfit
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.programmes.week import DAYS
from varpa.times.models import Option, Proposal, ProposalState

SUGGESTED = 3
NOTICE = timedelta(hours=20)
TOLD = timedelta(days=3)
"""For so long after times have passed nobody is reminded besides that no meeting is planned."""


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


def pairs_asked(now: datetime) -> QuerySet[Proposal, int]:
    """The keys of pairs with times that wait, or of which both were told lately that they have passed."""
    lately = Proposal.objects.filter(state=ProposalState.PASSED, settled_at__gt=now - TOLD)
    return (live(now) | lately).order_by().values_list("pair", flat=True)


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


def suggested_times(
    known: Calendars, reader: Person, usual: datetime, minutes: int, now: datetime
) -> list[datetime]:
    """Up to three hours on the wall of the reader's zone that suit both, on different days, nearest first.

    They begin near `usual`, the hour that the rhythm brings. Where the times that the two said never meet,
    those of the mentee count alone: lessons cannot be moved, an entrepreneur's hours sometimes can. Where
    these leave none, those of the mentor; what neither has named comes last.
    """
    begins = max(usual - timedelta(days=2), to_local(now + NOTICE, reader.zone).replace(tzinfo=None))
    days = [begins.date() + timedelta(days=each) for each in range(LOOKED_AT)]
    for wanted in (("mentor", "mentee"), ("mentee",), ("mentor",), ()):
        found = (
            next((hour for hour in hours if not unfit(known, hour, reader.zone, minutes, wanted)), None)
            for day in days
            if (hours := [each for each in _hours_on(known, reader.zone, usual, day) if each >= begins])
        )
        if some := list(islice(filter(None, found), SUGGESTED)):
            return some
    return []


def _hours_on(known: Calendars, zone: str, usual: datetime, day: date) -> list[datetime]:
    """The hours of a day that are tried, in this order; of the week-end only a day that somebody named."""
    told = known.free["mentor"] | known.free["mentee"]
    if day.weekday() > 4 and not any(each.startswith(tuple(DAYS)[day.weekday()]) for each in told):
        return []
    if told:
        return list(known.hours_of(day, zone, usual.hour))
    return [datetime.combine(day, time(usual.hour)), *known.after_lessons(day, zone, usual.hour)]
