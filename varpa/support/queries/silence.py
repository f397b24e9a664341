"""Silence: one setting for the whole product (methodology §12: ours, 14 days).

Two work "in individual meetings in person or by e-mentoring" (§2): either breaks a silence. So does a line of
e-mentoring to which both stand, and messages that both wrote; never what one did alone (decision 0054).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState
from varpa.meetings.queries import RHYTHM
from varpa.messaging.models import Message
from varpa.pairs.models import PairState, Pause, Side
from varpa.pairs.queries import of_pair

SILENT = timedelta(days=RHYTHM)
_WORKED = HourLine.objects.filter(meeting=None, state=LineState.CONFIRMED)
_WROTE = Message.objects.filter(taken_back_at=None)


def silent(now: datetime) -> Q:
    """Pairs that go, of which the two have neither met nor worked together otherwise for over two weeks.

    After a pause the weeks begin with its end.
    """
    since = now - SILENT
    met = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.HELD, starts_at__gte=since)
    rested = Pause.objects.filter(pair=OuterRef("pk"), ended_at__gte=since)
    worked = _WORKED.filter(pair=OuterRef("pk"), day__gte=since.date())
    wrote = [_WROTE.filter(thread__pair=OuterRef("pk"), side=side, at__gte=since) for side in Side.values]
    heard = Exists(met) | Exists(rested) | Exists(worked) | (Exists(wrote[0]) & Exists(wrote[1]))
    return Q(state=PairState.ACTIVE, active_at__lt=since) & ~Q(heard)


def last_together() -> dict[str, Any]:
    """Annotations of pairs: the day of the last e-mentoring that counts, and when each side last wrote."""
    wrote = {f"{side}_wrote": of_pair(_WROTE.filter(side=side), "thread__pair", Max("at")) for side in Side}
    return {"worked": of_pair(_WORKED, "pair", Max("day")), **wrote}
