"""Silence: one setting for the whole product (methodology §12: ours, 14 days)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import RHYTHM
from varpa.pairs.models import PairState, Pause

SILENT = timedelta(days=RHYTHM)


def silent(now: datetime) -> Q:
    """Pairs that go but have not met for over two weeks; after a pause the weeks begin with its end."""
    met = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.HELD, starts_at__gte=now - SILENT)
    rested = Pause.objects.filter(pair=OuterRef("pk"), ended_at__gte=now - SILENT)
    return Q(state=PairState.ACTIVE, active_at__lt=now - SILENT) & ~Q(Exists(met)) & ~Q(Exists(rested))
