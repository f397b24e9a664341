"""For the schedule: each reminder has a reason and an end, and is written once.

Each function finds what is due, as little of it as tells which letter it is; of a batch one query asks which
letters are written, and only for the others people and programme are read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from varpa.absences.queries import is_away
from varpa.kernel.clock import zone_of
from varpa.meetings.letters import hours, promises, silence
from varpa.meetings.letters import meetings as letters
from varpa.meetings.models import (
    HourLine,
    LineState,
    Meeting,
    MeetingState,
    Promise,
    PromiseState,
    Review,
    Topic,
)
from varpa.meetings.offered import with_offers
from varpa.meetings.queries import RHYTHM, with_pair
from varpa.methodology import Fact
from varpa.methodology.marks import QuestionAct
from varpa.pairs.actions.answers import LONGEST
from varpa.pairs.actions.resting import end_reminders_at_rest
from varpa.pairs.choices import agreed_days
from varpa.pairs.models import Happening, Pair, PairState, Side
from varpa.pairs.queries import in_a_pause, with_people
from varpa.post import actions as post
from varpa.post.queries import already
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.programmes.working_days import is_holiday

GRACE = timedelta(days=1)
HOLIDAYS_RUN = 5
"""So many public holidays follow each other at most."""
BATCH = 400


class Due(NamedTuple):
    """One reminder: which letter it is, what it is about (the key of its row), and how it is written."""

    key: str
    thing: int
    write: Callable[..., bool]


Reader = Callable[[Iterable[int]], QuerySet[Any]]


def remind(now: datetime) -> int:
    """Write every reminder that is due now; answers how many. Those of pairs that do not go are taken out."""
    _end_those_at_rest(now)
    topics, silent = list(topics_due(now)), list(silence_due(now))
    # What the two have agreed otherwise meanwhile is due at another time: what waits goes by it too (R4).
    agreed = [letters.TOPICS_DUE, silence.NO_MEETING]
    post.withdraw_all_but({each.key for each in (*topics, *silent)}, kinds=agreed)
    kinds: tuple[tuple[Iterable[Due], Reader], ...] = (
        (topics, _meetings),
        (reviews_due(now), _meetings),
        (promises_due(now), _promises),
        (silent, _pairs),
        (hours_due(now), _lines),
    )
    return sum(_write(due, read, now) for due, read in kinds)


def topics_due(now: datetime) -> Iterable[Due]:
    """While the mentee has written no topic, at the time that the pair chose (methodology §3.3, 8; R5)."""
    theirs = Topic.objects.filter(meeting=OuterRef("pk"), side=Side.MENTEE, withdrawn_at__isnull=True)
    due = Meeting.objects.filter(
        ~Exists(theirs),
        ~is_away("pair__mentee__person", now),
        state=MeetingState.PLANNED,
        starts_at__gt=now,
        starts_at__lte=now + timedelta(days=LONGEST[QuestionAct.TOPICS]),
        pair__state=PairState.ACTIVE,
    )
    ahead = list(_keys(due).only("ref", "sequence", "starts_at", "pair__programme").select_related("pair"))
    agreed = _agreed([meeting.pair for meeting in ahead], QuestionAct.TOPICS)
    for meeting in ahead:
        if meeting.starts_at - letters.topics_before(agreed.get(meeting.pair_id)) <= now:
            yield Due(letters.topics_key(meeting), meeting.pk, letters.remind_of_topics)


def reviews_due(now: datetime) -> Iterable[Due]:
    """A day after a meeting's hour, to each side that has written nothing."""
    window = Meeting.objects.filter(
        Q(state=MeetingState.HELD) | (Q(state=MeetingState.PLANNED) & ~Q(in_a_pause())),
        starts_at__lte=now - letters.REVIEW_AFTER,
        starts_at__gt=now - letters.REVIEW_ENDS,
        pair__state=PairState.ACTIVE,
    )
    written = Review.objects.filter(meeting=OuterRef("pk"))
    by = {f"by_{side}": Exists(written.filter(side=side)) for side in Side.values}
    for meeting in _keys(
        window.annotate(
            **by, away_mentor=_away("pair__mentor", now), away_mentee=_away("pair__mentee", now)
        ).exclude(**dict.fromkeys(by, True))
    ):
        for side in Side.values:
            if not getattr(meeting, f"by_{side}") and not getattr(meeting, f"away_{side}"):
                key = letters.review_key(meeting, side)
                yield Due(key, meeting.pk, partial(letters.remind_of_review, side=side))


def promises_due(now: datetime) -> Iterable[Due]:
    """The day before a promise is due, as the programme's zone counts days, to its maker only.

    No reminder goes on a public holiday of the maker's country: this one goes on the last day before it.
    """
    near = ((now + timedelta(days=days)).date() for days in range(HOLIDAYS_RUN + 3))
    due = Promise.objects.filter(state=PromiseState.OPEN, due__in=list(near), pair__state=PairState.ACTIVE)
    known = due.only("ref", "due", "side").annotate(
        zone=F("pair__programme__zone"),
        country_mentor=F("pair__mentor__country"),
        country_mentee=F("pair__mentee__country"),
        away_mentor=_away("pair__mentor", now),
        away_mentee=_away("pair__mentee", now),
    )
    for promise in known:
        if getattr(promise, f"away_{promise.side}"):
            continue
        today = now.astimezone(zone_of(promise.zone)).date()
        if promise.due and _before(promise.due, getattr(promise, f"country_{promise.side}")) == today:
            yield Due(promises.promise_key(promise), promise.pk, promises.remind_of_promise)


