"""Reading what was opened with a reason: the log that the two see, and what the opener may look at."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from varpa.kernel.paging import Page
from varpa.kernel.times import to_local
from varpa.meetings.models import Coming, HourLine, Meeting, Notes, Topic
from varpa.messaging.models import Attachment, Message, Thread
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import other_side
from varpa.people.models import Person
from varpa.support.models import OPEN, Case, Opening
from varpa.times.models import Proposal


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


def openings_of(pair: Pair) -> QuerySet[Opening]:
    """The openings of a pair with what was looked at, the latest first: two queries."""
    return Opening.objects.filter(pair=pair).select_related("by").prefetch_related("looks")


def logged(listed: Page[Opening]) -> Page[Logged]:
    """A page of them as the two see it."""
    rows = [Logged(each.by, each.at, each.until, each.reason, _seen(each)) for each in listed.rows]
    return Page(rows, listed.number, listed.has_next)


def _seen(opening: Opening) -> str:
    kinds = {look.kind for look in opening.looks.all()}
    names = {
        "thread": _("messages"),
        "meeting": _("notes of meetings"),
        "times": _("words with proposed times"),
        "hours": _("words with hours"),
    }
    return ", ".join(str(names[kind]) for kind in names if kind in kinds)


def is_opened(pair: Pair) -> bool:
    """Whether staff may open a pair at all: after its end only while something told of it is worked on."""
    return pair.state != PairState.ENDED or Case.objects.filter(pair=pair, state__in=OPEN).exists()


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
    """The meetings of which something is noted or said, the latest first, with their notes and words."""
    noted = Notes.objects.filter(meeting=OuterRef("pk")).exclude(text="")
    said = Coming.objects.filter(meeting=OuterRef("pk")).exclude(word="", proposed_place="")
    objected = HourLine.objects.filter(meeting=OuterRef("pk")).exclude(objection="")
    asked = Topic.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
    meetings = Meeting.objects.filter(pair=opening.pair_id).filter(
        Exists(noted) | Exists(said) | Exists(objected) | Exists(asked) | ~Q(reason="")
    )
    return meetings.order_by("-starts_at", "-pk").prefetch_related("notes", "comings", "hours", "topics")


def said_beside(meeting: Meeting) -> list[tuple[str, str]]:
    """The words beside a meeting, each with its side ("": not known): topics, answers, why off, objections.

    They are told here whether or not the other wants none of them.
    """
    said = [(each.side, each.text) for each in meeting.topics.all() if each.withdrawn_at is None]
    comings = meeting.comings.all()
    said += [(each.side, words) for each in comings for words in (each.word, each.proposed_place)]
    said += [(other_side(each.side), each.objection) for each in meeting.hours.all()]
    return _spoken([*said, (meeting.reason_by, meeting.reason)])


@dataclass(frozen=True)
class Beside:
    """Words beside what belongs to no one meeting: its day, and what each side said with it."""

    day: date
    said: list[tuple[str, str]]


def proposals_in(opening: Opening) -> QuerySet[Proposal]:
    """The proposals of times with words, the latest first."""
    return Proposal.objects.filter(pair=opening.pair_id).exclude(word="", answer="")


def lines_in(opening: Opening) -> QuerySet[HourLine]:
    """The lines of hours without a meeting with words, the latest first."""
    lines = HourLine.objects.filter(pair=opening.pair_id, meeting=None).exclude(work="", objection="")
    return lines.order_by("-day", "-pk")


def beside_times(proposal: Proposal) -> Beside:
    """What each said with times that were proposed."""
    said = [(proposal.side, proposal.word), (other_side(proposal.side), proposal.answer)]
    return Beside(to_local(proposal.at, proposal.zone).date(), _spoken(said))


def beside_hours(line: HourLine) -> Beside:
    """What was said to be done, and why somebody objected."""
    said = [(line.side, line.work), (other_side(line.side), line.objection)]
    return Beside(line.day, _spoken(said))


def _spoken(said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(side, words) for side, words in said if words]


def messages_in(thread: Thread) -> QuerySet[Message]:
    """The messages of a conversation, the earliest first, with their files."""
    attachments = Prefetch("attachments", Attachment.objects.select_related("file"))
    return Message.objects.filter(thread=thread).order_by("pk").prefetch_related(attachments)
