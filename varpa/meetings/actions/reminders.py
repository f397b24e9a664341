"""For the schedule: each reminder has a reason and an end, and is written once.

Each function reads what is due, asks in one query which of those letters are written, and writes the rest.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from varpa.meetings import letters
from varpa.meetings.models import Meeting, MeetingState, Promise, PromiseState, Review, Topic
from varpa.meetings.queries import with_pair
from varpa.methodology.marks import QuestionAct
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import agreed_choices, with_people
from varpa.post.queries import already

RHYTHM = 14
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
    """The day before a promise is due, to its maker only."""
    tomorrow = (now + timedelta(days=1)).date()
    due = Promise.objects.filter(state=PromiseState.OPEN, due=tomorrow, pair__state=PairState.ACTIVE)
    people = due.select_related("pair__mentor__person", "pair__mentee__person", "pair__programme")
    for promise in people[:BATCH]:
        yield letters.promise_key(promise), partial(letters.remind_of_promise, promise, now=now)


def silence_due(now: datetime) -> Iterable[Due]:
    """No next meeting is planned, and the agreed rhythm (else 14 days) has passed since the last (R4)."""
    planned = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.PLANNED)
    idle = Pair.objects.filter(
        ~Exists(planned), state=PairState.ACTIVE, active_at__lte=now - timedelta(days=RHYTHM)
    ).annotate(last=Max("meetings__starts_at"))
    for pair in with_people(idle)[:BATCH]:
        since: datetime = getattr(pair, "last", None) or pair.active_at or now
        if since + timedelta(days=_rhythm(pair)) + GRACE > now:
            continue
        for side in Side.values:
            key = letters.silence_key(pair, side, since)
            yield key, partial(letters.remind_of_silence, pair, side, since, now=now)


def _rhythm(pair: Pair) -> int:
    agreed = agreed_choices(pair).get(QuestionAct.RHYTHM)
    return agreed if isinstance(agreed, int) and agreed > 0 else RHYTHM


def _read(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return with_pair(meetings).order_by("starts_at", "pk")[:BATCH]


def _write(due: Iterable[Due]) -> int:
    wanted = dict(due)
    written = already(list(wanted))
    count = 0
    for key, remind_now in wanted.items():
        if key not in written:
            with transaction.atomic():
                count += remind_now()
    return count
