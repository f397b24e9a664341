"""What letters about somebody's answer to an invitation are about, and when they wait no longer."""

from datetime import datetime

from varpa.meetings.models import Meeting
from varpa.pairs.queries import other_side, while_active
from varpa.post import actions as post


def answered(meeting: Meeting) -> str:
    """What letters are about that tell what the other has said to the hour of a meeting."""
    return f"{while_active(meeting.pair)}:{meeting.ref}"


def stays(meeting: Meeting) -> str:
    """What letters are about that tell that a meeting stays as planned."""
    return f"{while_active(meeting.pair)}:stays:{meeting.ref}"


def end_answers(meeting: Meeting, *, hour: bool, now: datetime) -> None:
    """What was said to what is no more waits no longer; a no to the hour only where that is another."""
    post.withdraw(about=stays(meeting), now=now)
    said = (each for each in meeting.comings.all() if hour or not each.is_of_the_hour)
    told = [meeting.pair.member(other_side(each.side)).person_id for each in said]
    if told:
        post.withdraw(about=answered(meeting), people=told, now=now)
