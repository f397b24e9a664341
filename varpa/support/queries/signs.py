"""Which pairs need a call, and why: facts that a manager may see (product §2), never what the two write.

Every reason is a fact with its number or its day; there is no score beside them. All of a programme is
looked at in a fixed number of queries, and once until something changes (decision 0006).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import cached_property
from typing import Any

from django.db.models import F, Max, Min, Q

from varpa.checkins.queries import ENOUGH, left_unanswered
from varpa.history.remembering import until_changed
from varpa.meetings.models import Meeting, MeetingState, Move
from varpa.meetings.queries import with_beat
from varpa.messaging.models import Quiet
from varpa.messaging.queries import Owed, owed
from varpa.pairs.models import Pair, PairState
from varpa.pairs.pauses import Rest, Rests, due_after, rests_of
from varpa.pairs.queries import how_many, of_pair
from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target, today_of
from varpa.programmes.working_days import after_working_days
from varpa.support.models import Call, Spoken
from varpa.support.queries.silence import SILENT, last_together

VERY_SILENT = 2 * SILENT
LATELY = timedelta(days=30)
OFTEN = 2
"""Meetings moved, cancelled or missed in a month that are worth a question."""
WITHOUT_DATE = timedelta(days=7)
"""How long after a meeting, or the beginning, the next one may stay without a date."""
BEGUN = 0.25
"""The share of a pair's time before which its hours say nothing."""
LAST_MONTH = timedelta(days=30)
"""How long before the end of the programme hours that are missing are worth a call."""
WAITS_LONG = timedelta(days=7)
CALM = timedelta(days=7)
"""After a talk a pair stands behind the others for so long."""
FIRST_CALL, SECOND_CALL, MONTH = timedelta(days=14), timedelta(days=30), timedelta(days=30)
"""The rhythm of contacts: twice in the first month of a pair, then monthly (ours)."""


class Level(IntEnum):
    """FIRST: safety that nobody has read yet; it is to be read the same day (R8)."""

    FIRST = -1
    NOW = 0
    SOON = 1
    WATCH = 2
    RHYTHM = 3


@dataclass(frozen=True)
class Sign:
    """One reason: `key` says which, `count` and `of` are its numbers, `since` its day."""

    key: str
    level: Level
    count: int = 0
    of: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Need:
    """A pair with what speaks for a call, the most pressing first; `called` is the last talk.

    `around`: the keys of the two, and of other mentors of the mentee: somebody else sees to the pair.
    """

    pair: int
    signs: tuple[Sign, ...]
    called: datetime | None
    calm: bool
    around: frozenset[int] = frozenset()

    # Needs are remembered: what follows from them is asked at every reading of a list.
    @cached_property
    def needs_call(self) -> bool:
        """Whether somebody should call: one pressing reason, or two that are worth a question."""
        levels = Counter(sign.level for sign in self.signs)
        return bool(levels[Level.FIRST] or levels[Level.NOW] or levels[Level.SOON] or levels[Level.WATCH] > 1)

    @cached_property
    def place(self) -> tuple[Any, ...]:
        """Where it stands in the order: calm ones last, then by the most pressing reasons and their age."""
        oldest = min((each.since.timestamp() for each in self.signs if each.since), default=float("inf"))
        levels = tuple(sorted(each.level for each in self.signs))
        return self.calm, not self.needs_call, levels[:1], -len(levels), oldest, self.pair


def with_case(needs: Iterable[Need], cases: Mapping[int, Sign]) -> list[Need]:
    """The needs in order, with those of the pairs of which something was told to the reader."""
    found = {each.pair: each for each in needs}
    for pair, sign in cases.items():
        known = found.get(pair, Need(pair, (), None, False))
        found[pair] = replace(known, signs=(sign, *known.signs), calm=False)
    return sorted(found.values(), key=lambda each: each.place)


