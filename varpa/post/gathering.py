"""What waits for one letter a day or a week, told in one: once, however often the worker is killed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from varpa.post import envelope, habits, queries
from varpa.post.actions import send_lines
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind
from varpa.post.models import Letter, LetterState, Unsubscribed
from varpa.post.render import Line

MOST_LINES = 30
"""Of a letter; whoever was away for long reads the rest on the pages."""


def waited_for(now: datetime) -> list[int]:
    """The people whose hour of telling has come, by their keys."""
    people = _due(now).order_by("person").values_list("person", flat=True).distinct()
    return [key for key in people if key is not None]


def put_off(people: Collection[int], *, now: datetime) -> None:
    """Whoever is not to be told today is told at the next hour of theirs."""
    known = queries.habits_of(people)
    for letter in _due(now).filter(person__in=people):
        habits.put_in_place(letter, known.get(letter.person), now)
        _waiting(letter).update(
            not_before=letter.not_before, next_try_at=letter.next_try_at, gathers=letter.gathers
        )


def tell_together(kind: LetterKind, *, person_id: int, now: datetime) -> Letter | None:
    """Tell a person in one letter, of a kind, what has gathered; a single one goes as it is.

    Left out is what has lost its reason, and a kind that the reader stopped meanwhile. Either all are told by
    the new letter or, where the process ends before, none: then the next round begins anew.
    """
    _withdraw_pointless(person_id, kind, now)
    with transaction.atomic():
        own = _due(now).select_for_update().filter(person=person_id)
        letters = list(own.order_by("not_before", "pk"))
        if not letters:
            return None
        if len(letters) == 1:
            _waiting(letters[0]).update(gathers=False)
            return letters[0]
        last = letters[-1]
        told = send_lines(
            kind,
            to=Recipient(person_id, last.to_name, last.to_address, last.language, last.zone, adult=True),
            lines=_lines(letters),
            once=f"gathered:{letters[0].pk}",
            now=now,
        )
        taken = Letter.objects.filter(pk__in=[each.pk for each in letters], state=LetterState.QUEUED)
        if taken.update(state=LetterState.GATHERED, gathered_into=told) != len(letters):
            # One was withdrawn or stopped at this moment: the next round tells the others.
            transaction.set_rollback(True)
            return None
    return told


def _due(now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(gathers=True, state=LetterState.QUEUED, next_try_at__lte=now)


def _waiting(letter: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(pk=letter.pk, state=LetterState.QUEUED)


def _withdraw_pointless(person_id: int, kind: LetterKind, now: datetime) -> None:
    stopped = Unsubscribed.objects.filter(person=person_id, withdrawn_at=None)
    all_of_it = Q(pk__isnull=False) if stopped.filter(kind=kind.key).exists() else Q(pk__isnull=True)
    pointless = Q(ends_at__lte=now) | Q(kind__in=stopped.values("kind")) | all_of_it
    _due(now).filter(pointless, person=person_id).update(state=LetterState.WITHDRAWN)


def _lines(letters: list[Letter]) -> list[Line]:
    """One line a thing: of several messages of one conversation one, with how many there are."""
    told: dict[tuple[str, str], int] = {}
    for letter in letters:
        told[letter.subject, letter.link] = told.get((letter.subject, letter.link), 0) + 1
    return [
        Line(f"{subject} ({count})" if count > 1 else subject, envelope.absolute(link))
        for (subject, link), count in list(told.items())[:MOST_LINES]
    ]
