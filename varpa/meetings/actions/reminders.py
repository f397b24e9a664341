"""For the schedule: each reminder has a reason and an end, and is written once.

Each function reads what is due; of a batch one query asks which letters are written, and the rest is written.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from varpa.meetings import letters
from varpa.meetings.models import Meeting, MeetingState, Promise, PromiseState, Review, Topic
from varpa.meetings.queries import RHYTHM, rhythms, with_pair
from varpa.methodology import Fact
from varpa.pairs.models import Happening, Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.post.queries import already
from varpa.programmes.queries import today_of

GRACE = timedelta(days=1)
BATCH = 400

Due = tuple[str, Callable[[], bool]]


def remind(now: datetime) -> int:
    """Write every reminder that is due now; answers how many."""
    kinds = (topics_due, reviews_due, promises_due, silence_due)
    return sum(_write(kind(now)) for kind in kinds)


def topics_due(now: datetime) -> Iterable[Due]:
    """Two days before a meeting, while the mentee has written no topic (methodology §3.3, 8)."""
    theirs = Topic.objects.filter(meeting=OuterRef("pk"), side=Side.MENTEE, withdrawn_at__isnull=True)
    due = Meeting.objects.filter(
        ~Exists(theirs),
        state=MeetingState.PLANNED,
        starts_at__gt=now,
        starts_at__lte=now + letters.TOPICS_BEFORE,
        pair__state=PairState.ACTIVE,
    )
    for meeting in _read(due):
        yield letters.topics_key(meeting), partial(letters.remind_of_topics, meeting, now=now)


def reviews_due(now: datetime) -> Iterable[Due]:
    """A day after a meeting's hour, to each side that has written nothing."""
    window = Meeting.objects.filter(
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        starts_at__lte=now - letters.REVIEW_AFTER,
        starts_at__gt=now - letters.REVIEW_ENDS,
        pair__state=PairState.ACTIVE,
    )
    for side in Side.values:
        written = Review.objects.filter(meeting=OuterRef("pk"), side=side)
        for meeting in _read(window.filter(~Exists(written))):
            key = letters.review_key(meeting, side)
            yield key, partial(letters.remind_of_review, meeting, side, now=now)


def promises_due(now: datetime) -> Iterable[Due]:
    """The day before a promise is due, as the programme's zone counts days, to its maker only."""
    near = ((now + timedelta(days=days)).date() for days in (0, 1, 2))
    due = Promise.objects.filter(state=PromiseState.OPEN, due__in=list(near), pair__state=PairState.ACTIVE)
    for promise in due.select_related("pair__mentor__person", "pair__mentee__person", "pair__programme"):
        if promise.due == today_of(promise.pair.programme, now) + timedelta(days=1):
            yield letters.promise_key(promise), partial(letters.remind_of_promise, promise, now=now)


def silence_due(now: datetime) -> Iterable[Due]:
    """No next meeting is planned, and the agreed rhythm (else 14 days) has passed since the last (R4).

    Nothing more is missed once the closing meeting or the closing review has been.
    """
    planned = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.PLANNED, starts_at__gt=now)
    closing = Happening.objects.filter(
        pair=OuterRef("pk"), fact__in=[Fact.CLOSING_PLANNED, Fact.CLOSING_REVIEW]
    )
    met = Q(meetings__state__in=[MeetingState.PLANNED, MeetingState.HELD])
    idle = (
        Pair.objects.filter(~Exists(planned), ~Exists(closing), state=PairState.ACTIVE)
        .annotate(since=Coalesce(Max("meetings__starts_at", filter=met), F("active_at")))
        .filter(since__lte=now - GRACE)
    )
    pairs = list(with_people(idle))
    agreed = rhythms(pairs)
    for pair in pairs:
        since: datetime = pair.since  # type: ignore[attr-defined]  # annotated above
        if since + timedelta(days=agreed.get(pair.pk, RHYTHM)) + GRACE > now:
            continue
        for side in Side.values:
            key = letters.silence_key(pair, side, since)
            yield key, partial(letters.remind_of_silence, pair, side, since, now=now)


def _read(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return with_pair(meetings).order_by("starts_at", "pk")


def _write(due: Iterable[Due]) -> int:
    return sum(_write_batch(batch) for batch in _batches(iter(due)))


def _batches(due: Iterator[Due]) -> Iterator[dict[str, Callable[[], bool]]]:
    while batch := dict(islice(due, BATCH)):
        yield batch


def _write_batch(wanted: dict[str, Callable[[], bool]]) -> int:
    written = already(list(wanted))
    count = 0
    for key, remind_now in wanted.items():
        if key not in written:
            with transaction.atomic():
                count += remind_now()
    return count