@until_changed
def needs_of(programme: Programme, minute: datetime) -> tuple[Need, ...]:
    """Every active pair of a programme that has a reason for a call: five queries at any size."""
    target, ends = hours_target(programme), datetime.combine(programme.ends, time(), UTC)
    rests = rests_of(Pair.objects.filter(programme=programme))
    waits = _waiting(programme, rests, minute)
    known = [_Known(**row) for row in _rows(programme, minute)]
    mentors: dict[int, set[int]] = defaultdict(set)
    for pair in known:
        mentors[pair.mentee_person].add(pair.mentor_person)
    needs = ((pair, _need(pair, waits.get(pair.pk), rests[pair.pk], target, ends, minute)) for pair in known)
    found = (
        replace(need, around=frozenset({pair.mentee_person, *mentors[pair.mentee_person]}))
        for pair, need in needs
        if need.signs
    )
    return tuple(sorted(found, key=lambda each: each.place))


@dataclass(frozen=True)
class _Known:
    """What is known of one pair; `counted` are minutes, `talks` are calls that reached somebody.

    `moved`: meetings that were moved, called off or missed, each once. `looks`: looks at the cooperation in a
    row that the two left unanswered, the first `asked` for then; that they agreed on any stands in the plan.
    `worked`: the last day of e-mentoring that counts; `mentor_wrote`, `mentee_wrote`: when each last wrote.
    """

    pk: int
    mentor_person: int
    mentee_person: int
    active_at: datetime | None
    met: datetime | None
    coming: datetime | None
    counted: int
    moved: int
    quiet: datetime | None
    shares_plan: bool
    looks: int
    asked: datetime | None
    talks: int
    called: datetime | None
    worked: date | None
    mentor_wrote: datetime | None
    mentee_wrote: datetime | None

    @property
    def heard(self) -> datetime | None:
        """When the two last worked together without meeting: what one does alone is no sign of the other."""
        worked = [datetime.combine(self.worked, time(), UTC)] if self.worked else []
        if self.mentor_wrote and self.mentee_wrote:
            worked.append(min(self.mentor_wrote, self.mentee_wrote))
        return max(worked, default=None)


def _rows(programme: Programme, now: datetime) -> Iterable[dict[str, Any]]:
    """The active pairs with all that is known of each, in one query."""
    lately, fell = now - LATELY, [MeetingState.MISSED, MeetingState.CANCELLED]
    moved = Q(pk__in=Move.objects.filter(at__gt=lately).order_by().values("meeting"))
    reached = Call.objects.exclude(spoken=Spoken.NOBODY)
    known = with_beat(Pair.objects.filter(programme=programme, state=PairState.ACTIVE), now).annotate(
        mentor_person=F("mentor__person"),
        mentee_person=F("mentee__person"),
        moved=how_many(Meeting.objects.filter(moved | Q(state__in=fell, settled_at__gt=lately)), "pair"),
        quiet=of_pair(Quiet.objects.filter(lifted_at=None), "pair", Min("at")),
        looks=how_many(left_unanswered(now), "pair"),
        asked=of_pair(left_unanswered(now), "pair", Min("at")),
        talks=how_many(reached, "pair"),
        called=of_pair(reached, "pair", Max("at")),
        **last_together(),
    )
    rows: Iterable[dict[str, Any]] = known.order_by().values(*(each.name for each in fields(_Known)))
    return rows


def _waiting(programme: Programme, rests: Rests, now: datetime) -> dict[int, datetime]:
    """Since when an answer waits of which its owner was reminded before, by the pair's key: three queries."""
    waiting: dict[int, datetime] = {}
    for each in _reminded(owed(now, programme=programme, rests=rests), now):
        due = datetime.combine(each.by, time(), UTC)
        waiting[each.message.thread.pair_id] = min(due, waiting.get(each.message.thread.pair_id, due))
    return waiting


def _reminded(found: list[Owed], now: datetime) -> Iterator[Owed]:
    """Those whose owner was reminded and had a working day to answer: only then the staff know of it (R4).

    Where nobody could be reminded, the working day follows the one by which the answer was looked for.
    """
    for each in found:
        pair, at = each.message.thread.pair, each.reminded_at
        since = today_of(pair.programme, at) if at else each.by
        if after_working_days(since, 1, pair.member(each.side).country) <= today_of(pair.programme, now):
            yield each