def _before(due: date, country: str) -> date:
    """The last day before another that is no public holiday."""
    days = (due - timedelta(days=days) for days in range(1, HOLIDAYS_RUN + 2))
    return next((day for day in days if not is_holiday(day, country)), due - timedelta(days=1))


def silence_due(now: datetime) -> Iterable[Due]:
    """No next meeting is planned, and the agreed rhythm (else 14 days) has passed since the last (R4).

    Nothing more is missed once the closing meeting or the closing review has been, nor while times that one
    proposed wait for the other: that is reminded of by itself.
    """
    planned = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.PLANNED, starts_at__gt=now)
    closing = Happening.objects.filter(
        pair=OuterRef("pk"), fact__in=[Fact.CLOSING_PLANNED, Fact.CLOSING_REVIEW]
    )
    met = Q(meetings__state__in=[MeetingState.PLANNED, MeetingState.HELD])
    idle = (
        Pair.objects.filter(~Exists(planned), ~Exists(closing), state=PairState.ACTIVE)
        .annotate(
            since=Coalesce(Max("meetings__starts_at", filter=met), F("active_at")),
            away_mentor=_away("mentor", now),
            away_mentee=_away("mentee", now),
        )
        .filter(since__lte=now - GRACE)
    )
    pairs = list(idle.exclude(with_offers(now)).only("ref", "programme"))
    agreed = _agreed(pairs, QuestionAct.RHYTHM)
    for pair in pairs:
        since: datetime = pair.since
        if since + timedelta(days=agreed.get(pair.pk, RHYTHM)) + GRACE > now:
            continue
        for side in [each for each in Side.values if not getattr(pair, f"away_{each}")]:
            key = letters.silence_key(pair, side, since)
            yield Due(key, pair.pk, partial(letters.remind_of_silence, side=side, since=since))


def hours_due(now: datetime) -> Iterable[Due]:
    """A week before silence confirms a line, to the side that has not said anything to it (R2)."""
    waiting = HourLine.objects.filter(
        state=LineState.WAITING,
        at__lte=now - hours.WAITING_ENDS / 2,
        at__gt=now - hours.WAITING_ENDS,
        pair__state=PairState.ACTIVE,
    )
    for line in waiting.only("ref", "minutes"):
        yield Due(hours.waiting_key(line), line.pk, hours.ask_for_yes)


def _end_those_at_rest(now: datetime) -> None:
    end = partial(end_reminders_at_rest, now=now)
    end([letters.REVIEW_DUE], Meeting.objects.all(), state="pair__state")
    end([promises.PROMISE_DUE], Promise.objects.all(), state="pair__state")
    end([hours.WAITING], HourLine.objects.all(), state="pair__state")


def _agreed(pairs: Sequence[Pair], act: str) -> dict[int, int]:
    """The days agreed by pairs whose programmes are not read yet."""
    if not pairs:
        return {}
    programmes = Programme.objects.filter(pk__in={pair.programme_id for pair in pairs})
    read = with_methodology(programmes).in_bulk()
    for pair in pairs:
        pair.programme = read[pair.programme_id]
    return agreed_days(pairs, act)


def _away(member: str, now: datetime) -> Exists:
    """Nobody is reminded on days on which they are away."""
    return is_away(f"{member}__person", now)


def _keys(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.only("ref", "sequence").order_by("starts_at", "pk")


def _meetings(keys: Iterable[int]) -> QuerySet[Meeting]:
    return with_pair(Meeting.objects.filter(pk__in=keys))


def _promises(keys: Iterable[int]) -> QuerySet[Promise]:
    promises = Promise.objects.filter(pk__in=keys)
    return promises.select_related("pair__mentor__person", "pair__mentee__person", "pair__programme")


def _lines(keys: Iterable[int]) -> QuerySet[HourLine]:
    lines = HourLine.objects.filter(pk__in=keys)
    return lines.select_related("pair__mentor__person", "pair__mentee__person", "pair__programme")


def _pairs(keys: Iterable[int]) -> QuerySet[Pair]:
    return with_people(Pair.objects.filter(pk__in=keys))


def _write(due: Iterable[Due], read: Reader, now: datetime) -> int:
    return sum(_write_batch(batch, read, now) for batch in _batches(iter(due)))


def _batches(due: Iterator[Due]) -> Iterator[list[Due]]:
    while batch := list(islice(due, BATCH)):
        yield batch


def _write_batch(batch: list[Due], read: Reader, now: datetime) -> int:
    written = already([each.key for each in batch])
    missing = {each.key: each for each in batch if each.key not in written}
    if not missing:
        return 0
    things = {thing.pk: thing for thing in read({each.thing for each in missing.values()})}
    count = 0
    for each in missing.values():
        with transaction.atomic():
            count += each.write(things[each.thing], now=now)
    return count
