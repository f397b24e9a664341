"""Reading visits to the company: one of a meeting, and those of which a guardian is told."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import kind_of, kinds_acting, with_pair
from varpa.methodology.marks import KindAct
from varpa.pairs.models import PairState
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Membership
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
    """The visits to come of which something is written, with people and guardians; cancelled ones too."""
    # While the pair rests nobody visits: what is planned is told once it goes on.
    planned = Q(meeting__state=MeetingState.PLANNED, meeting__pair__state=PairState.ACTIVE)
    known = Visit.objects.filter(
        planned | Q(meeting__state=MeetingState.CANCELLED), meeting__starts_at__gt=now
    )
    people = ("mentor__person", "mentee__person", "mentee__programme")
    related = [f"meeting__pair__{each}" for each in people]
    return known.select_related(*related).prefetch_related("meeting__pair__mentee__guardians").order_by("pk")


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


def visits_told(mentee: Membership, now: datetime) -> QuerySet[Meeting]:
    """The planned visits of a mentee, and one that has just been, for the guardian: nearest first."""
    visits = Meeting.objects.filter(
        pair__mentee=mentee,
        pair__state=PairState.ACTIVE,
        kind__in=kinds_acting(mentee.programme, KindAct.VISIT),
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        starts_at__gte=now - SHOWN_FOR,
    )
    return with_pair(visits).select_related("visit").order_by("starts_at", "pk")
