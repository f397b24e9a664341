"""Pictures from a meeting: kept only where whoever can be recognised in them may be shown."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.files.queries import sent_before
from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.meetings import ALIVE
from varpa.meetings.models import Meeting, Photos, Picture
from varpa.meetings.pictures import is_of_side, may_show_mentee, word_of_firm
from varpa.pairs.actions.pairs import require_active, require_not_ended, require_side
from varpa.pairs.models import Side
from varpa.people.models import Person

MOST = 20
OTHERS = "others"


class NoPhotographsPermission(Refusal):
    """A minor's guardian has not permitted photographs, or has taken it back."""

    sentence = _(
        "No parent or guardian has permitted photographs of the mentee, so a picture in which the mentee can "
        "be recognised is not kept. Take one of the work without faces, or ask the project manager for the "
        "permission."
    )


class ShowsOthers(Refusal):
    sentence = _(
        "Somebody else can be recognised in the picture, and nobody here knows whether that person agrees. "
        "Choose a picture without them, or cut them out first."
    )


class NotForPictures(Refusal):
    sentence = _("This meeting did not take place, so it has no pictures.")


class NoWords(Refusal):
    sentence = _("Say in a few words what the picture shows.")


class FirmForbids(Refusal):
    sentence = _("The company lets no photographs be taken, so none is kept.")


class FirmUnheard(Refusal):
    """The page of the visit does not say yet what the firm says."""

    sentence = _(
        "It is not written yet whether the company lets photographs be taken. The mentor says it on the page "
        "of the visit; then the picture can be kept."
    )


class FirmNotAsked(Refusal):
    sentence = _("The company wants to be asked about each picture. Tick that it has agreed to this one.")


class TooManyPictures(Refusal):
    sentence = _("A meeting has at most {most} pictures. Take one away first.")


@transaction.atomic
def add_picture(
    *,
    meeting: Meeting,
    upload: "Upload[Any]",
    shows: Collection[str],
    by: Person,
    now: datetime,
    about: str,
    agreed: bool = False,
    ref: str = "",
) -> Picture:
    """Keep a picture from a meeting. `shows`: who can be recognised in it, sides or OTHERS; may be nobody.

    `about` says in words what it shows; `agreed`: the firm was asked, where it wants that. Raises one of the
    refusals above, and those of `files`; then nothing is kept. Sent twice with one `ref` it is one picture;
    another file or other words are another one.
    """
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    checked = files.check(upload)
    said: dict[str, Any] = {"shows_mentor": Side.MENTOR in shows, "shows_mentee": Side.MENTEE in shows}
    said |= {"side": side, "about": about.strip()[:200]}
    known = sent_before(meeting.pictures.all(), ref, checked.sha256, **said)
    if known:
        return known
    _require_allowed(meeting, shows, agreed, now)
    if not about.strip():
        raise NoWords()
    if meeting.pictures.filter(withdrawn_at=None).count() >= MOST:
        raise TooManyPictures(most=MOST)
    free = ref if ref and not Picture.objects.filter(ref=ref).exists() else new_ref()
    kept = files.keep_checked(checked=checked, about_kind="picture", about_ref=free, by_id=by.pk, now=now)
    picture = Picture.objects.create(ref=free, meeting=meeting, file=kept, at=now, **said)
    _record("meeting.add_picture", picture, now=now, by=by)
    return picture


@transaction.atomic
def take_picture_away(*, picture: Picture, by: Person, now: datetime) -> None:
    """Either of the two takes a picture away, whoever put it there; twice is once.

    Raises PairHasEnded after the end, unless a consent is taken back by it (`is_of_side`).
    """
    side = require_side(picture.meeting.pair, by)
    if not is_of_side(picture, side):
        require_not_ended(picture.meeting.pair)
    if Picture.objects.filter(pk=picture.pk, withdrawn_at=None).update(withdrawn_at=now):
        files.withdraw(file=picture.file, now=now)
        _record("meeting.take_picture_away", picture, now=now, by=by)


def _require_allowed(meeting: Meeting, shows: Collection[str], agreed: bool, now: datetime) -> None:
    """Whoever can be recognised, the guardian of a minor, and at a visit the firm let the picture be kept."""
    if OTHERS in shows:
        raise ShowsOthers()
    if Side.MENTEE in shows and not may_show_mentee(meeting.pair, now):
        raise NoPhotographsPermission()
    meeting.refresh_from_db(fields=["state", "photos"])
    if meeting.state not in ALIVE:
        raise NotForPictures()
    firm = word_of_firm(meeting)
    if firm == Photos.NO:
        raise FirmForbids()
    if firm == Photos.UNSAID:
        raise FirmUnheard()
    if firm == Photos.ASK and not agreed:
        raise FirmNotAsked()


def _record(verb: str, picture: Picture, *, now: datetime, by: Person) -> None:
    meeting = picture.meeting
    record(verb, meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref)
