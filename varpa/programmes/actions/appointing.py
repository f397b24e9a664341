"""Who runs a programme: found by the address or new, appointed, told; and released."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can, move
from varpa.people.actions import NoName, add_person
from varpa.people.models import Person
from varpa.people.queries import by_address
from varpa.programmes import letters
from varpa.programmes.actions.memberships import add_member, record_member, withdraw_member
from varpa.programmes.actions.roles import sign_in_anew
from varpa.programmes.models import Membership, MembershipState, Programme, Role


class NoAddress(Refusal):
    """A manager works here; without an address nobody can sign in."""

    sentence = _("Write the e-mail address of the manager: codes for signing in go there.")


class NotAManager(Refusal):
    sentence = _("This person does not manage the programme.")


def require_known(name: str, address: str) -> None:
    """Raise NoName where nobody has this address yet, and no name is written beside it."""
    if address.strip() and not name.strip() and by_address(address) is None:
        raise NoName()


@transaction.atomic
def appoint_manager(*, programme: Programme, person: Person, by: Person | None, now: datetime) -> Membership:
    """Make a person manager of a programme; twice is once, and who has left may come back."""
    known = Membership.objects.filter(programme=programme, person=person, role=Role.MANAGER).first()
    if known is None:
        return add_member(
            programme=programme,
            person=person,
            role=Role.MANAGER,
            state=MembershipState.ACCEPTED,
            by=by,
            now=now,
        )
    if can(known, "appoint"):
        move(known, "appoint")
        record_member("membership.appoint", known, now=now, by=by)
        sign_in_anew(known, by)
    return known


@transaction.atomic
def invite_manager(*, programme: Programme, name: str, address: str, by: Person, now: datetime) -> Membership:
    """Appoint whoever has this address, else a new person of this name, and write to them.

    The name of somebody who is already here stays as it is. Twice is once, with one letter.
    """
    if not address.strip():
        raise NoAddress()
    person = by_address(address) or add_person(
        name=name, email=address, language=by.language, zone=programme.zone, by=by, now=now
    )
    running = Membership.objects.filter(
        programme=programme, person=person, role=Role.MANAGER, state=MembershipState.ACCEPTED
    )
    already = running.exists()
    membership = appoint_manager(programme=programme, person=person, by=by, now=now)
    if not already:
        letters.tell_appointed(membership, now=now)
    return membership


@transaction.atomic
def release_manager(*, membership: Membership, by: Person, now: datetime) -> None:
    """A manager stops managing; staff of the lead partner still can. Raises AlreadyMoved the second time."""
    if membership.role != Role.MANAGER:
        raise NotAManager()
    withdraw_member(membership=membership, by=by, now=now)
