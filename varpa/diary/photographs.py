"""Pages of the diary that were written by hand: photographed, described, taken away by the mentor (R6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.diary.actions import hold_open, is_empty, require_mentor
from varpa.diary.models import Diary, Entry, EntryState, Photograph
from varpa.diary.queries import photographs_of
from varpa.files import actions as files
from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person

MOST = 20


class NoPage(Refusal):
    sentence = _("Choose a picture or take one.")


class TooManyPages(Refusal):
    sentence = _("An entry has at most {most} photographed pages. Write another entry for the rest.")


@transaction.atomic
def photograph_pages(
    *, entry: Entry, uploads: Sequence["Upload[Any]"], by: Person, now: datetime, ref: str = ""
) -> list[Photograph]:
    """Keep pages that were written by hand as a part of an entry: all of them, or none.

    Raises one of the refusals above, of the diary's, or of `files`; then nothing is kept. What is sent again
    with one `ref` is kept once.
    """
    _hold(entry, by)
    if not uploads:
        raise NoPage()
    standing = photographs_of(entry)
    again = bool(ref) and Photograph.objects.filter(ref=ref, entry=entry).exists()
    there = set(standing.values_list("file__sha256", flat=True)) if again else set()
    checked = [files.check(upload, kinds=files.PAPERS) for upload in uploads]
    new = [each for each in checked if each.sha256 not in there]
    if standing.count() + len(new) > MOST:
        raise TooManyPages(most=MOST)
    free = ref if ref and not Photograph.objects.filter(ref=ref).exists() else new_ref()
    kept = [_keep(entry, each, free if place == 0 else new_ref(), now) for place, each in enumerate(new)]
    if kept:
        _changed(entry, now)
        _record("diary.photograph", entry, now=now, by=by)
    return kept


@transaction.atomic
def describe_page(*, photograph: Photograph, about: str, by: Person, now: datetime) -> None:
    """Say in a few words what stands on a page; "" takes the words away again."""
    _hold(photograph.entry, by)
    said = about.strip()[:200]
    if Photograph.objects.filter(pk=photograph.pk, withdrawn_at=None).exclude(about=said).update(about=said):
        _changed(photograph.entry, now)
        _record("diary.describe_photograph", photograph.entry, now=now, by=by)


@transaction.atomic
def take_page_away(*, photograph: Photograph, by: Person, now: datetime) -> None:
    """Take a page out of its entry; a finished entry with nothing else is a draft again. Twice is once."""
    entry = photograph.entry
    _hold(entry, by)
    if not Photograph.objects.filter(pk=photograph.pk, withdrawn_at=None).update(withdrawn_at=now):
        return
    files.withdraw(file=photograph.file, now=now)
    _changed(entry, now)
    if entry.state == EntryState.KEPT and is_empty(entry):
        move(entry, "rework")
    _record("diary.take_photograph_away", entry, now=now, by=by)


def _hold(entry: Entry, by: Person) -> None:
    require_mentor(entry.diary.pair, by)
    hold_open(entry.diary)
    entry.refresh_from_db(fields=["state"])


def _keep(entry: Entry, checked: files.Checked, ref: str, now: datetime) -> Photograph:
    # Nobody's by name: it goes with the entry, which is the mentor's now and the mentee's after the handover.
    kept = files.keep_checked(checked=checked, about_kind="diary", about_ref=ref, by_id=None, now=now)
    return Photograph.objects.create(ref=ref, entry=entry, file=kept, at=now)


def _changed(entry: Entry, now: datetime) -> None:
    """What was read through is not what stands there now."""
    Entry.objects.filter(pk=entry.pk).update(saved_at=now)
    Diary.objects.filter(pk=entry.diary_id).update(read_through_at=None)


def _record(verb: str, entry: Entry, *, now: datetime, by: Person) -> None:
    record(verb, entry.diary, now=now, by=by, programme_ref=entry.diary.pair.programme.ref)
