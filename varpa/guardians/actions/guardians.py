"""A minor's guardian: written down, sent a link, sent it again, taken off."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.models import Guardian, GuardianLink, SchoolLink, Worry
from varpa.guardians.queries.guardians import GONE, MOST, answers_of, asked_kinds, may_ask_again, said_no
from varpa.history.models import Channel
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.kernel.tokens import digest_of
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.actions.permissions import NoGuardian, record_permission
from varpa.programmes.ages import ages_in
from varpa.programmes.models import Membership, Role

OWN_ASKING = 3
A_DAY = 10
"""Links that are mailed for one mentee within a day, or to one school: no stranger's mailbox is filled."""


class OnlyForMentees(Refusal):
    sentence = _("A guardian permits what a mentee does; others decide for themselves.")


class NothingToPermit(Refusal):
    sentence = _("No guardian has to permit anything here: the mentee is of age or no longer takes part.")


class TwoGuardians(Refusal):
    sentence = _("Two guardians are written down already. Take one off first.")


class OwnAddress(Refusal):
    sentence = _("This is the mentee’s own address. Write that of a parent or guardian.")


class TakesPartToo(Refusal):
    """A mentor or mentee of the programme: then the permission would be given by whom it is asked about."""

    sentence = _(
        "This is the address of somebody who takes part in the programme. Write another address of the "
        "parent or guardian, or bring the paper signed at home to the project manager."
    )


class NoAddress(Refusal):
    sentence = _("No e-mail address of this guardian is known. Write the guardian down with one.")


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
    also_in: str = "",
) -> Guardian:
    """Write a guardian down and send the link. The same address twice is once; a paper's one gets an address.

    `also_in`: a language that the programme adds, besides `language`. Raises OnlyForMentees, NothingToPermit,
    NoGuardian, OwnAddress, TakesPartToo, TwoGuardians.
    """
    require_asked(membership, now)
    name, address = " ".join(name.split()), address.strip()
    if not name:
        raise NoGuardian()
    if address.lower() == (membership.person.email or "").lower():
        raise OwnAddress()
    if _takes_part(membership, address):
        raise TakesPartToo()
    hold(membership)
    standing = Guardian.objects.filter(membership=membership, withdrawn_at=None)
    known = standing.filter(address__iexact=address).first()
    if known:
        return known
    guardian = named(membership, name)
    if guardian and not guardian.address:
        guardian.address, guardian.language = address, language
        guardian.save(update_fields=["address", "language"])
    else:
        guardian = put_down(membership, name, address=address, language=language, by=by, now=now)
    if also_in:
        guardian.also_in = also_in
        guardian.save(update_fields=["also_in"])
    send_link(guardian=guardian, by=by, now=now, ref=ref)
    return guardian


@transaction.atomic
def send_link(*, guardian: Guardian, by: Person | None, now: datetime, ref: str = "") -> GuardianLink:
    """Mail a new link; earlier ones no longer open, and reminders follow until all is answered.

    The token is in the letters alone. With one `ref` it is sent once. `by` None: the guardian asks, which
    is limited a day (AskedTooOften). Raises NotKnown, NoAddress, NothingToPermit, TooMuchAtOnce.
    """
    hold(guardian.membership)
    known = GuardianLink.objects.filter(ref=ref, guardian=guardian).first() if ref else None
    if known:
        return known
    guardian.refresh_from_db(fields=["withdrawn_at"])
    if guardian.withdrawn_at:
        raise NotKnown()
    if not guardian.address:
        raise NoAddress()
    if by:
        require_asked(guardian.membership, now)
        asked = GuardianLink.objects.filter(guardian__membership=guardian.membership)
        require_pace(asked, most=A_DAY, within=DAY, now=now)
    else:
        _require_seldom(guardian, now)
    return _send(guardian, by, now, free_ref(GuardianLink, ref))


def tell_mentor(mentee: Membership, mentor: Membership, now: datetime) -> None:
    """A minor and a mentor begin: each guardian is told who that is, with a new link (product §2)."""
    if not asked_kinds(mentee, now):
        return
    for guardian in Guardian.objects.filter(membership=mentee, withdrawn_at=None).exclude(address=""):
        # Whose link somebody has taken back is sent none by itself.
        if may_ask_again(guardian):
            _send(guardian, None, now, new_ref(), mentor)


