"""Photographs put in by the mentee, approved by the mentor, taken away by either."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.files import actions as files
from varpa.files.queries import sent_before
from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.pairs.actions.pairs import require_active, require_not_ended, require_side
from varpa.pairs.models import Side
from varpa.people.models import Person
from varpa.profiles.actions.parts import NoSuchPart
from varpa.profiles.actions.profiles import OnlyTheMentor, require_writer, settle_state
from varpa.profiles.models import FirmWord, Photograph, Profile
from varpa.profiles.photographs import is_of_side, may_show_mentee, photographs_of
from varpa.profiles.queries import outline_of
from varpa.programmes.pictures import OTHERS, require_shown

MOST = 20


class TooManyPhotographs(Refusal):
    sentence = pgettext_lazy("mentee", "A profile has at most {most} photographs. Take one away first.")


class PhotographIsGone(Refusal):
    sentence = _("The photograph was taken away meanwhile.")


@transaction.atomic
def add_photograph(
    *,
    profile: Profile,
    part: str,
    upload: "Upload[Any]",
    about: str,
    shows: Collection[str],
    by: Person,
    now: datetime,
    ref: str = "",
) -> Photograph:
    """Put a photograph into a part. `shows`: who can be recognised in it, sides or OTHERS; may be nobody.

    The mentor is asked for the firm's word. Raises TooManyPhotographs, and the refusals of
    `programmes.pictures` and of `files`; then nothing is kept. Sent twice with one `ref` it is
    one photograph; another file or other words are another one.
    """
    require_writer(profile, by)
    require_active(profile.pair, now)
    if all(each.key != part for each in outline_of(profile.pair.programme)):
        raise NoSuchPart()
    # An update holds the row: a second click waits, and finds what the first has kept.
    Profile.objects.filter(pk=profile.pk).update(ref=profile.ref)
    checked = files.check(upload)
    said: dict[str, Any] = {"shows_mentor": Side.MENTOR in shows, "shows_mentee": Side.MENTEE in shows}
    said |= {"part": part, "about": about.strip()[:200]}
    known = sent_before(profile.photographs.all(), ref, checked.sha256, **said)
    if known:
        return known
    _require_allowed(profile, about, shows, now)
    free = ref if ref and not Photograph.objects.filter(ref=ref).exists() else new_ref()
    about_profile = {"about_kind": "profile", "about_ref": profile.ref}
    kept = files.keep_checked(checked=checked, by_id=by.pk, now=now, **about_profile)
    made = Photograph.objects.create(ref=free, profile=profile, file=kept, at=now, **said)
    settle_state(profile, now=now)
    _record("profile.add_photograph", made, now=now, by=by)
    return made


@transaction.atomic
def approve_photograph(*, photograph: Photograph, by: Person, now: datetime) -> None:
    """The mentor says for the company that it may be shown. Said twice it is said once."""
    profile = photograph.profile
    _require_mentor(profile, by)
    require_active(profile.pair, now)
    if not photographs_of(profile).filter(pk=photograph.pk).exists():
        raise PhotographIsGone()
    _word, made = FirmWord.objects.get_or_create(
        photograph=photograph, withdrawn_at=None, defaults={"at": now}
    )
    if made:
        settle_state(profile, now=now)
        _record("profile.approve_photograph", photograph, now=now, by=by)


@transaction.atomic
def take_word_back(*, photograph: Photograph, by: Person, now: datetime) -> None:
    """The mentor takes the firm's word back, also after the end: nobody else sees it. Twice is once."""
    _require_mentor(photograph.profile, by)
    if photograph.words.filter(withdrawn_at=None).update(withdrawn_at=now):
        settle_state(photograph.profile, now=now)
        _record("profile.take_photograph_back", photograph, now=now, by=by)


@transaction.atomic
def take_photograph_away(*, photograph: Photograph, by: Person, now: datetime) -> None:
    """Either of the two takes it away: nobody sees it any more. Twice is once.

    Raises PairHasEnded after the end, unless a consent is taken back by it (`is_of_side`).
    """
    if not is_of_side(photograph, require_side(photograph.profile.pair, by)):
        require_not_ended(photograph.profile.pair)
    if Photograph.objects.filter(pk=photograph.pk, withdrawn_at=None).update(withdrawn_at=now):
        files.withdraw(file=photograph.file, now=now)
        settle_state(photograph.profile, now=now)
        _record("profile.take_photograph_away", photograph, now=now, by=by)


def _require_allowed(profile: Profile, about: str, shows: Collection[str], now: datetime) -> None:
    forbidden = Side.MENTEE in shows and not may_show_mentee(profile.pair, now)
    require_shown(about, others=OTHERS in shows, forbidden=forbidden)
    if profile.photographs.filter(withdrawn_at=None).count() >= MOST:
        raise TooManyPhotographs(most=MOST)


def _require_mentor(profile: Profile, by: Person) -> None:
    if require_side(profile.pair, by) != Side.MENTOR:
        raise OnlyTheMentor()


def _record(verb: str, photograph: Photograph, *, now: datetime, by: Person) -> None:
    profile = photograph.profile
    ref = profile.pair.programme.ref
    record(verb, profile, now=now, by=by, programme_ref=ref, details={"part": photograph.part})
