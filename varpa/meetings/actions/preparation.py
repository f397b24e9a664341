"""Before and during a meeting: topics, agenda, notes (methodology §8, R5, R13)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.merging import save_text
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.meetings import ALIVE
from varpa.meetings.letters import meetings as letters
from varpa.meetings.models import Meeting, MeetingState, Notes, Topic
from varpa.meetings.queries import topics_of
from varpa.pairs.actions.pairs import NotOneOfTheTwo, require_active, require_not_ended, require_side
from varpa.pairs.quiet import require_heard
from varpa.people.models import Person


class EmptyTopic(Refusal):
    sentence = _("Write the topic or question in a few words.")


@transaction.atomic
def add_topic(
    *,
    meeting: Meeting,
    text: str,
    by: Person,
    now: datetime,
    ref: str = "",
    channel: str = Channel.WEB,
) -> Topic:
    """Bring a topic or question to a meeting, before it (R5)."""
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    if not text.strip():
        raise EmptyTopic()
    if meeting.state != MeetingState.PLANNED:
        raise AlreadyMoved()
    words = text.strip()
    known = topics_of(meeting).filter(side=side, text=words).first()
    if known:
        return known
    topic, made = make_once(Topic, ref=ref, meeting=meeting, fields={"side": side, "text": words, "at": now})
    if made:
        _record("meeting.add_topic", meeting, now=now, by=by, channel=channel)
        letters.end_topic_reminder(meeting, side, now=now)
    return topic


@transaction.atomic
def withdraw_topic(*, topic: Topic, by: Person, now: datetime) -> None:
    """Take one's own topic back, as long as the meeting is ahead."""
    if topic.side != require_side(topic.meeting.pair, by):
        raise NotOneOfTheTwo()
    require_not_ended(topic.meeting.pair)
    if topic.meeting.state != MeetingState.PLANNED:
        raise AlreadyMoved()
    if Topic.objects.filter(pk=topic.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        _record("meeting.withdraw_topic", topic.meeting, now=now, by=by)


@transaction.atomic
def prepare_meeting(
    *, meeting: Meeting, goals: str, resources: str, agenda: str, revision: int, by: Person, now: datetime
) -> None:
    """Write goals, resources and agenda before a meeting; raises merging.Conflict (R13), WordsWouldReach."""
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    if meeting.state not in ALIVE:
        raise AlreadyMoved()
    texts = {"goals": goals.strip(), "resources": resources.strip(), "agenda": agenda.strip()}
    if save_text(meeting, revision=revision, texts=texts):
        require_heard(meeting.pair, side)
        _record("meeting.prepare", meeting, now=now, by=by)


@transaction.atomic
def write_notes(*, meeting: Meeting, notes: str, revision: int, by: Person, now: datetime) -> Notes:
    """One's own notes during a meeting; raises merging.Conflict between two devices (R13)."""
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    if meeting.state not in ALIVE:
        raise AlreadyMoved()
    own, _made = Notes.objects.get_or_create(meeting=meeting, side=side)
    if save_text(own, revision=revision, texts={"text": notes.strip()}):
        Notes.objects.filter(pk=own.pk).update(saved_at=now)
        _record("meeting.note", meeting, now=now, by=by)
    return own


def _record(verb: str, meeting: Meeting, *, now: datetime, by: Person, channel: str = Channel.WEB) -> None:
    record(verb, meeting, now=now, by=by, channel=channel, programme_ref=meeting.pair.programme.ref)
