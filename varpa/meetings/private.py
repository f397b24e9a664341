"""Reading notes for oneself: always by one's own side, so that no page can ask for the other's."""

from varpa.meetings.models import Meeting, PrivateNotes


def private_notes_of(meeting: Meeting, side: str) -> PrivateNotes | None:
    """What the side that asks has noted of a meeting for itself."""
    return PrivateNotes.objects.filter(meeting=meeting, side=side).first()
