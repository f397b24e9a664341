"""Reading notes for oneself: always by one's own side, so that no page can ask for the other's."""

from typing import Any, NamedTuple, TypeAlias

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from varpa.kernel.compiled import compiled
from varpa.meetings.models import Meeting, PrivateNotes, PrivatePhotograph

PrivatePages: TypeAlias = QuerySet[PrivatePhotograph]


class Noted(NamedTuple):
    """What one side has noted of a meeting for itself: the words, and how many pages by hand."""

    revision: int
    text: str
    pages: int


def private_notes_of(meeting: Meeting, side: str) -> Noted:
    """What the side that asks has noted: one query."""
    (found,) = _noted(meeting=meeting, side=side)
    return Noted(*found)


@compiled(side=CharField())
def _noted(meeting: int, side: str) -> "QuerySet[Meeting, Any]":
    own = {"meeting": OuterRef("pk"), "side": side}
    words = PrivateNotes.objects.filter(**own).order_by("pk")[:1]
    pages = PrivatePhotograph.objects.filter(**own, withdrawn_at=None).order_by().values("meeting")
    counted = pages.annotate(number=Count("pk")).values("number")
    return Meeting.objects.filter(pk=meeting).values_list(
        Coalesce(Subquery(words.values("revision")), 0),
        Coalesce(Subquery(words.values("text")), Value("", TextField())),
        Coalesce(Subquery(counted), 0),
    )


def private_pages_of(meeting: Meeting, side: str) -> PrivatePages:
    """The pages that the side that asks has written by hand, in the order in which they came."""
    own = PrivatePhotograph.objects.filter(meeting=meeting, side=side, withdrawn_at=None)
    return own.select_related("file").order_by("pk")
