"""A minor's guardian: written down, sent a link, sent it again, taken off; and the permission on paper."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.files.models import File
from varpa.guardians import letters
from varpa.guardians.models import Guardian, GuardianLink, Worry
from varpa.guardians.queries.guardians import asked_kinds, said_no
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.actions.permissions import NoGuardian, record_permission
from varpa.programmes.ages import ages_of
from varpa.programmes.models import Membership, PermissionKind, Role
from varpa.programmes.queries import today_of

MOST = 2
OWN_ASKING = 3
SCANS = files.IMAGES | files.PAPERS


class NoPermissionChosen(Refusal):
    sentence = _("Choose at least one thing that the guardian permits.")


class OnlyForMentees(Refusal):
    sentence = _("A guardian permits what a mentee does; others decide for themselves.")


class NothingToPermit(Refusal):
    sentence = _("No guardian has to permit anything here: the mentee is of age or no longer takes part.")


class TwoGuardians(Refusal):
    sentence = _("Two guardians are written down already. Take one off first.")


class OwnAddress(Refusal):
    sentence = _("This is the mentee’s own address. Write that of a parent or guardian.")


class AnotherSaidNo(Refusal):
    sentence = _("{name} has answered no: {kinds}. It counts as given once nobody says no. Talk with both.")


class NotYetSigned(Refusal):
    sentence = _("The day on the paper lies in the future. Write the day on which it was signed.")


class NotKnown(Refusal):
    sentence = _("This guardian was taken off. Write the guardian down anew.")


class AskedTooOften(Refusal):
    sentence = _(
        "A new letter was asked for several times today. Look for it in the mailbox, also among spam."
    )


@transaction.atomic
def add_guardian(
    *,
    membership: Membership,
    name: str,
    address: str,
    language: str,
    by: Person,
    now: datetime,
    ref: str = "",
) -> Guardian:
    """Write a guardian down and send the link. The same address twice is once.

    Raises OnlyForMentees, NothingToPermit, NoGuardian, OwnAddress, TwoGuardians.
    """
    require_asked(membership, now)
    name, address = " ".join(name.split()), address.strip()
    if not name:
        raise NoGuardian()
    if address.lower() == (membership.person.email or "").lower():
        raise OwnAddress()
    _hold(membership)
    standing = Guardian.objects.filter(membership=membership, withdrawn_at=None)
    known = standing.filter(address__iexact=address).first()
    if known:
        return known
    if standing.count() >= MOST:
        raise TwoGuardians()
    given = {"name": name, "address": address, "language": language, "by": by, "at": now}
    guardian = Guardian.objects.create(membership=membership, **given)
    record_of(guardian, "guardian.add", by=by, now=now)
    send_link(guardian=guardian, by=by, now=now, ref=ref)
    return guardian


@transaction.atomic
def send_link(*, guardian: Guardian, by: Person | None, now: datetime, ref: str = "") -> GuardianLink:
    """Mail a new link; earlier ones no longer open, and reminders follow until all is answered.

    The token is in the letters alone. With one `ref` it is sent once. `by` None: the guardian asks, which
    is limited a day (AskedTooOften). Raises NotKnown, NothingToPermit.
    """
    _hold(guardian.membership)
    known = GuardianLink.objects.filter(ref=ref, guardian=guardian).first() if ref else None
    if known:
        return known
    guardian.refresh_from_db(fields=["withdrawn_at"])
    if guardian.withdrawn_at:
        raise NotKnown()
    if by:
        require_asked(guardian.membership, now)
    else:
        _require_seldom(guardian, now)
    token = secrets.token_urlsafe(32)
    days = ages_of(guardian.membership.country).link_days
    given = {"digest": digest_of(token), "by": by, "at": now, "expires_at": now + timedelta(days=days)}
    link = GuardianLink.objects.create(guardian=guardian, ref=free_ref(GuardianLink, ref), **given)
    record_of(guardian, "guardian.send", by=by, now=now)
    letters.send_link(link, token, bool(asked_kinds(guardian.membership, now)), now=now)
    return link


@transaction.atomic
def revoke_links(*, guardian: Guardian, by: Person, now: datetime) -> None:
    """Let no link of a guardian open any more, until somebody sends a new one."""
    letters.end_links(guardian, now=now)
    standing = GuardianLink.objects.filter(guardian=guardian, revoked_at=None)
    if standing.update(revoked_at=now):
        record_of(guardian, "guardian.revoke", by=by, now=now)


@transaction.atomic
def take_off(*, guardian: Guardian, by: Person, now: datetime) -> None:
    """This one is no guardian to write to: links close. What was permitted stands until it is withdrawn."""
    revoke_links(guardian=guardian, by=by, now=now)
    if Guardian.objects.filter(pk=guardian.pk, withdrawn_at=None).update(withdrawn_at=now):
        record_of(guardian, "guardian.take_off", by=by, now=now)


@transaction.atomic
def record_permissions(
    *,
    membership: Membership,
    kinds: Collection[str],
    guardian: str,
    by: Person,
    now: datetime,
    day: date | None = None,
    scan: "Upload[Any] | None" = None,
) -> None:
    """A guardian's paper: what it permits, each on its own; what stands already stays (R1, R11).

    `day` stands on it, `scan` is its picture or PDF. Raises OnlyForMentees, NoPermissionChosen, NotYetSigned,
    AnotherSaidNo, NoGuardian where the name is missing, and the refusals of `files`.
    """
    if membership.role != Role.MENTEE:
        raise OnlyForMentees()
    if not kinds or not set(kinds) <= set(PermissionKind.values):
        raise NoPermissionChosen()
    if day and day > today_of(membership.programme, now):
        raise NotYetSigned()
    if not guardian.strip():
        raise NoGuardian()
    _hold(membership)
    _require_nobody_against(membership, kinds)
    kept = _kept(scan, membership, by, now) if scan else None
    given: dict[str, Any] = {
        "membership": membership,
        "guardian": guardian,
        "day": day,
        "scan": kept,
        "by": by,
        "now": now,
    }
    for kind in PermissionKind.values:
        if kind in kinds:
            record_permission(kind=kind, **given)
    letters.end_if_answered(membership, now=now)


def _kept(scan: "Upload[Any]", membership: Membership, by: Person, now: datetime) -> File:
    owner = {"about_kind": "membership", "about_ref": membership.ref}
    return files.keep(upload=scan, kinds=SCANS, largest=files.LARGEST, by_id=by.pk, now=now, **owner)


def record_of(guardian: Guardian, verb: str, *, by: Person | None, now: datetime, **details: str) -> None:
    """A line of history about the mentee, with the guardian: whose doing it is where `by` is None."""
    record_member(verb, guardian.membership, now=now, by=by, guardian=guardian.ref, **details)


def digest_of(token: str) -> str:
    """What is kept of a link's token: it is long and random, so that a plain digest tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def require_asked(membership: Membership, now: datetime) -> None:
    """Raises OnlyForMentees or NothingToPermit where no guardian is asked anything."""
    if membership.role != Role.MENTEE:
        raise OnlyForMentees()
    if not asked_kinds(membership, now):
        raise NothingToPermit()


def free_ref(model: type[GuardianLink] | type[Worry], ref: str) -> str:
    """The reference that a form was given, unless something else has taken it."""
    return ref if ref and not model.objects.filter(ref=ref).exists() else new_ref()


def _hold(membership: Membership) -> None:
    # Two guardians, two managers or two clicks: one after the other.
    Membership.objects.select_for_update().get(pk=membership.pk)


def _require_seldom(guardian: Guardian, now: datetime) -> None:
    lately = GuardianLink.objects.filter(guardian=guardian, by=None, at__gt=now - timedelta(days=1))
    if lately.count() >= OWN_ASKING:
        raise AskedTooOften()


def _require_nobody_against(membership: Membership, kinds: Collection[str]) -> None:
    labels = dict(PermissionKind.choices)
    for name, refused in said_no(membership).items():
        against = [str(labels[kind]) for kind in PermissionKind.values if kind in refused and kind in kinds]
        if against:
            raise AnotherSaidNo(name=name, kinds=", ".join(against))
