"""Being a member: added, decided, prepared (R1), permitted, read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import line, record, record_all
from varpa.history.models import Channel
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.programmes import letters, unready
from varpa.programmes.actions.roles import sign_in_anew
from varpa.programmes.ages import own_adult
from varpa.programmes.models import (
    LessonDone,
    Membership,
    MembershipState,
    Preparation,
    Programme,
    Receipt,
    Role,
    StepKey,
    searched_as,
)
from varpa.programmes.preparing import gone_through, readings_of, studies_of
from varpa.programmes.queries import is_grown, methodology_of, today_of, waits_for_guardian


class AlreadyMember(Refusal):
    sentence = _("This person is already in the programme in this role.")


class PutTogether(Refusal):
    """Two records of one human became one (merges): this one belongs to nobody any more."""

    sentence = _(
        "This record was put together with another one of the same person. Look for the person again."
    )


class NoSuchDocument(Refusal):
    sentence = _("This document is not for your role.")


class NoSuchLesson(Refusal):
    sentence = _("This lesson is not for your role.")


class NotAMember(Refusal):
    """Only an accepted member prepares."""

    sentence = _("This is possible once the application is accepted.")


class GuardianFirst(Refusal):
    """Too young to consent alone to a service that keeps one's data (GDPR, article 8; countries.toml)."""

    sentence = _(
        "A parent or guardian answers first. As soon as taking part is permitted, this can be accepted."
    )


class CountryStays(Refusal):
    sentence = _("Choose the country: ages and permissions are those of a country, and one is known already.")


class HasLeft(Refusal):
    """Whoever was declined or has left does nothing in the programme any more."""

    sentence = _("This membership has ended. What it holds no longer changes.")


@transaction.atomic
def add_member(
    *,
    programme: Programme,
    person: Person,
    role: str,
    now: datetime,
    by: Person | None,
    state: str = MembershipState.APPLIED,
    country: str = "",
    place: str = "",
    topic: str = "",
    means: tuple[str, ...] = (),
    channel: str = Channel.WEB,
) -> Membership:
    """Put a person into a programme in a role; raises AlreadyMember, PutTogether."""
    # Whoever is being put together with somebody at this moment is waited for.
    if not Person.objects.select_for_update().filter(pk=person.pk, is_active=True).exists():
        raise PutTogether()
    membership = Membership(
        ref=new_ref(),
        programme=programme,
        person=person,
        role=role,
        state=state,
        country=country,
        place=place,
        topic=topic,
        means=list(means),
        applied_at=now,
    )
    membership.search_text, membership.adult = searched_as(person, place), own_adult(programme.ages, country)
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyMember() from error
    record_member("membership.add", membership, now=now, by=by, channel=channel, role=role)
    sign_in_anew(membership, by)
    return membership


@transaction.atomic
def apply_again(
    *,
    membership: Membership,
    late: bool,
    said: Mapping[str, Any],
    now: datetime,
    by: Person | None,
    channel: str = Channel.WEB,
) -> None:
    """Whoever was declined or has left applies once more, {field of Membership: value}; `late` only waits.

    The earlier application, its date and what came of it stay in the history. Raises AlreadyMoved.
    """
    texts = {"place": str(said["place"]), "topic": str(said["topic"])}
    adult = own_adult(membership.programme.ages, said["country"])
    rest = {"country": said["country"], "means": list(said["means"]), "adult": adult}
    search = searched_as(membership.person, texts["place"])
    again = {"applied_at": now, "revision": F("revision") + 1, "search_text": search}
    move(membership, "apply_again", **texts, **rest, **again)
    if late:
        move(membership, "wait")
    membership.refresh_from_db()
    record_member("membership.again", membership, now=now, by=by, channel=channel, role=membership.role)


