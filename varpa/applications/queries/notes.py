"""What managers wrote down on a member, and the talks that they asked for."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Value

from varpa.applications.models import Interview, Note
from varpa.programmes.models import Membership

MOST = 50
STANDING = Note.objects.filter(membership=OuterRef("pk"), withdrawn_at=None)
NOTED = Exists(STANDING) | Exists(Interview.objects.filter(membership=OuterRef("pk")))


class Kept(NamedTuple):
    """A note, or a talk that was asked for with the `times` that were proposed; a talk has no `ref`."""

    at: datetime
    ref: str
    text: str
    times: str
    by: str


def kept_of(membership: Membership) -> list[Kept]:
    """Notes that stand and talks that were asked for, newest first: one query."""
    names = ("at", "mark", "said", "proposed", "who")
    notes = Note.objects.filter(membership=membership, withdrawn_at=None).order_by()
    noted = notes.annotate(mark=F("ref"), said=F("text"), proposed=Value(""), who=F("by__name"))
    talks = Interview.objects.filter(membership=membership).order_by()
    asked = talks.annotate(mark=Value(""), said=F("words"), proposed=F("times"), who=F("by__name"))
    both = noted.values_list(*names).union(asked.values_list(*names), all=True)
    return [Kept(*row) for row in both.order_by("-at")[:MOST]]
