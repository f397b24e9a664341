"""What a guardian has signed on paper, entered by whoever has it in hand: yes and no, each on its own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.files.models import File
from varpa.guardians import letters
from varpa.guardians.actions.guardians import OnlyForMentees, hold, named, put_down, record_of
from varpa.guardians.models import Guardian, GuardianAnswer
from varpa.guardians.queries.guardians import answered_since, said_no
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.permissions import NoGuardian, record_permission, withdraw_permission
from varpa.programmes.models import Membership, PermissionKind, Role
from varpa.programmes.queries import kinds_to_permit, today_of

SCANS = files.IMAGES | files.PAPERS


class NothingMarked(Refusal):
    sentence = _("Mark at least one thing that the paper permits or does not.")


class AnotherSaidNo(Refusal):
    sentence = _("{name} has answered no: {kinds}. It counts as given once nobody says no. Talk with both.")


class AnsweredSince(Refusal):
    sentence = _(
        "{name} has answered otherwise by the link after that day: {kinds}. What was said last counts."
    )


class DayMissing(Refusal):
    sentence = _(
        "{name} has answered otherwise by the link: {kinds}. Write the day that stands on the paper; what "
        "was said last counts."
    )


class NotYetSigned(Refusal):
    sentence = _("The day on the paper lies in the future. Write the day on which it was signed.")


@transaction.atomic
def record_paper(
    *,
    membership: Membership,
    answers: Mapping[str, bool],
    guardian: str,
    by: Person,
    now: datetime,
    day: date | None = None,
    scan: "Upload[Any] | None" = None,
) -> None:
    """A guardian's paper: {kind: yes}, each on its own; what it leaves open stays as it is (R1, R11).

    Only what the programme asks for: where its methodology knows no visit, none is permitted.

    A no takes back what stands, whoever gave it; a yes counts only while nobody else says no. `day` stands
    on the paper, `scan` is its picture or PDF. Raises OnlyForMentees, NothingMarked, NotYetSigned,
    NoGuardian where the name is missing, TwoGuardians, AnotherSaidNo, AnsweredSince, DayMissing, and the
    refusals of `files`.
    """
    name = " ".join(guardian.split())
    if membership.role != Role.MENTEE:
        raise OnlyForMentees()
    if not answers or not set(answers) <= set(kinds_to_permit(membership.programme)):
        raise NothingMarked()
    if day and day > today_of(membership.programme, now):
        raise NotYetSigned()
    if not name:
        raise NoGuardian()
    hold(membership)
    language = membership.person.language
    whose = named(membership, name) or put_down(membership, name, language=language, by=by, now=now)
    _require_nobody_against(whose, answers)
    _require_newest(whose, answers, day)
    kept = _kept(scan, membership, by, now) if scan else None
    for kind in PermissionKind.values:
        if kind in answers:
            GuardianAnswer.objects.create(
                guardian=whose, kind=kind, given=answers[kind], by=by, day=day, scan=kept, at=now
            )
            _follow(whose, kind, yes=answers[kind], by=by, now=now, day=day, scan=kept)
    letters.end_if_answered(membership, now=now)


def _follow(
    guardian: Guardian,
    kind: str,
    *,
    yes: bool,
    by: Person,
    now: datetime,
    day: date | None,
    scan: File | None,
) -> None:
    about: dict[str, Any] = {
        "membership": guardian.membership,
        "kind": kind,
        "by": by,
        "now": now,
        "channel": Channel.PAPER,
        "guardian_ref": guardian.ref,
    }
    if yes:
        record_permission(guardian=guardian.name, day=day, scan=scan, **about)
    elif not withdraw_permission(**about):
        record_of(guardian, "permission.refuse", by=by, now=now, channel=Channel.PAPER, kind=kind)


def _kept(scan: "Upload[Any]", membership: Membership, by: Person, now: datetime) -> File:
    owner = {"about_kind": "membership", "about_ref": membership.ref}
    return files.keep(upload=scan, kinds=SCANS, largest=files.LARGEST, by_id=by.pk, now=now, **owner)


def _require_nobody_against(guardian: Guardian, answers: Mapping[str, bool]) -> None:
    for name, refused in said_no(guardian.membership, but=guardian).items():
        if against := _labels(
            kind for kind in PermissionKind.values if kind in refused and answers.get(kind)
        ):
            raise AnotherSaidNo(name=name, kinds=against)


def _require_newest(guardian: Guardian, answers: Mapping[str, bool], day: date | None) -> None:
    """A paper that was signed before its guardian answered by the link says nothing new.

    A yes without a day never overrides a no by the link: nobody knows which came last.
    """
    since = answered_since(guardian, day)
    if day is None:
        if refused := _labels(kind for kind, given in since.items() if answers.get(kind) and not given):
            raise DayMissing(name=guardian.name, kinds=refused)
        return
    if otherwise := _labels(kind for kind, given in since.items() if answers.get(kind, given) is not given):
        raise AnsweredSince(name=guardian.name, kinds=otherwise)


def _labels(kinds: Iterable[str]) -> str:
    labels = dict(PermissionKind.choices)
    return ", ".join(str(labels[kind]) for kind in kinds)
