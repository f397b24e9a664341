"""Reading who is invited, comes, needs something, and was there."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from varpa.events.models import (
    Attendance,
    Event,
    Feedback,
    Helped,
    Invitation,
    InvitationState,
    Question,
    Vote,
)
from varpa.kernel.text import folded
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import LIVE

SMALLEST_GROUP = 5
"""Fewer answers than these are shown to nobody (R10)."""


class Figures(NamedTuple):
    """Feedback of an event: (words, count) in their order, and sentences, of the first `shown` answers."""

    asked: int
    answered: int
    counts: list[tuple[str, int]]
    texts: list[str]
    shown: int = 0

    @property
    def waiting(self) -> int:
        """How many have answered beside those who are shown."""
        return self.answered - self.shown


def lines_of(event: Event, sought: str = "") -> QuerySet[Membership]:
    """Whoever is invited or was there, with what they have answered and how they were there.

    `earlier`: they have said that they come before the event was changed, and nothing since.

    With words to seek: everybody in the programme whose name or place has them, invited or not.
    """
    invitation = Invitation.objects.filter(event=event, membership=OuterRef("pk"))
    before = invitation.filter(state=InvitationState.COMING, answered_at__lt=F("event__changed_at"))
    present = Attendance.objects.filter(event=event, membership=OuterRef("pk"), withdrawn_at=None)
    members = Membership.objects.filter(programme=event.programme_id, state__in=LIVE)
    if sought.strip():
        for word in folded(sought).split()[:5]:
            members = members.filter(search_text__contains=word)
    else:
        members = members.filter(Exists(invitation) | Exists(present))
    said = {
        "answer": Subquery(invitation.values("state")[:1]),
        "earlier": Exists(before),
        "travel": Subquery(invitation.values("travel")[:1]),
        "diet": Subquery(invitation.values("diet")[:1]),
        "how": Subquery(present.values("how")[:1]),
        "entered_at": Subquery(present.values("at")[:1]),
        "entered_by": Subquery(present.values("by__name")[:1]),
    }
    return members.select_related("person").annotate(**said).order_by("search_text", "pk")


def on_paper(event: Event) -> QuerySet[Membership]:
    """Who stands on the printed list: everybody invited who has not said no, and whoever was there."""
    return lines_of(event).filter(Q(how__isnull=False) | ~Q(answer=InvitationState.AWAY))


def dates_of(person: Person, since: datetime) -> QuerySet[Invitation]:
    """Where a person is invited in a programme that they have not left, and has not said no."""
    own = Invitation.objects.filter(membership__person=person, membership__state__in=LIVE)
    told = own.filter(event__starts_at__gte=since, event__announced_at__isnull=False)
    asked = told.exclude(state=InvitationState.AWAY).select_related("event")
    return asked.order_by("event__starts_at", "pk")


def questions_of(event: Event, person: Person, staff: bool) -> QuerySet[Question]:
    """Questions that a reader sees, the most wanted first, with `wanted`, `mine` and `voted`."""
    own = Membership.objects.filter(person=person, programme=event.programme_id)
    standing = Question.objects.filter(event=event, withdrawn_at=None).select_related("membership__person")
    if not staff:
        standing = standing.filter(Q(in_confidence=False) | Q(membership__in=own.values("pk")))
    return with_votes(standing, own).order_by(F("answered_at").asc(nulls_first=True), "-wanted", "at", "pk")


def with_votes(questions: QuerySet[Question], own: QuerySet[Membership]) -> QuerySet[Question]:
    """Questions with how many others want them answered, and what the reader has to do with them."""
    votes = Vote.objects.filter(question=OuterRef("pk"), membership__in=own.values("pk"))
    mine = Membership.objects.filter(pk=OuterRef("membership"), pk__in=own.values("pk"))
    return questions.annotate(wanted=Count("votes"), voted=Exists(votes), mine=Exists(mine))


def public_answers(programme: Programme) -> QuerySet[Question]:
    """Answered questions of all events of a programme that everybody may read, the newest first."""
    answered = Question.objects.filter(
        event__programme=programme, in_confidence=False, withdrawn_at=None, answered_at__isnull=False
    )
    return answered.select_related("event").order_by("-answered_at", "-pk")


def feedback_of(event: Event, asked: int) -> Figures:
    """What people said of an event where `asked` were, without names, and only of five or more (R10).

    It steps forward by five at a time: who looks before and after somebody answered cannot subtract the one.
    After somebody was erased no sentence is shown: the one that went would be known as theirs.
    """
    said_of = Feedback.objects.filter(event=event).order_by("pk")
    rows = list(said_of.values_list("helped", "text", "membership__person__is_active"))
    shown = len(rows) // SMALLEST_GROUP * SMALLEST_GROUP
    if not shown:
        return Figures(asked, len(rows), [], [])
    said = [helped for helped, _text, _stays in rows[:shown]]
    counts = [(str(label), said.count(value)) for value, label in Helped.choices]
    # By the alphabet: the order in which sentences came would tell who wrote which.
    texts = sorted(text for _helped, text, _stays in rows[:shown] if text)
    if not all(stays for _helped, _text, stays in rows[:shown]):
        texts = []
    return Figures(asked, len(rows), counts, texts, shown)


def everybody(event: Event) -> QuerySet[Membership]:
    """Whoever may be entered as present: every member who is accepted, or has gone the whole way."""
    members = Membership.objects.filter(programme=event.programme_id, state__in=LIVE)
    return members.select_related("person")
