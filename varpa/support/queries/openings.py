"""Reading what was opened with a reason: the log that the two see, and what the opener may look at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from varpa.meetings.models import Meeting, Notes
from varpa.messaging.models import Attachment, Message, Thread
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.support.models import Opening

SHOWN = 20


@dataclass(frozen=True)
class Logged:
    """An opening as the two see it: who, when, why, and what was looked at, in words."""

    by: Person
    at: datetime
    until: datetime
    reason: str
    seen: str


def with_pair(openings: QuerySet[Opening]) -> QuerySet[Opening]:
    """Openings with their pair, its people and who opened it."""
    return openings.select_related("by", "pair__mentor__person", "pair__mentee__person", "pair__programme")


def openings_of(pair: Pair) -> list[Logged]:
    """The openings of a pair, the latest first: two queries."""
    found = Opening.objects.filter(pair=pair).select_related("by").prefetch_related("looks")[:SHOWN]
    return [Logged(each.by, each.at, each.until, each.reason, _seen(each)) for each in found]


def _seen(opening: Opening) -> str:
    kinds = {look.kind for look in opening.looks.all()}
    names = {"thread": _("messages"), "meeting": _("notes of meetings")}
    return ", ".join(str(names[kind]) for kind in names if kind in kinds)


def running(pair: Pair, person: Person, now: datetime) -> Opening | None:
    """The opening by which a person may look into a pair now."""
    return Opening.objects.filter(pair=pair, by=person, at__lte=now, until__gt=now).first()


def with_opened(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `was_opened`: whether anybody of the staff has ever opened what the two write."""
    return pairs.annotate(was_opened=Exists(Opening.objects.filter(pair=OuterRef("pk"))))


def threads_in(opening: Opening) -> QuerySet[Thread]:
    """The conversations of the pair."""
    return Thread.objects.filter(pair=opening.pair_id)


def noted_in(opening: Opening) -> QuerySet[Meeting]:
    """The meetings of which something is noted, the latest first, with their notes."""
    noted = Notes.objects.filter(meeting=OuterRef("pk")).exclude(text="")
    meetings = Meeting.objects.filter(pair=opening.pair_id).filter(Exists(noted))
    return meetings.order_by("-starts_at", "-pk").prefetch_related("notes")


def messages_in(thread: Thread) -> QuerySet[Message]:
    """The messages of a conversation, the earliest first, with their files."""
    attachments = Prefetch("attachments", Attachment.objects.select_related("file"))
    return Message.objects.filter(thread=thread).order_by("pk").prefetch_related(attachments)
