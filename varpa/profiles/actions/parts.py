"""The parts of a profile: the mentee writes, the mentor approves, keeps back and says what is not right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import require_active, require_not_ended, require_side
from varpa.pairs.models import Side
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.profiles import letters
from varpa.profiles.actions.profiles import NameChanged, OnlyTheMentor, require_writer, settle_state
from varpa.profiles.models import Approval, Correction, Part, Profile, Source
from varpa.profiles.queries import outline_of


class NoSuchPart(Refusal):
    sentence = _("The profile has no such part.")


class NothingToApprove(Refusal):
    sentence = _("Nothing is written in this part yet.")


class TextChanged(Refusal):
    """The text is not the one that the mentor has read."""

    sentence = _("The text was changed while you were reading. Read it once more, then approve it.")


class EmptyCorrection(Refusal):
    sentence = _("Say in a few words what is not right.")


@transaction.atomic
def write_part(
    *,
    profile: Profile,
    key: str,
    text: str,
    sources: Collection[str],
    kept: bool,
    revision: int,
    by: Person,
    now: datetime,
) -> Part:
    """Save what stands in a part, also as it is typed; `kept`: the mentee's "not for publication".

    Whatever is changed needs approval anew, also where the approved words are typed again. Raises
    merging.Conflict (R13).
    """
    require_writer(profile, by)
    require_active(profile.pair, now)
    part = _part(profile, key)
    said = {
        "sources": [source for source in Source.values if source in sources],
        "kept_by_mentee": kept,
    }
    changes: dict[str, Any] = {name: new for name, new in said.items() if getattr(part, name) != new}
    if save_text(part, revision=revision, texts={"text": text.strip()}, **changes):
        Part.objects.filter(pk=part.pk).update(saved_at=now)
        part.approvals.filter(withdrawn_at=None, outdated_at=None).update(outdated_at=now)
        part.saved_at = now
        settle_state(profile, now=now)
        _record("profile.write", part, now=now, by=by)
    return part


@transaction.atomic
def approve_part(*, profile: Profile, key: str, revision: int, named: int, by: Person, now: datetime) -> None:
    """The mentor finds the facts right, in the text of this revision. Approved twice it is approved once.

    With the first part the name of the company is right too, as it was `named`: of this revision of the
    profile. Raises TextChanged, NameChanged.
    """
    _require_mentor(profile, by)
    require_active(profile.pair, now)
    part = _written(profile, key)
    if part.revision != revision:
        raise TextChanged()
    standing = part.approvals.filter(withdrawn_at=None)
    if standing.filter(outdated_at=None).exists():
        return
    _approve_first_name(profile, named)
    standing.update(withdrawn_at=now)
    found = {"text": part.text, "sources": part.sources, "kept_by_mentee": part.kept_by_mentee}
    Approval.objects.create(part=part, at=now, **found)
    corrections = part.corrections.filter(settled_at=None, withdrawn_at=None)
    post.withdraw(about=[letters.about_correction(each) for each in corrections], now=now)
    corrections.update(settled_at=now)
    settle_state(profile, now=now)
    _record("profile.approve_part", part, now=now, by=by)


@transaction.atomic
def take_approval_back(*, profile: Profile, key: str, by: Person, now: datetime) -> None:
    """The mentor takes an approval back, also after the end: it is published no longer. Twice is once.

    Also of a part that the mentee has changed or emptied meanwhile.
    """
    _require_mentor(profile, by)
    part = profile.parts.filter(key=key).first()
    if part is None:
        raise NothingToApprove()
    if part.approvals.filter(withdrawn_at=None).update(withdrawn_at=now):
        settle_state(profile, now=now)
        _record("profile.take_approval_back", part, now=now, by=by)


@transaction.atomic
def keep_back(*, profile: Profile, key: str, kept: bool, by: Person, now: datetime) -> None:
    """The mentor says that a part is not for publication, or takes that word back. Said twice it is once.

    After the end it can only be kept back: more is shown by nobody then (PairHasEnded).
    """
    _require_mentor(profile, by)
    if not kept:
        require_not_ended(profile.pair)
    part = _written(profile, key)
    if Part.objects.filter(pk=part.pk, kept_by_mentor=not kept).update(kept_by_mentor=kept):
        _record("profile.keep_back" if kept else "profile.let_publish", part, now=now, by=by)


@transaction.atomic
def correct_part(
    *, profile: Profile, key: str, text: str, by: Person, now: datetime, ref: str = ""
) -> Correction:
    """The mentor says in a word what is not right; the text stays as it is. Sent twice it is one.

    An approval does not stand beside it: the part is published no longer, until it is approved anew.
    """
    _require_mentor(profile, by)
    require_active(profile.pair, now)
    if not text.strip():
        raise EmptyCorrection()
    fields = {"text": text.strip(), "at": now}
    made, is_new = make_once(Correction, ref=ref, part=_written(profile, key), fields=fields)
    if is_new:
        letters.tell_correction(made, now=now)
        _record("profile.correct", made.part, now=now, by=by)
        take_approval_back(profile=profile, key=key, by=by, now=now)
    return made


@transaction.atomic
def settle_correction(*, correction: Correction, by: Person, now: datetime) -> None:
    """The mentee has dealt with it; said twice it was said the first time."""
    profile = correction.part.profile
    require_writer(profile, by)
    require_active(profile.pair, now)
    open_ones = Correction.objects.filter(pk=correction.pk, settled_at=None, withdrawn_at=None)
    if open_ones.update(settled_at=now):
        correction.settled_at = now
        post.withdraw(about=letters.about_correction(correction), now=now)
        _record("profile.settle_correction", correction.part, now=now, by=by)


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: Person, now: datetime) -> None:
    """The mentor takes a word back. Raises AlreadyMoved the second time, PairHasEnded after the end."""
    _require_mentor(correction.part.profile, by)
    require_not_ended(correction.part.profile.pair)
    if not Correction.objects.filter(pk=correction.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise AlreadyMoved()
    post.withdraw(about=letters.about_correction(correction), now=now)
    _record("profile.withdraw_correction", correction.part, now=now, by=by)


def _approve_first_name(profile: Profile, named: int) -> None:
    """A later name is approved by itself; the first one only as the mentor has read it."""
    unapproved = Profile.objects.filter(pk=profile.pk, approved_company="")
    if not unapproved.filter(revision=named).update(approved_company=F("company")) and unapproved.exists():
        raise NameChanged()


def _part(profile: Profile, key: str) -> Part:
    if all(part.key != key for part in outline_of(profile.pair.programme)):
        raise NoSuchPart()
    return Part.objects.get_or_create(profile=profile, key=key)[0]


def _written(profile: Profile, key: str) -> Part:
    part = profile.parts.filter(key=key).exclude(text="").first()
    if part is None:
        raise NothingToApprove()
    return part


def _require_mentor(profile: Profile, by: Person) -> None:
    if require_side(profile.pair, by) != Side.MENTOR:
        raise OnlyTheMentor()


def _record(verb: str, part: Part, *, now: datetime, by: Person) -> None:
    profile = part.profile
    ref = profile.pair.programme.ref
    record(verb, profile, now=now, by=by, programme_ref=ref, details={"part": part.key})
