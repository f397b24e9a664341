"""Who decides that a mentee takes part: a guardian while a minor, the person alone from then on (R1)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files.models import File
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes import letters, unready
from varpa.programmes.actions.memberships import NotAMember, prepare_step, record_member
from varpa.programmes.models import (
    Membership,
    MembershipState,
    NoticeVersion,
    Permission,
    PermissionKind,
    Programme,
    ProgrammeState,
    StepKey,
)
from varpa.programmes.queries import grace_until, grown_unconfirmed, is_grown, today_of

GOING = (
    ProgrammeState.DRAFT,
    ProgrammeState.RECRUITING,
    ProgrammeState.RUNNING,
    ProgrammeState.CLOSING,
)


class NotGrown(Refusal):
    sentence = _("This is for the day on which one comes of age; until then a guardian permits it.")


class NoGuardian(Refusal):
    sentence = _("Write the name of the guardian who gave the permission.")


@transaction.atomic
def confirm_grown(*, membership: Membership, by: Person, now: datetime) -> None:
    """Who has come of age takes part by an own word, no longer by a guardian's (R1). Twice is once.

    Raises NotAMember, NotGrown.
    """
    if membership.state != MembershipState.ACCEPTED:
        raise NotAMember()
    if not is_grown(membership, today_of(membership.programme, now)):
        raise NotGrown()
    if prepare_step(membership, StepKey.GROWN, by=by, now=now):
        record_member("membership.grown", membership, now=now, by=by)
        letters.end_grown(membership, now=now)


def ask_the_grown(now: datetime) -> int:
    """For the schedule: ask each mentee who has come of age to confirm taking part; answers how many wait.

    Asked once. What happens when nobody confirms, `queries.prepared` says: after the grace the pair rests.
    """
    waiting = 0
    for programme in Programme.objects.filter(state__in=GOING):
        asked = Membership.objects.filter(grown_unconfirmed(today_of(programme, now)), programme=programme)
        for each in asked.select_related("person", "programme"):
            letters.ask_grown(each, grace_until(each, today_of(programme, now)), now=now)
            waiting += 1
    return waiting


@transaction.atomic
def record_permission(
    *,
    membership: Membership,
    kind: str,
    guardian: str,
    by: Person | None,
    now: datetime,
    channel: str = Channel.PAPER,
    day: date | None = None,
    scan: File | None = None,
    guardian_ref: str = "",
    notice: NoticeVersion | None = None,
) -> bool:
    """A guardian's permission of one kind; twice is once, answers whether it is new.

    On paper (`day` stands on it, `scan` is its picture) somebody enters it; by a guardian's link `by` is
    None, `guardian_ref` says in history whose word it is (R11), and `notice` is what was read before.
    """
    if not guardian.strip():
        raise NoGuardian()
    _permission, made = Permission.objects.get_or_create(
        membership=membership,
        kind=PermissionKind(kind).value,
        withdrawn_at=None,
        defaults={"guardian": guardian.strip(), "at": now, "day": day, "scan": scan, "notice": notice},
    )
    if made:
        whose = {"guardian": guardian_ref} if guardian_ref else {}
        record_member("permission.give", membership, now=now, by=by, channel=channel, kind=kind, **whose)
        unready.tell_permission(membership, kind, now)
    return made


@transaction.atomic
def withdraw_permission(
    *,
    membership: Membership,
    kind: str,
    by: Person | None,
    now: datetime,
    channel: str = Channel.WEB,
    guardian_ref: str = "",
) -> bool:
    """A guardian takes a permission back; what it allowed stops at once, a pair rests in the same moment.

    Answers whether there was one to take back.
    """
    taken = Permission.objects.filter(membership=membership, kind=kind, withdrawn_at__isnull=True)
    if not taken.update(withdrawn_at=now):
        return False
    whose = {"guardian": guardian_ref} if guardian_ref else {}
    record_member("permission.withdraw", membership, now=now, by=by, channel=channel, kind=kind, **whose)
    if kind == PermissionKind.TAKING_PART:
        unready.tell(membership, now)
    unready.tell_permission(membership, kind, now)
    return True
