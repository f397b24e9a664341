"""What the mentor is told of the reminder that asks the mentee for topics and questions (R5)."""

from dataclasses import dataclass
from datetime import datetime

from varpa.meetings.letters.meetings import TOPICS_DUE, topics_before, topics_key
from varpa.meetings.queries import Seen
from varpa.methodology.marks import QuestionAct
from varpa.pairs.queries import agreed_choices
from varpa.post.models import LetterState
from varpa.post.queries import state_of, wants


@dataclass(frozen=True)
class Reminder:
    """When the reminder goes; `has_gone`: it is written already, however near the meeting was planned."""

    at: datetime
    has_gone: bool
    is_due: bool


def reminder_of(at: Seen) -> Reminder | None:
    """None where none goes: it has lost its reason, or the mentee has stopped such letters."""
    meeting = at.meeting
    if not at.is_mentor or at.topics or at.step != "before" or not at.is_open:
        return None
    state = state_of(topics_key(meeting))
    if state == LetterState.WITHDRAWN or not (state or wants(meeting.pair.mentee.person_id, TOPICS_DUE.key)):
        return None
    goes = meeting.starts_at - topics_before(agreed_choices(meeting.pair).get(QuestionAct.TOPICS))
    return Reminder(goes, has_gone=bool(state), is_due=goes <= at.now)
