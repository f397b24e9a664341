"""Who was erased stays erased: written down outside the database, and erased again after a restore."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.privacy import erasures
from varpa.privacy.actions.erasing import erase_person
from varpa.privacy.models import Erased, Erasure, ErasureState


def list_erased(now: datetime) -> int:
    """For the worker: write down whose erasure has been committed; broken off, it is written again."""
    waiting = dict(Erased.objects.filter(listed_at=None).values_list("ref", "at"))
    if waiting:
        erasures.add(Path(settings.DATA) / erasures.NAME, waiting)
        Erased.objects.filter(ref__in=waiting, listed_at=None).update(listed_at=now)
    return len(waiting)


def erase_listed(refs: Iterable[str], now: datetime) -> int:
    """Erase whom the list names and a restored database still knows; a second time nobody.

    Nothing stands against it: it has been done before.
    """
    there = Person.objects.filter(ref__in=list(refs)).order_by("pk")
    return sum(_erase_again(person, now) for person in there)


@transaction.atomic
def _erase_again(person: Person, now: datetime) -> int:
    held = Person.objects.select_for_update().get(pk=person.pk)
    if Erased.objects.filter(ref=held.ref).exists():
        return 0
    for wish in Erasure.objects.filter(person=held, settled_at=None):
        move(wish, "erase" if wish.state == ErasureState.WAITING else "take_back", settled_at=now, code="")
    erase_person(person=held, by=None, now=now)
    record("person.erase", held, now=now, by=None, channel=Channel.COMMAND, details={"restored": 1})
    return 1