def _need(
    pair: _Known, waits: datetime | None, rests: Sequence[Rest], target: int, ends: datetime, now: datetime
) -> Need:
    begun = pair.active_at or now
    met = max(filter(None, (begun, pair.met)))
    since = max([met, *(rest.until for rest in rests)])
    signs = [
        _quiet(pair.quiet),
        _silent(met, since, pair, now),
        _waits(waits, pair, now),
        _hours(pair.counted, target, begun, ends, now),
        _moved(pair.moved),
        _dateless(pair.coming, since, now),
        _looks(pair.looks if pair.shares_plan else 0, pair.asked),
        _contact(begun, pair.talks, pair.called, rests, now),
    ]
    there = sorted((each for each in signs if each), key=lambda each: each.level)
    calm = pair.called is not None and pair.called > now - CALM
    return Need(pair.pk, tuple(there), pair.called, calm)


def _quiet(since: datetime | None) -> Sign | None:
    return Sign("quiet", Level.NOW, since=since) if since else None


def _silent(met: datetime, since: datetime, pair: _Known, now: datetime) -> Sign | None:
    """A pair that has a date is on its way: a step less pressing. Most of those that fail have none.

    `since`: the meeting, or the end of a pause after it; how long they have not met is told from the meeting,
    and from what they last did together otherwise, where that was later.
    """
    heard = max(filter(None, (since, pair.heard)))
    if now - heard <= SILENT:
        return None
    level = Level.NOW if now - heard > VERY_SILENT else Level.SOON
    if pair.coming:
        level = Level(level + 1)
    other = (now - pair.heard).days if pair.heard and pair.heard > met else 0
    return Sign("silent", level, count=(now - met).days, of=other, since=heard)


def _waits(due: datetime | None, pair: _Known, now: datetime) -> Sign | None:
    """What waited when the two met was said there; with a date for the next time it can wait until then."""
    if due is None or (pair.met and pair.met > due):
        return None
    long = now - due > WAITS_LONG and not pair.coming
    return Sign("answer", Level.SOON if long else Level.WATCH, since=due)


def _hours(counted: int, target: int, begun: datetime, ends: datetime, now: datetime) -> Sign | None:
    """Less than half of what the time gone would let expect, once a quarter of the time is gone.

    In the last month any that are missing: then there is still time to say what is not to be done.
    """
    if counted < target and ends - now <= LAST_MONTH:
        return Sign("ending", Level.SOON, count=counted, of=target, since=ends)
    share = (now - begun) / (ends - begun) if ends > begun else 1.0
    if share < BEGUN or counted >= target * min(share, 1.0) / 2:
        return None
    return Sign("hours", Level.WATCH, count=counted, of=target, since=now)


def _moved(times: int) -> Sign | None:
    if times < OFTEN:
        return None
    return Sign("moved", Level.SOON if times >= 2 * OFTEN else Level.WATCH, count=times)


def _dateless(coming: datetime | None, since: datetime, now: datetime) -> Sign | None:
    if coming or now - since <= WITHOUT_DATE:
        return None
    return Sign("no_date", Level.WATCH)


def _looks(count: int, since: datetime | None) -> Sign | None:
    """What the plan agreed to ask is asked no more: a person asks instead."""
    return Sign("looks", Level.WATCH, count=count, since=since) if count >= ENOUGH else None


def _contact(
    begun: datetime, count: int, called: datetime | None, rests: Sequence[Rest], now: datetime
) -> Sign | None:
    due = contact_due(begun, count, called)
    due = due_after(rests, called if called and due == called + MONTH else begun, due)
    return Sign("contact", Level.RHYTHM, since=due) if due <= now else None


def contact_due(begun: datetime, count: int, called: datetime | None) -> datetime:
    """When the staff should talk to a pair next: twice in its first month, then monthly."""
    if called is None:
        return begun + FIRST_CALL
    if count == 1 and called < begun + SECOND_CALL:
        return begun + SECOND_CALL
    return called + MONTH


def needing(needs: Iterable[Need]) -> list[Need]:
    """Those that somebody should call now."""
    return [each for each in needs if each.needs_call and not each.calm]
