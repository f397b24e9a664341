"""Which meetings a paper may tell of."""

from datetime import datetime

from django.db.models import QuerySet

from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import with_pair
from varpa.pairs.models import Pair


def past(pair: Pair, now: datetime) -> QuerySet[Meeting]:
    """Meetings of a pair whose hour has passed, the latest first; not those that were cancelled."""
    meetings = Meeting.objects.filter(pair=pair, starts_at__lte=now).exclude(state=MeetingState.CANCELLED)
    return with_pair(meetings).order_by("-starts_at", "-pk")
