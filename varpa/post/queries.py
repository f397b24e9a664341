"""Reading the outbox."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, DateTimeField, Max, Min, Q, QuerySet, Value

from varpa.kernel.compiled import compiled
from varpa.post.kinds import LetterKind
from varpa.post.models import Habit, Letter, LetterState, Unsubscribed

STUCK_AFTER = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=4)
"""Between two tries, where no night is kept."""
PUT_OFF, REFUSED = "recipient ", "letter "
"""So an error begins that a mail server gave for one address, or for what one letter says."""


@dataclass(frozen=True)
class Stuck:
    """Letters that should have gone: how many, since when the first, and what was answered last."""

    count: int
    since: datetime
    error: str


def stuck(now: datetime) -> Stuck | None:
    """The letters that should have gone an hour ago or longer; None where there are none.

    What one server puts off, or its words, says nothing of the others, and is left out; so is what rests.
    """
    found = _stuck.first(now=now, due=now - STUCK_AFTER, next_try=now + LONGEST_WAIT)
    return Stuck(*found) if found and found[0] else None


@compiled(now=DateTimeField(), due=DateTimeField(), next_try=DateTimeField())
def _stuck(now: datetime, due: datetime, next_try: datetime) -> QuerySet[Any, Any]:
    unsent = (LetterState.QUEUED, LetterState.SENDING)
    late = Letter.objects.filter(state__in=unsent, gathers=False, not_before__lte=due)
    late = late.filter(Q(ends_at=None) | Q(ends_at__gt=now), next_try_at__lte=next_try)
    alone = Q(error__startswith=PUT_OFF) | Q(error__startswith=REFUSED)
    put_off = Letter.objects.filter(alone, state__in=unsent).values("to_address")
    # A constant groups nothing: one row of all.
    counted = late.exclude(to_address__in=put_off).order_by().annotate(of=Value(1)).values("of")
    counted = counted.annotate(count=Count("pk"), since=Min("not_before"), last=Max("error"))
    return counted.values_list("count", "since", "last")


def newest() -> QuerySet[Letter]:
    """All letters but the withdrawn ones, newest first, without their bodies: the demonstration's mailbox."""
    letters = Letter.objects.exclude(state=LetterState.WITHDRAWN).order_by("-pk")
    return letters.defer("text", "html", "calendar")


def stopped_kinds(person_id: int) -> set[str]:
    """The keys of the kinds that a person no longer wants."""
    return set(
        Unsubscribed.objects.filter(person=person_id, withdrawn_at=None).values_list("kind", flat=True)
    )


def wants(person_id: int, kind: str) -> bool:
    """Whether a person has not stopped this kind of letters."""
    return _stopped.first(person=person_id, kind=kind) is None


@compiled(kind=CharField())
def _stopped(person: int, kind: str) -> QuerySet[Unsubscribed, int]:
    """The standing no of a person to one kind."""
    return Unsubscribed.objects.filter(person=person, kind=kind, withdrawn_at=None).values_list(
        "pk", flat=True
    )[:1]


@compiled(once=CharField())
def written(once: str) -> QuerySet[Letter]:
    """The letter with a `once` key, asked before every other is written."""
    return Letter.objects.filter(once=once)


def sent_by_language() -> dict[str, int]:
    """How many letters went out, by language."""
    sent = Letter.objects.filter(state=LetterState.SENT).order_by().values("language")
    return {row["language"]: row["count"] for row in sent.annotate(count=Count("pk"))}


def state_of(once: str) -> str:
    """The state of the letter with a `once` key; empty where none is written."""
    return Letter.objects.filter(once=once).values_list("state", flat=True).first() or ""


def written_to(about: Iterable[str]) -> set[int]:
    """The keys of the people to whom a letter about one of these went or still goes."""
    letters = Letter.objects.filter(about__in=list(about), person__isnull=False)
    people = letters.exclude(state=LetterState.WITHDRAWN).order_by().values_list("person", flat=True)
    return {person for person in people if person is not None}


def never_went(keys: list[str], now: datetime) -> bool:
    """Whether letters with these `once` keys are written, and each was withdrawn untried before its hour."""
    written = Letter.objects.filter(once__in=keys)
    in_vain = Q(state=LetterState.WITHDRAWN, attempts=0, not_before__gt=now)
    return written.exists() and not written.exclude(in_vain).exists()


def ends_of(keys: list[str]) -> datetime | None:
    """Until when the last letter counted that went, or goes, of those with these `once` keys."""
    told = Letter.objects.filter(once__in=keys).exclude(state=LetterState.WITHDRAWN)
    return told.order_by("-pk").values_list("ends_at", flat=True).first()


def key_anew(once: str) -> str:
    """The `once` key to write under: another one where all letters of this one were withdrawn unsent.

    What is said a second time is told so, where nobody was told the first time, and else not again.
    """
    told = Letter.objects.filter(Q(once=once) | Q(once__startswith=f"{once}:anew"))
    withdrawn = told.filter(state=LetterState.WITHDRAWN).count()
    return f"{once}:anew{withdrawn}" if withdrawn else once


def last_told(about: str, person_id: int) -> Letter | None:
    """The last letter about a thing that went, or goes, to somebody."""
    told = Letter.objects.filter(about=about, person=person_id).exclude(state=LetterState.WITHDRAWN)
    return told.only("kind", "created_at").order_by("-pk").first()


def already(keys: list[str]) -> set[str]:
    """Of these `once` keys, those whose letter is written: a schedule asks for many at once."""
    return set(Letter.objects.filter(once__in=keys).values_list("once", flat=True))


def waiting_about(kinds: Collection[LetterKind]) -> set[str]:
    """What the letters of these kinds are about that wait for their hour."""
    waiting = Letter.objects.filter(state=LetterState.QUEUED, kind__in=[kind.key for kind in kinds])
    return set(waiting.order_by().values_list("about", flat=True).distinct())


def habit_of(person_id: int | None) -> Habit | None:
    """How a person wants to be written to; None where nothing was ever said."""
    return _habit.first(person=person_id) if person_id is not None else None


@compiled()
def _habit(person: int) -> QuerySet[Habit]:
    return Habit.objects.filter(person=person)


def habits_of(people: Iterable[int | None]) -> dict[int | None, Habit]:
    """How several people want to be written to, by their keys, of those who have said so: one query."""
    known = Habit.objects.filter(person__in={key for key in people if key is not None})
    return {habit.person: habit for habit in known}


def goes_at(once: str) -> datetime | None:
    """When the letter with a `once` key goes that still waits; None where none does."""
    waiting = Letter.objects.filter(once=once, state=LetterState.QUEUED)
    return waiting.values_list("not_before", flat=True).first()
