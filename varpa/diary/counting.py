"""What an entry says of days and lengths: of which day it can be, and its length in the ledger of hours."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from varpa.diary.models import Entry, EntryState
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local
from varpa.meetings.actions.hours import DayBeforeThePair, DayToCome, enter_meeting
from varpa.meetings.actions.lengths import MOST, WrongLength
from varpa.meetings.actions.meetings import NotYet
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import LONGEST, LineState, Meeting, MeetingState
from varpa.pairs.actions.pairs import hold
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import pause_at
from varpa.people.models import Person
from varpa.programmes.queries import today_of


class WrongDiaryLength(Refusal):
    sentence = _("Write the length in minutes, for example 45.")


def require_day(pair: Pair, day: date, now: datetime, meeting: Meeting | None = None) -> None:
    """Raise what refuses a day of an entry; that of its meeting is always one."""
    if meeting and day == meeting.starts_local.date():
        return
    if day > today_of(pair.programme, now):
        raise DayToCome()
    if day < to_local(pair.proposed_at, pair.programme.zone).date():
        raise DayBeforeThePair()


def require_minutes(meeting: Meeting | None, minutes: int | None) -> None:
    """Raise what refuses a length; how long a meeting can have been is asked when the entry is finished."""
    if minutes is None or 1 <= minutes <= (LONGEST if meeting else MOST):
        return
    raise WrongLength() if meeting else WrongDiaryLength()


def require_begun(entry: Entry, now: datetime) -> None:
    """Raise NotYet where an entry tells of a meeting that is still ahead: it can be prepared as a draft."""
    meeting = entry.meeting
    if meeting and meeting.state == MeetingState.PLANNED and meeting.starts_at > now:
        raise NotYet()


def count_entry(*, entry: Entry, by: Person, now: datetime) -> None:
    """The length in the diary is the length in the ledger: it is written once (principle 5).

    Not after the end of the pair: then its hours stand, or wait for the other (R3).
    """
    meeting, minutes = entry.meeting, entry.minutes
    if meeting is None or minutes is None or meeting.starts_at > now:
        return
    meeting.pair = entry.diary.pair
    hold(meeting.pair)
    if meeting.pair.state == PairState.ENDED:
        return
    lines = set(meeting.hours.values_list("state", flat=True))
    if entry.state == EntryState.KEPT and lines == {LineState.WITHDRAWN}:
        # It was taken back on purpose; a word changed in the diary does not bring it again.
        return
    if meeting.state == MeetingState.PLANNED and pause_at(meeting.pair, meeting.starts_at):
        # What fell into a pause counts for nothing; the mentor may still write about it.
        return
    if meeting.state == MeetingState.PLANNED:
        review_meeting(meeting=meeting, by=by, now=now, minutes=minutes)
    elif meeting.state == MeetingState.HELD:
        enter_meeting(meeting=meeting, side=Side.MENTOR, minutes=minutes, by=by, now=now)
