"""Saying yes or no to an invitation: by a calendar program, or in words by mail (RFC 5546)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.meetings import read_anew
from varpa.meetings.letters import coming as letters
from varpa.meetings.models import Coming, Meeting, MeetingState, Said
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.people.models import Person
from varpa.ui import words


class CalledOff(Refusal):
    sentence = _("This meeting was called off, so there is nothing to answer. You may plan another one.")


class Over(Refusal):
    sentence = _("The hour of this meeting has passed. On its page you can write how it was.")


class AnotherTime(Refusal):
    """A yes to a time that is no longer the meeting's would be a yes to nothing."""

    sentence = _("The meeting has been moved since that invitation: {when}. Answer the newer letter.")


@transaction.atomic
def say_coming(
    *,
    meeting: Meeting,
    said: str,
    by: Person,
    now: datetime,
    sequence: int | None = None,
    word: str = "",
    proposed_at: datetime | None = None,
    channel: str = Channel.WEB,
) -> Coming:
    """Say whether one comes; a no is told to the other at once, with its word. The same again is the same.

    `sequence` is that of the invitation that is answered. Raises CalledOff, Over, AnotherTime.
    """
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    read_anew(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise CalledOff()
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= now:
        raise Over()
    if sequence is not None and sequence < meeting.sequence:
        raise AnotherTime(when=words.day_time(meeting.starts_at, meeting.zone))
    answer = {"said": Said(said).value, "sequence": meeting.sequence, "word": word.strip()}
    answer["proposed_at"] = proposed_at
    known = Coming.objects.filter(meeting=meeting, side=side).first()
    if known and all(getattr(known, name) == value for name, value in answer.items()):
        return known
    coming, _made = Coming.objects.update_or_create(
        meeting=meeting, side=side, defaults={**answer, "at": now}
    )
    ref, details = meeting.pair.programme.ref, {"said": str(said)}
    record("meeting.answer", meeting, now=now, by=by, channel=channel, programme_ref=ref, details=details)
    if coming.said == Said.NO:
        letters.tell_no(coming, now=now)
    return coming