def _send(
    guardian: Guardian, by: Person | None, now: datetime, ref: str, mentor: Membership | None = None
) -> GuardianLink:
    token, membership = secrets.token_urlsafe(32), guardian.membership
    days = ages_in(membership.country, membership.programme.ages).link_days
    given = {"digest": digest_of(token), "by": by, "at": now, "expires_at": now + timedelta(days=days)}
    link = GuardianLink.objects.create(guardian=guardian, ref=ref, beside=mentor is not None, **given)
    record_of(guardian, "guardian.send", by=by, now=now)
    letters.send_link(link, token, bool(asked_kinds(membership, now)), now=now, mentor=mentor)
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
    """This one is no guardian to write to: links close. What was permitted stands until it is withdrawn.

    A no of this one counts no more: what another has permitted, and only that held up, is permitted now.
    """
    hold(guardian.membership)
    revoke_links(guardian=guardian, by=by, now=now)
    if Guardian.objects.filter(pk=guardian.pk, withdrawn_at=None).update(withdrawn_at=now):
        record_of(guardian, "guardian.take_off", by=by, now=now)
        _settle(guardian.membership, now)


def _settle(membership: Membership, now: datetime) -> None:
    refused = {kind for kinds in said_no(membership).values() for kind in kinds}
    for other in Guardian.objects.filter(membership=membership, withdrawn_at=None):
        given = [kind for kind, yes in answers_of(other).items() if yes and kind not in refused]
        for kind in sorted(set(given) & set(asked_kinds(membership, now))):
            about: dict[str, Any] = {"membership": membership, "kind": kind, "by": None, "now": now}
            said = other.answers.filter(kind=kind).select_related("notice").order_by("-pk").first()
            about |= {"guardian_ref": other.ref, "notice": said.notice if said else None}
            record_permission(guardian=other.name, channel=Channel.WEB, **about)


def _takes_part(membership: Membership, address: str) -> bool:
    """Whether somebody has this address who mentors, or is mentored, in the same programme."""
    both = Membership.objects.filter(programme=membership.programme_id, role__in=(Role.MENTOR, Role.MENTEE))
    return both.exclude(state__in=GONE).filter(person__email__iexact=address).exists()


def end_pointless_reminders(now: datetime) -> int:
    """For the schedule: who is asked nothing any more is reminded of nothing; answers how many letters end.

    The pupil was not taken, has left or came of age, or all is over.
    """
    if not (refs := letters.reminded()):
        return 0
    related = ("membership__person", "membership__programme__methodology_version")
    waiting = Guardian.objects.filter(ref__in=refs).select_related(*related)
    return letters.end_reminders([each for each in waiting if not asked_kinds(each.membership, now)], now=now)


def named(membership: Membership, name: str) -> Guardian | None:
    """The guardian of this name, whatever its case and accents, who was not taken off."""
    standing = Guardian.objects.filter(membership=membership, withdrawn_at=None)
    return next((each for each in standing if folded(each.name) == folded(name)), None)


def put_down(
    membership: Membership, name: str, *, address: str = "", language: str, by: Person, now: datetime
) -> Guardian:
    """One more guardian, who is not written to yet. Raises TwoGuardians."""
    if Guardian.objects.filter(membership=membership, withdrawn_at=None).count() >= MOST:
        raise TwoGuardians()
    given = {"name": name, "address": address, "language": language, "by": by, "at": now}
    guardian = Guardian.objects.create(membership=membership, **given)
    record_of(guardian, "guardian.add", by=by, now=now)
    return guardian


def record_of(
    guardian: Guardian,
    verb: str,
    *,
    by: Person | None,
    now: datetime,
    channel: str = Channel.WEB,
    **details: str,
) -> None:
    """A line of history about the mentee, with the guardian: whose doing it is where `by` is None."""
    given = {"guardian": guardian.ref, **details}
    record_member(verb, guardian.membership, now=now, by=by, channel=channel, **given)


def require_asked(membership: Membership, now: datetime) -> None:
    """Raises OnlyForMentees or NothingToPermit where no guardian is asked anything."""
    if membership.role != Role.MENTEE:
        raise OnlyForMentees()
    if not asked_kinds(membership, now):
        raise NothingToPermit()


def free_ref(model: type[GuardianLink | SchoolLink | Worry], ref: str) -> str:
    """The reference that a form was given, unless something else has taken it."""
    return ref if ref and not model.objects.filter(ref=ref).exists() else new_ref()


def hold(membership: Membership) -> None:
    """Two guardians, two managers or two clicks at once: one after the other."""
    Membership.objects.select_for_update().get(pk=membership.pk)


def _require_seldom(guardian: Guardian, now: datetime) -> None:
    lately = GuardianLink.objects.filter(
        guardian=guardian, by=None, beside=False, at__gt=now - timedelta(days=1)
    )
    if lately.count() >= OWN_ASKING:
        raise AskedTooOften()
