"""Reading who comes to a meeting."""

from varpa.meetings.models import Coming, Meeting
from varpa.pairs.queries import other_side


def word_of_other(meeting: Meeting, side: str) -> Coming | None:
    """What the other has said to this time of the meeting; a yes to another time says nothing."""
    return Coming.objects.filter(meeting=meeting, side=other_side(side), sequence=meeting.sequence).first()