@transaction.atomic
def add_members(
    *,
    programme: Programme,
    memberships: Sequence[Membership],
    now: datetime,
    by: Person | None,
    channel: str,
) -> None:
    """Put many people into a programme at once, as applications; each knows its person and role.

    Raises IntegrityError where one is in already; then nobody is added.
    """
    for each in memberships:
        each.programme, each.state, each.applied_at = programme, MembershipState.APPLIED, now
        each.search_text = searched_as(each.person, each.place)
        each.adult = own_adult(programme.ages, each.country)
    with transaction.atomic():
        Membership.objects.bulk_create(memberships, batch_size=500)
    record_all(
        line(
            "membership.add",
            each,
            now=now,
            by=by,
            behalf=each.person,
            channel=channel,
            programme_ref=programme.ref,
            details={"role": each.role},
        )
        for each in memberships
    )


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    changes: Mapping[str, Any],
    now: datetime,
    by: Person | None,
    revision: int | None = None,
    channel: str = Channel.WEB,
) -> bool:
    """Change country, place, topic or means, {field: value}; answers whether anything was changed.

    With the `revision` that a page showed, raises merging.Conflict where somebody was first (R13). Raises
    CountryStays where a known country would be unknown again.
    """
    membership.refresh_from_db(fields=[*changes, "revision"])
    differing = [name for name, value in changes.items() if getattr(membership, name) != value]
    if not differing:
        return False
    if "country" in differing and not changes["country"]:
        raise CountryStays()
    texts = {name: str(changes[name]) for name in ("place", "topic") if name in changes}
    rest = {name: changes[name] for name in differing if name not in texts}
    if "country" in changes:
        rest["adult"] = own_adult(membership.programme.ages, changes["country"])
    rest["search_text"] = searched_as(membership.person, texts.get("place", membership.place))
    shown = membership.revision if revision is None else revision
    save_text(membership, revision=shown, texts=texts, **rest)
    fields = ", ".join(sorted(differing))
    record_member("membership.change", membership, now=now, by=by, channel=channel, fields=fields)
    return True


@transaction.atomic
def decide(*, membership: Membership, step: str, by: Person | None, now: datetime) -> None:
    """Accept, wait or decline an application; two managers never decide twice (raises AlreadyMoved)."""
    move(membership, step)
    record_member(f"membership.{step}", membership, now=now, by=by)
    letters.tell_decision(membership, step, now=now)


def follow_names(_now: datetime) -> int:
    """For the schedule: lists find and sort members by name and address as they are now; answers how many.

    No line of history: nobody changed a membership, a copy was brought up to what it copies.
    """
    begins = Concat("person__search_text", Value(" "))
    behind = Membership.objects.exclude(search_text__startswith=begins).select_related("person")
    found = list(behind.order_by()[:1000])
    for each in found:
        Membership.objects.filter(pk=each.pk).update(search_text=searched_as(each.person, each.place))
    return len(found)


@transaction.atomic
def withdraw_member(*, membership: Membership, by: Person | None, now: datetime) -> None:
    """A person leaves the programme; nothing is deleted."""
    move(membership, "withdraw")
    record_member("membership.withdraw", membership, now=now, by=by)
    unready.tell_leaving(membership, now)
    sign_in_anew(membership, by, taken=True)


@transaction.atomic
def complete_member(*, membership: Membership, by: Person | None, now: datetime) -> None:
    """A member has gone the whole way."""
    if membership.state == MembershipState.ACCEPTED:
        move(membership, "complete")
        record_member("membership.complete", membership, now=now, by=by)


@transaction.atomic
def note_reading(*, membership: Membership, document: str, by: Person, now: datetime) -> None:
    """The member has read a document; with it the self-study may be done (R1)."""
    if membership.state != MembershipState.ACCEPTED:
        raise NotAMember()
    # Two documents read in two tabs: the second waits here, or each would think the other unread.
    Membership.objects.select_for_update().get(pk=membership.pk)
    if document not in {each.document.key for each in readings_of(membership)}:
        raise NoSuchDocument()
    _receipt, made = Receipt.objects.get_or_create(
        membership=membership, document=document, defaults={"at": now}
    )
    if made:
        record_member("membership.read", membership, now=now, by=by, document=document)
    _end_self_study(membership, by=by, now=now)


@transaction.atomic
def finish_lesson(*, membership: Membership, lesson: str, by: Person, now: datetime) -> None:
    """The member has gone through a lesson; with it the self-study may be done (R1). Twice is once.

    Only that it was done is kept, never an answer. Raises NotAMember, NoSuchLesson.
    """
    if membership.state != MembershipState.ACCEPTED:
        raise NotAMember()
    Membership.objects.select_for_update().get(pk=membership.pk)
    if lesson not in {each.lesson.key for each in studies_of(membership)}:
        raise NoSuchLesson()
    _row, made = LessonDone.objects.get_or_create(membership=membership, lesson=lesson, defaults={"at": now})
    if made:
        record_member("membership.lesson", membership, now=now, by=by, lesson=lesson)
    _end_self_study(membership, by=by, now=now)


