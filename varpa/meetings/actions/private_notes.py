"""Notes of a meeting for oneself: nobody else ever reads them (R13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting, PrivateNotes, PrivatePhotograph
from varpa.meetings.private import private_pages_of
from varpa.pairs.actions.pairs import NotOneOfTheTwo, require_not_ended, require_side
from varpa.people.models import Person

MOST = 20


class NoPage(Refusal):
    sentence = _("Choose a picture or take one.")


class TooManyPages(Refusal):
    sentence = _("At most {most} photographed pages are kept with one meeting. Take one away first.")


@transaction.atomic
def write_private_notes(
    *, meeting: Meeting, text: str, revision: int, by: Person, now: datetime
) -> PrivateNotes:
    """One's own notes for oneself; raises merging.Conflict between two devices.

    Also while the pair rests, and of a meeting that did not take place: it is no contact (R1). After the end
    they are only read.
    """
    side = _writing(meeting, by)
    own, _made = PrivateNotes.objects.get_or_create(meeting=meeting, side=side)
    if save_text(own, revision=revision, texts={"text": text.strip()}):
        _record("meeting.note_privately", meeting, now=now, by=by)
    return own


@transaction.atomic
def photograph_notes(
    *, meeting: Meeting, uploads: Sequence["Upload[Any]"], by: Person, now: datetime, ref: str = ""
) -> list[PrivatePhotograph]:
    """Keep pages of one's own notes that were written by hand: all of them, or none.

    When they may be kept, as notes in words. Raises one of the refusals above, or of `files`; then nothing is
    kept. What is sent again with one `ref` is kept once.
    """
    side = _writing(meeting, by)
    if not uploads:
        raise NoPage()
    own = private_pages_of(meeting, side)
    again = bool(ref) and PrivatePhotograph.objects.filter(ref=ref, meeting=meeting, side=side).exists()
    there = set(own.values_list("file__sha256", flat=True)) if again else set()
    checked = [files.check(upload, kinds=files.PAPERS) for upload in uploads]
    new = [each for each in checked if each.sha256 not in there]
    if own.count() + len(new) > MOST:
        raise TooManyPages(most=MOST)
    free = ref if ref and not PrivatePhotograph.objects.filter(ref=ref).exists() else new_ref()
    kept = [
        _keep(meeting, side, each, free if place == 0 else new_ref(), by=by, now=now)
        for place, each in enumerate(new)
    ]
    if kept:
        _record("meeting.photograph_notes", meeting, now=now, by=by)
    return kept


def _keep(
    meeting: Meeting, side: str, checked: files.Checked, ref: str, *, by: Person, now: datetime
) -> PrivatePhotograph:
    file = files.keep_checked(
        checked=checked, about_kind="private_notes", about_ref=ref, by_id=by.pk, now=now
    )
    return PrivatePhotograph.objects.create(ref=ref, meeting=meeting, side=side, file=file, at=now)


@transaction.atomic
def describe_page(*, page: PrivatePhotograph, about: str, by: Person, now: datetime) -> None:
    """Say in a few words what stands on a page of one's own; "" takes the words away again."""
    _require_own(page, by)
    said = about.strip()[:200]
    if PrivatePhotograph.objects.filter(pk=page.pk, withdrawn_at=None).exclude(about=said).update(about=said):
        _record("meeting.describe_notes", page.meeting, now=now, by=by)


@transaction.atomic
def take_page_away(*, page: PrivatePhotograph, by: Person, now: datetime) -> None:
    """Take a page of one's own notes away; twice is once."""
    _require_own(page, by)
    if PrivatePhotograph.objects.filter(pk=page.pk, withdrawn_at=None).update(withdrawn_at=now):
        files.withdraw(file=page.file, now=now)
        _record("meeting.take_notes_away", page.meeting, now=now, by=by)


def _require_own(page: PrivatePhotograph, by: Person) -> None:
    if _writing(page.meeting, by) != page.side:
        raise NotOneOfTheTwo()


def _writing(meeting: Meeting, by: Person) -> str:
    """The side that writes, before the pair's end."""
    side = require_side(meeting.pair, by)
    require_not_ended(meeting.pair)
    return side


def _record(verb: str, meeting: Meeting, *, now: datetime, by: Person) -> None:
    record(verb, meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref)
