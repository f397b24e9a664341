"""Kept no longer than needed: people for years after the end, a sealed diary until the end (S21)."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.diary.models import Diary, DiaryState
from varpa.guardians.models import SchoolContact, SchoolLink
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.post.models import UNSENT, Letter, LetterState
from varpa.privacy import letters
from varpa.privacy.actions.asking import hindrances
from varpa.privacy.actions.erasing import (
    erase_files,
    erase_person,
    erase_rows,
    files_named,
    neutral,
)
from varpa.privacy.holdings import HOLDINGS, LETTERS_WORDS
from varpa.privacy.models import Retention
from varpa.privacy.queries import due_of, to_erase
from varpa.programmes.models import OVER, Programme
from varpa.programmes.queries import today_of

SEALED: Final = {
    "diary.Entry": "diary",
    "diary.EntryAnswer": "entry__diary",
    "diary.Photograph": "entry__diary",
    "diary.LeftOut": "entry__diary",
}


class NotInBounds(Refusal):
    sentence = _("Write a number of years from 1 to 30.")


class NotDue(Refusal):
    sentence = _("The programme is not over, or its years are not. Nothing is erased before.")


@transaction.atomic
def keep_for(*, programme: Programme, years: int, by: Person, now: datetime) -> Retention:
    """Say for how many years after its end a programme keeps who took part. Raises NotInBounds, NotDue."""
    if not 1 <= years <= 30:
        raise NotInBounds()
    found, _made = Retention.objects.get_or_create(programme=programme, defaults={"years": years, "at": now})
    if not Retention.objects.filter(pk=found.pk, confirmed_at=None).update(years=years, at=now, told_at=None):
        raise NotDue()
    found.refresh_from_db()
    record(
        "programme.retain", programme, now=now, by=by, programme_ref=programme.ref, details={"years": years}
    )
    return found


@transaction.atomic
def confirm_term(*, retention: Retention, by: Person, now: datetime) -> None:
    """It may happen; a second time changes nothing. Raises NotDue."""
    if not is_due(retention, now):
        raise NotDue()
    standing = Retention.objects.filter(pk=retention.pk, confirmed_at=None)
    if standing.update(confirmed_at=now, confirmed_by=by):
        programme = retention.programme
        record("programme.confirm_term", programme, now=now, by=by, programme_ref=programme.ref)


def is_due(retention: Retention, now: datetime) -> bool:
    """Whether a programme is over, and its years after the end are."""
    programme = retention.programme
    return programme.state in OVER and due_of(retention) <= today_of(programme, now)


def tell_due(now: datetime) -> int:
    """For the worker: ask whoever runs a programme to confirm, once."""
    waiting = Retention.objects.filter(told_at=None, confirmed_at=None).select_related("programme")
    due = [each for each in waiting if is_due(each, now)]
    for each in due:
        with transaction.atomic():
            if Retention.objects.filter(pk=each.pk, told_at=None).update(told_at=now):
                letters.tell_term(each, now=now)
    return len(due)


def erase_confirmed(now: datetime) -> int:
    """For the worker: erase whom a confirmed programme no longer keeps, each in a transaction of its own."""
    confirmed = Retention.objects.filter(done_at=None).exclude(confirmed_at=None).select_related("programme")
    erased = 0
    for retention in confirmed:
        for person in to_erase(retention.programme):
            erased += _erase_one(retention, person, now)
        if not to_erase(retention.programme).exists():
            _finish(retention, now)
    return erased


@transaction.atomic
def _erase_one(retention: Retention, person: Person, now: datetime) -> int:
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not held.is_active or any(True for _each in hindrances(held, None)):
        return 0
    erase_person(person=held, by=None, now=now)
    ref = retention.programme.ref
    record("person.erase", held, now=now, by=None, programme_ref=ref)
    return 1


@transaction.atomic
def _finish(retention: Retention, now: datetime) -> None:
    """The schools' contacts go last: they have no account, and belong to the programme."""
    contacts = SchoolContact.objects.filter(programme=retention.programme)
    letters_of = Letter.objects.filter(
        person=None, to_address__in=contacts.exclude(address="").values("address")
    )
    letters_of.filter(state__in=UNSENT).update(state=LetterState.WITHDRAWN)
    letters_of.update(**dict.fromkeys((*LETTERS_WORDS, "to_name", "to_address"), ""))
    for contact in contacts:
        SchoolContact.objects.filter(pk=contact.pk).update(name=neutral(contact.language), address="")
    SchoolLink.objects.filter(contact__in=contacts, revoked_at=None).update(revoked_at=now)
    Retention.objects.filter(pk=retention.pk).update(done_at=now)


def erase_sealed(now: datetime) -> int:
    """For the worker: what stands in a sealed diary goes once the programme has ended; nobody has read it."""
    sealed = Diary.objects.filter(state=DiaryState.SEALED, erased_at=None).select_related("pair__programme")
    found = [each for each in sealed if each.pair.programme.ends < today_of(each.pair.programme, now)]
    return sum(_empty(each, now) for each in found)


@transaction.atomic
def _empty(diary: Diary, now: datetime) -> int:
    if not Diary.objects.filter(pk=diary.pk, erased_at=None).update(erased_at=now):
        return 0
    for holding in HOLDINGS:
        if holding.model in SEALED:
            rows = holding.of._base_manager.filter(**{SEALED[holding.model]: diary})
            erase_files(files_named(holding, rows), now)
            erase_rows(holding, rows, "", now)
    record("diary.erase", diary, now=now, by=None, programme_ref=diary.pair.programme.ref)
    return 1