def _end_self_study(membership: Membership, *, by: Person, now: datetime) -> None:
    """Required texts and the first training's lessons stand in for it; where there is none, alone (R1)."""
    readings, studies = gone_through(membership)
    asked = [each.read_at for each in readings if each.required]
    asked += [each.done_at for each in studies if each.counts]
    if all(asked) and (asked or not methodology_of(membership.programme).training):
        prepare_step(membership, StepKey.TRAINING, by=by, now=now)


@transaction.atomic
def accept_notice(*, membership: Membership, by: Person, now: datetime) -> None:
    """The member has read what is kept about people and who sees it, and takes part.

    Raises NotAMember, and GuardianFirst where the member is younger than the country lets one consent online.
    """
    if membership.state != MembershipState.ACCEPTED:
        raise NotAMember()
    if waits_for_guardian(membership, today_of(membership.programme, now)):
        raise GuardianFirst()
    if prepare_step(membership, StepKey.NOTICE, by=by, now=now):
        _word_of_grown(membership, by=by, now=now)
        record_member("membership.notice", membership, now=now, by=by)
    _end_self_study(membership, by=by, now=now)


@transaction.atomic
def mark_trained(
    *, membership: Membership, by: Person, now: datetime, note: str = "", notice_on_paper: bool = False
) -> None:
    """The manager saw the member at the training (R1); `notice_on_paper`: the notice was signed there too."""
    if membership.state != MembershipState.ACCEPTED:
        raise NotAMember()
    made = prepare_step(membership, StepKey.TRAINING, by=by, now=now, note=note)
    if notice_on_paper:
        signed = prepare_step(membership, StepKey.NOTICE, by=by, now=now, note=note)
        if signed:
            _word_of_grown(membership, by=by, now=now)
        made = signed or made
    if made:
        channel = Channel.PAPER if notice_on_paper else Channel.WEB
        record_member("membership.trained", membership, now=now, by=by, channel=channel)


@transaction.atomic
def unmark_trained(*, membership: Membership, note: str, by: Person, now: datetime) -> bool:
    """Marked by mistake: taken back where it rests on `note` and no self-study (R1). Was anything?"""
    made = membership.preparations.filter(step=StepKey.TRAINING, note=note)
    if not made.delete()[0]:
        return False
    record_member("membership.untrained", membership, now=now, by=by)
    _end_self_study(membership, by=by, now=now)
    unready.tell(membership, now)
    return True


@transaction.atomic
def change_means(*, membership: Membership, means: tuple[str, ...], by: Person, now: datetime) -> None:
    """Say which means of communication one really has; unknown keys are left out."""
    if membership.state in (MembershipState.DECLINED, MembershipState.WITHDRAWN):
        raise HasLeft()
    known = [each.key for each in methodology_of(membership.programme).means if each.key in means]
    membership.means = known
    membership.save(update_fields=["means"])
    record_member("membership.means", membership, now=now, by=by)


def _word_of_grown(membership: Membership, *, by: Person, now: datetime) -> None:
    """Who accepts the notice being of age has given the own word with it."""
    if membership.role == Role.MENTEE and is_grown(membership, today_of(membership.programme, now)):
        prepare_step(membership, StepKey.GROWN, by=by, now=now)


def prepare_step(membership: Membership, step: str, *, by: Person, now: datetime, note: str = "") -> bool:
    """A step of preparation is made; twice is once, answers whether it is new."""
    _row, made = Preparation.objects.get_or_create(
        membership=membership, step=step, defaults={"at": now, "by": by, "note": note}
    )
    return made


def record_member(
    verb: str,
    membership: Membership,
    *,
    now: datetime,
    by: Person | None,
    channel: str = "",
    **details: str | int | None,
) -> None:
    """A line of history about a member, on whose behalf it is where somebody else did it (R11)."""
    own = by is not None and by.pk == membership.person_id
    record(
        verb,
        membership,
        now=now,
        by=by,
        channel=channel,
        behalf=None if own else membership.person,
        programme_ref=membership.programme.ref,
        details=details,
    )
