"""Reading notes for oneself: always by one's own side, so that no page can ask for the other's."""

from django.db.models import CharField, QuerySet

from varpa.kernel.compiled import compiled
from varpa.meetings.models import Meeting, PrivateNotes


def private_notes_of(meeting: Meeting, side: str) -> PrivateNotes | None:
    """What the side that asks has noted of a meeting for itself."""
    return _noted.first(meeting=meeting, side=side)


@compiled(side=CharField())
def _noted(meeting: Meeting, side: str) -> QuerySet[PrivateNotes]:
    return PrivateNotes.objects.filter(meeting=meeting, side=side).order_by("pk")[:1]
