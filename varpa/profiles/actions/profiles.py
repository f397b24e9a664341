"""A company profile begun, named, finished, taken up again, published (methodology §3.3, 1)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can, move
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.pairs.models import Pair, Side
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.profiles import letters
from varpa.profiles.models import Profile, ProfileState, Publishing
from varpa.profiles.photographs import photographs_of
from varpa.profiles.queries import outline_of, unapproved


class NoOutline(Refusal):
    sentence = _("In this programme no company profile is made.")


class OnlyTheMentee(Refusal):
    """The two make it together, and one writes."""

    sentence = _("Only the mentee writes the company profile.")


class OnlyTheMentor(Refusal):
    sentence = _("Only the mentor says whether the facts are right.")


class NamelessCompany(Refusal):
    sentence = _("Write the name of the company.")


class NameChanged(Refusal):
    """The name is not the one that the mentor has read."""

    sentence = _("The name was changed while you were reading. Read it once more, then approve it.")


class NothingWritten(Refusal):
    sentence = _("The profile is still empty. Write something in one of its parts first.")


class NotApproved(Refusal):
    sentence = _(
        "The profile can be published once the mentor has approved everything that is written in it."
    )


@transaction.atomic
def begin_profile(*, pair: Pair, company: str, by: Person, now: datetime) -> Profile:
    """Begin the profile of the mentor's company; begun twice it is one profile."""
    require_active(pair, now)
    if require_side(pair, by) != Side.MENTEE:
        raise OnlyTheMentee()
    if not outline_of(pair.programme):
        raise NoOutline()
    if not company.strip():
        raise NamelessCompany()
    defaults = {"company": company.strip(), "begun_at": now}
    profile, made = Profile.objects.get_or_create(pair=pair, defaults=defaults)
    if made:
        _record("profile.begin", profile, now=now, by=by)
    return profile


@transaction.atomic
def name_company(*, profile: Profile, company: str, revision: int, by: Person, now: datetime) -> None:
    """Write the company's name otherwise; raises merging.Conflict (R13).

    Others go on reading the approved name until the mentor approves the new one.
    """
    require_writer(profile, by)
    require_active(profile.pair, now)
    if not company.strip():
        raise NamelessCompany()
    if save_text(profile, revision=revision, texts={"company": company.strip()}):
        settle_state(profile, now=now)
        _record("profile.name", profile, now=now, by=by)


@transaction.atomic
def approve_name(*, profile: Profile, revision: int, by: Person, now: datetime) -> None:
    """The mentor finds the name of this revision right: from now others read it. Said twice it is once."""
    if require_side(profile.pair, by) != Side.MENTOR:
        raise OnlyTheMentor()
    require_active(profile.pair, now)
    read = Profile.objects.filter(pk=profile.pk, revision=revision)
    waits = read.exclude(approved_company=F("company"), name_taken_back_at=None)
    changed = waits.update(approved_company=F("company"), name_taken_back_at=None)
    if not changed and not read.exists():
        raise NameChanged()
    if changed:
        settle_state(profile, now=now)
        _record("profile.approve_name", profile, now=now, by=by)


@transaction.atomic
def take_name_back(*, profile: Profile, by: Person, now: datetime) -> None:
    """The mentor finds the name right no more, also after the end: others read nothing. Twice is once."""
    if require_side(profile.pair, by) != Side.MENTOR:
        raise OnlyTheMentor()
    approved = Profile.objects.filter(pk=profile.pk, name_taken_back_at=None).exclude(approved_company="")
    if approved.update(name_taken_back_at=now):
        settle_state(profile, now=now)
        _record("profile.take_name_back", profile, now=now, by=by)


@transaction.atomic
def finish_profile(*, profile: Profile, by: Person, now: datetime) -> None:
    """Ask the mentor for approval; where all is approved already, it is approved in the same moment."""
    require_writer(profile, by)
    require_active(profile.pair, now)
    if not profile.parts.exclude(text="").exists():
        raise NothingWritten()
    move(profile, "finish", finished_at=now)
    _record("profile.finish", profile, now=now, by=by)
    if not settle_state(profile, now=now):
        letters.tell_finished(profile, now=now)


@transaction.atomic
def rework_profile(*, profile: Profile, by: Person, now: datetime) -> None:
    """The mentee goes on writing: nothing waits for the mentor now. What is approved stays approved."""
    require_writer(profile, by)
    require_active(profile.pair, now)
    move(profile, "rework", finished_at=None, approved_at=None)
    post.withdraw(about=letters.about(profile), now=now)
    _record("profile.rework", profile, now=now, by=by)


@transaction.atomic
def agree_to_publish(*, profile: Profile, by: Person, now: datetime) -> None:
    """One says yes to showing it to the members of the programme; said twice it is one yes."""
    require_active(profile.pair, now)
    side = require_side(profile.pair, by)
    if not Profile.objects.filter(pk=profile.pk, state=ProfileState.APPROVED).exists():
        raise NotApproved()
    _yes, made = Publishing.objects.get_or_create(
        profile=profile, side=side, withdrawn_at=None, defaults={"at": now}
    )
    if made:
        _record("profile.agree_to_publish", profile, now=now, by=by)


@transaction.atomic
def take_publishing_back(*, profile: Profile, by: Person, now: datetime) -> None:
    """One takes the own yes back, also after the end: from then nobody else sees it. Twice is once."""
    side = require_side(profile.pair, by)
    standing = Publishing.objects.filter(profile=profile, side=side, withdrawn_at=None)
    if standing.update(withdrawn_at=now):
        _record("profile.take_publishing_back", profile, now=now, by=by)


def require_writer(profile: Profile, by: Person) -> None:
    """Raise OnlyTheMentee for anybody else."""
    if require_side(profile.pair, by) != Side.MENTEE:
        raise OnlyTheMentee()


def settle_state(profile: Profile, *, now: datetime) -> bool:
    """Let the state say whether all that is written and shown is approved as it stands; answers whether."""
    profile.refresh_from_db(fields=["state", "company", "approved_company", "name_taken_back_at"])
    written = profile.parts.exclude(text="").exists()
    waiting = any(not each.is_approved for each in photographs_of(profile))
    complete = written and not waiting and not profile.name_waits and not unapproved(profile).exists()
    if complete and can(profile, "approve"):
        move(profile, "approve", approved_at=now)
        letters.tell_approved(profile, now=now)
    elif not complete and can(profile, "reopen"):
        move(profile, "reopen", approved_at=None)
        post.withdraw(about=letters.about(profile), kinds=[letters.APPROVED], now=now)
    return complete


def _record(verb: str, profile: Profile, *, now: datetime, by: Person) -> None:
    record(verb, profile, now=now, by=by, programme_ref=profile.pair.programme.ref)
