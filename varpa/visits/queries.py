"""Reading visits to the company: one of a meeting, and those of which a guardian is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.permitted import unpermitted, why_not
from varpa.meetings.queries import kind_of, kinds_acting, with_pair
from varpa.methodology.marks import KindAct
from varpa.pairs.models import PairState
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Membership, Programme
from varpa.visits.models import Visit

TOLD_ANYWAY = timedelta(days=2)
"""So long before a visit a guardian is told of it, though nothing is written of it yet."""
SHOWN_FOR = timedelta(days=2)
"""How long after a visit its guardian still reads when one comes back."""


def visit_of(meeting: Meeting) -> Visit | None:
    """What was said of a visit so far."""
    known = Visit.objects.filter(meeting=meeting).first()
    if known:
        known.meeting = meeting
    return known


def is_visit(meeting: Meeting) -> bool:
    """Whether a meeting is a visit to the company."""
    return kind_of(meeting).acts == KindAct.VISIT


def tour_of(meeting: Meeting) -> TranslatedText:
    """The programme of a tour that the methodology recommends; empty where it has none."""
    return kind_of(meeting).programme


def place_of(meeting: Meeting) -> str:
    """Where the visit is: what the meeting says, else the mentor's company."""
    return meeting.place or meeting.pair.mentor.place


def ahead(now: datetime) -> QuerySet[Visit]:
    """The visits to come of which something is written, with people and guardians.

    Cancelled ones too, and those of a pair that rests: a guardian who was told of one hears that it is not.
    """
    goes_or_rests = Q(meeting__pair__state__in=[PairState.ACTIVE, PairState.PAUSED])
    planned = Q(meeting__state=MeetingState.PLANNED) & goes_or_rests
    known = Visit.objects.filter(
        planned | Q(meeting__state=MeetingState.CANCELLED), meeting__starts_at__gt=now
    )
    people = ("mentor__person", "mentee__person", "mentee__programme")
    related = [f"meeting__pair__{each}" for each in people]
    return known.select_related(*related).prefetch_related("meeting__pair__mentee__guardians").order_by("pk")


def planned_of(mentee: Membership, now: datetime) -> list[Meeting]:
    """The visits that a mentee has ahead, whether the pair goes or rests."""
    ahead = Meeting.objects.filter(
        pair__mentee=mentee,
        pair__state__in=[PairState.ACTIVE, PairState.PAUSED],
        kind__in=kinds_acting(mentee.programme, KindAct.VISIT),
        state=MeetingState.PLANNED,
        starts_at__gt=now,
    )
    return list(with_pair(ahead).order_by("starts_at", "pk"))


def unpermitted_ahead(programmes: Sequence[Programme], now: datetime) -> dict[int, int]:
    """How many visits ahead lack a guardian's permission, by the key of the programme: one query."""
    of = Q(pk__in=[])
    for each in programmes:
        of |= Q(pair__programme=each, kind__in=kinds_acting(each, KindAct.VISIT))
    ahead = Meeting.objects.filter(
        of,
        unpermitted(programmes, now),
        state=MeetingState.PLANNED,
        pair__state=PairState.ACTIVE,
        starts_at__gt=now,
    )
    return dict(ahead.order_by().values_list("pair__programme").annotate(number=Count("pk")))


def undescribed(now: datetime) -> QuerySet[Meeting]:
    """Meetings of the next days of which no visit is written, of mentees with a guardian; visits or not."""
    near = Meeting.objects.filter(
        visit__isnull=True,
        state=MeetingState.PLANNED,
        pair__state=PairState.ACTIVE,
        starts_at__gt=now,
        starts_at__lte=now + TOLD_ANYWAY,
        pair__mentee__guardians__isnull=False,
    )
    return with_pair(near).distinct().order_by("pk")


def letters_told(about: str) -> tuple[list[str], int]:
    """Which letters about one visit a guardian has got or will get, and how many were written in all."""
    written = list(Letter.objects.filter(about=about).order_by("pk").values_list("once", "state"))
    return [once for once, state in written if state != LetterState.WITHDRAWN], len(written)


def visits_told(mentee: Membership, now: datetime) -> list[Meeting]:
    """The visits of a mentee that may be, and one that has just been, for the guardian: nearest first."""
    visits = Meeting.objects.filter(
        pair__mentee=mentee,
        pair__state=PairState.ACTIVE,
        kind__in=kinds_acting(mentee.programme, KindAct.VISIT),
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        starts_at__gte=now - SHOWN_FOR,
    )
    found, held = with_pair(visits).select_related("visit").order_by("starts_at", "pk"), MeetingState.HELD
    return [each for each in found if each.state == held or not why_not(each.pair, now, each.country)]
