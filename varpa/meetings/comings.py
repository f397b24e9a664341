"""Reading who comes to a meeting, and what is proposed instead."""

from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q

from varpa.meetings.models import Coming, Meeting
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed


class Proposed(NamedTuple):
    """What one side proposes instead; None or "" for what stays as planned."""

    at: datetime | None = None
    minutes: int | None = None
    place: str = ""


AS_PLANNED: Final = Proposed()


def word_of_other(meeting: Meeting, side: str) -> Coming | None:
    """What the other has said to this time of the meeting; a yes to another time says nothing."""
    return Coming.objects.filter(meeting=meeting, side=other_side(side), sequence=meeting.sequence).first()


def proposes(coming: Coming) -> bool:
    """Whether a calendar program proposes something instead."""
    return bool(coming.proposed_at or coming.proposed_minutes or coming.proposed_place)


def proposed_in(coming: Coming | None, side: str) -> Proposed:
    """What is proposed, as a side reads it: a place is words, which wait where it wants none."""
    if coming is None:
        return AS_PLANNED
    place = passed(coming.proposed_place, coming.meeting.pair, by=coming.side, to=side)
    return Proposed(coming.proposed_at, coming.proposed_minutes, place)


def began_at(meeting: Meeting, sequence: int) -> datetime | None:
    """When the meeting was to begin by its invitations of a sequence; None where that is not known."""
    since = meeting.moves.filter(Q(sequence__gte=sequence) | Q(sequence=None)).order_by("pk").first()
    return since.was_at if since else meeting.starts_at
