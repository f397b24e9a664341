"""While a pair rests its meetings leave the calendars that were invited, and come back with it (R1)."""

from collections.abc import Iterator
from datetime import datetime

from varpa.meetings.letters import meetings as letters
from varpa.meetings.letters.resting import call_off, end_calling_off
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.permitted import why_not
from varpa.meetings.queries import kind_of, with_pair
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Pair


def rest(pair: Pair, now: datetime) -> None:
    """Take each planned meeting out of both calendars: called within the action that pauses the pair."""
    for meeting in _ahead(pair, now):
        call_off(meeting, now=now)


def go_on(pair: Pair, now: datetime) -> None:
    """Invite both anew to what is still ahead: called within the action by which the pair goes on.

    A visit that may not be stays out until it may.
    """
    for meeting in _ahead(pair, now):
        end_calling_off(meeting, now=now)
        if kind_of(meeting).acts != KindAct.VISIT or not why_not(meeting.pair, now):
            letters.invite(meeting, now=now)


def _ahead(pair: Pair, now: datetime) -> Iterator[Meeting]:
    """The meetings that are planned, each as a further state of its invitation (RFC 5546: SEQUENCE)."""
    planned = Meeting.objects.filter(pair=pair, state=MeetingState.PLANNED, starts_at__gt=now)
    for meeting in with_pair(planned.select_for_update(of=("self",), no_key=True)).order_by(
        "starts_at", "pk"
    ):
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
        yield meeting
