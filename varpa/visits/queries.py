"""Reading visits to the company: one of a meeting, and those of which a guardian is told."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import kind_of, kinds_acting, with_pair
from varpa.methodology.marks import KindAct
from varpa.pairs.models import PairState
from varpa.programmes.models import Membership
from varpa.visits.models import Visit

SHOWN_FOR = timedelta(days=2)
"""How long after a visit its guardian still reads when one comes back."""


def visit_of(meeting: Meeting) -> Visit | None:
    """What was said of a visit so far."""
    return Visit.objects.filter(meeting=meeting).first()


def is_visit(meeting: Meeting) -> bool:
    """Whether a meeting is a visit to the company."""
    return kind_of(meeting).acts == KindAct.VISIT


def tour_of(meeting: Meeting) -> TranslatedText:
    """The programme of a tour that the methodology recommends; empty where it has none."""
    return kind_of(meeting).programme


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
