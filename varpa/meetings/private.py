"""Reading notes for oneself: always by one's own side, so that no page can ask for the other's."""

from typing import TypeAlias

from django.db.models import CharField, QuerySet

from varpa.kernel.compiled import compiled
from varpa.meetings.models import Meeting, PrivateNotes, PrivatePhotograph

PrivatePages: TypeAlias = QuerySet[PrivatePhotograph]


def private_notes_of(meeting: Meeting, side: str) -> PrivateNotes | None:
    """What the side that asks has noted of a meeting for itself."""
    return _noted.first(meeting=meeting, side=side)


@compiled(side=CharField())
def _noted(meeting: Meeting, side: str) -> QuerySet[PrivateNotes]:
    return PrivateNotes.objects.filter(meeting=meeting, side=side).order_by("pk")[:1]


def private_pages_of(meeting: Meeting, side: str) -> PrivatePages:
    """The pages that the side that asks has written by hand, in the order in which they came."""
    own = PrivatePhotograph.objects.filter(meeting=meeting, side=side, withdrawn_at=None)
    return own.select_related("file").order_by("pk")
