"""Which pairs need a call, and why: facts that a manager may see (product §2), never what the two write.

Every reason is a fact with its number or its day; there is no score beside them. All of a programme is
looked at in a fixed number of queries, and once until something changes (decision 0006).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import Any

from django.db.models import Count, Max

from varpa.history.remembering import until_changed
from varpa.meetings.models import Meeting, MeetingState, Move
from varpa.meetings.queries import Beat, Hours, beats, hours_of_pairs
from varpa.messaging.models import Quiet
from varpa.messaging.queries import owed
from varpa.pairs.models import Pair, PairState, Pause
from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target
from varpa.support.models import Call, Spoken
from varpa.support.queries.silence import SILENT

VERY_SILENT = 2 * SILENT
LATELY = timedelta(days=30)
OFTEN = 2
"""Meetings moved, cancelled or missed in a month that are worth a question."""
WITHOUT_DATE = timedelta(days=7)
"""How long after a meeting, or the beginning, the next one may stay without a date."""
BEGUN = 0.25
"""The share of a pair's time before which its hours say nothing."""
WAITS_LONG = timedelta(days=7)
CALM = timedelta(days=7)
"""After a talk a pair stands behind the others for so long."""
FIRST_CALL, SECOND_CALL, MONTH = timedelta(days=14), timedelta(days=30), timedelta(days=30)
"""The rhythm of contacts: twice in the first month of a pair, then monthly (ours)."""


class Level(IntEnum):
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
    """A pair with what speaks for a call, the most pressing first; `called` is the last talk."""

    pair: int
    signs: tuple[Sign, ...]
    called: datetime | None
    calm: bool

    @property
    def needs_call(self) -> bool:
        """Whether somebody should call: one pressing reason, or two that are worth a question."""
        levels = Counter(sign.level for sign in self.signs)
        return bool(levels[Level.NOW] or levels[Level.SOON] or levels[Level.WATCH] > 1)

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands in the order: calm ones last, then by the most pressing reasons and their age."""
        oldest = min((each.since.timestamp() for each in self.signs if each.since), default=float("inf"))
        levels = tuple(sorted(each.level for each in self.signs))
        return self.calm, not self.needs_call, levels[:1], -len(levels), oldest, self.pair


def with_case(needs: Iterable[Need], cases: dict[int, datetime]) -> list[Need]:
    """The needs in order, with those of the pairs of which something was told to the reader."""
    found = {each.pair: each for each in needs}
    for pair, since in cases.items():
        sign = Sign("asked", Level.NOW, since=since)
        known = found.get(pair, Need(pair, (), None, False))
        found[pair] = replace(known, signs=(sign, *known.signs), calm=False)
    return sorted(found.values(), key=lambda each: each.place)


@until_changed
def needs_of(programme: Programme, minute: datetime) -> tuple[Need, ...]:
    """Every active pair of a programme that has a reason for a call: nine queries."""
    pairs = list(Pair.objects.filter(programme=programme, state=PairState.ACTIVE).only("active_at"))
    gathered = _Gathered.of(programme, pairs, minute)
    found = (_need(pair, gathered, minute) for pair in pairs)
    return tuple(sorted((each for each in found if each.signs), key=lambda each: each.place))


@dataclass(frozen=True)
class _Gathered:
    """What is known of all pairs of a programme, by the pair's key."""

    ends: datetime
    beats: dict[int, Beat]
    hours: dict[int, Hours]
    troubles: Counter[int]
    rested: dict[int, datetime]
    quiet: dict[int, datetime]
    waits: dict[int, datetime]
    calls: dict[int, tuple[int, datetime]]

    @classmethod
    def of(cls, programme: Programme, pairs: list[Pair], now: datetime) -> "_Gathered":
        pauses = Pause.objects.filter(pair__programme=programme, ended_at__isnull=False)
        quiets = Quiet.objects.filter(pair__programme=programme, lifted_at=None)
        waiting: dict[int, datetime] = {}
        for each in owed(now, programme=programme):
            due = datetime.combine(each.by, time(), UTC)
            waiting[each.message.thread.pair_id] = min(due, waiting.get(each.message.thread.pair_id, due))
        return cls(
            ends=datetime.combine(programme.ends, time(), UTC),
            beats=beats(pairs, now),
            hours=hours_of_pairs(pairs, hours_target(programme)),
            troubles=_troubles(programme, now),
            rested=dict(
                pauses.order_by().values("pair").annotate(at=Max("ended_at")).values_list("pair", "at")
            ),
            quiet=dict(quiets.order_by("-at").values_list("pair", "at")),
            waits=waiting,
            calls=_calls(programme),
        )


def _troubles(programme: Programme, now: datetime) -> Counter[int]:
    """How many meetings of each pair were moved, cancelled or missed lately."""
    moved = Move.objects.filter(meeting__pair__programme=programme, at__gt=now - LATELY)
    fell = Meeting.objects.filter(
        pair__programme=programme,
        state__in=[MeetingState.MISSED, MeetingState.CANCELLED],
        settled_at__gt=now - LATELY,
    )
    found = Counter(
        dict(
            moved.order_by().values("meeting__pair").annotate(n=Count("pk")).values_list("meeting__pair", "n")
        )
    )
    return found + Counter(
        dict(fell.order_by().values("pair").annotate(n=Count("pk")).values_list("pair", "n"))
    )


def _calls(programme: Programme) -> dict[int, tuple[int, datetime]]:
    """How often each pair was talked to, and when last; a call that reached nobody is none."""
    reached = Call.objects.filter(pair__programme=programme).exclude(spoken=Spoken.NOBODY)
    rows = reached.order_by().values("pair").annotate(n=Count("pk"), last=Max("at"))
    return {row["pair"]: (row["n"], row["last"]) for row in rows}


def _need(pair: Pair, gathered: _Gathered, now: datetime) -> Need:
    begun = pair.active_at or now
    beat, hours = gathered.beats[pair.pk], gathered.hours[pair.pk]
    since = max(filter(None, (begun, beat.last, gathered.rested.get(pair.pk))))
    count, called = gathered.calls.get(pair.pk, (0, None))
    signs = [
        _quiet(gathered.quiet.get(pair.pk)),
        _silent(since, now),
        _waits(gathered.waits.get(pair.pk), now),
        _hours(hours, begun, gathered.ends, now),
        _moved(gathered.troubles[pair.pk]),
        _dateless(beat, since, now),
        _contact(begun, count, called, now),
    ]
    there = sorted((each for each in signs if each), key=lambda each: each.level)
    return Need(pair.pk, tuple(there), called, called is not None and called > now - CALM)


def _quiet(since: datetime | None) -> Sign | None:
    return Sign("quiet", Level.NOW, since=since) if since else None


def _silent(since: datetime, now: datetime) -> Sign | None:
    if now - since <= SILENT:
        return None
    level = Level.NOW if now - since > VERY_SILENT else Level.SOON
    return Sign("silent", level, count=(now - since).days, since=since)


def _waits(due: datetime | None, now: datetime) -> Sign | None:
    if due is None:
        return None
    return Sign("answer", Level.SOON if now - due > WAITS_LONG else Level.WATCH, since=due)


def _hours(hours: Hours, begun: datetime, ends: datetime, now: datetime) -> Sign | None:
    """Less than half of what the time gone would let expect, once a quarter of the time is gone."""
    share = (now - begun) / (ends - begun) if ends > begun else 1.0
    counted = hours.confirmed + hours.waiting
    if share < BEGUN or counted >= hours.target * min(share, 1.0) / 2:
        return None
    return Sign("hours", Level.WATCH, count=counted, of=hours.target)


def _moved(times: int) -> Sign | None:
    if times < OFTEN:
        return None
    return Sign("moved", Level.SOON if times >= 2 * OFTEN else Level.WATCH, count=times)


def _dateless(beat: Beat, since: datetime, now: datetime) -> Sign | None:
    if beat.coming or now - since <= WITHOUT_DATE:
        return None
    return Sign("no_date", Level.WATCH)


def _contact(begun: datetime, count: int, called: datetime | None, now: datetime) -> Sign | None:
    due = contact_due(begun, count, called)
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
