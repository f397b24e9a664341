"""Asking to be erased: confirmed by a code, with two weeks in which it can be taken back."""

import logging
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.access import allowed
from varpa.kernel.compiled import compiled
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.tokens import digest_of
from varpa.matching.models import GOING, Run
from varpa.people.models import Appointment, Person
from varpa.privacy import letters
from varpa.privacy.actions.erasing import erase_person
from varpa.privacy.models import Erasure, ErasureState
from varpa.programmes.access import managed_ids
from varpa.programmes.models import OVER, Membership, MembershipState, Role
from varpa.programmes.queries import STAFF
from varpa.support.access import CaseAction
from varpa.support.models import OPEN as OPEN_CASES
from varpa.support.models import Case

log = logging.getLogger("varpa.worker")

GRACE: Final = timedelta(days=14)
LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
A_DAY: Final = 5


class NoAddress(Refusal):
    sentence = _(
        "No address is written down to which a code could go. Ask the project manager for it on paper."
    )


class TooOften(Refusal):
    sentence = _("Codes were asked for several times today. Try again tomorrow.")


class WrongCode(Refusal):
    sentence = _("This is not the code, or it is too old. Look at the newest letter, or ask for a new code.")


class WaitsAlready(Refusal):
    sentence = _("This person is to be erased already; the day stands on the page.")


class LastManager(Refusal):
    sentence = _(
        "Nobody else manages the programme “{programme}”. Ask the lead partner to appoint somebody; "
        "then everything can be erased."
    )


class OnlyLeadPartner(Refusal):
    sentence = _(
        "Nobody else is staff of “{organisation}”. Somebody else has to be appointed first; then everything "
        "can be erased."
    )


class CaseIsOpen(Refusal):
    """Whoever helps needs the words; safety comes before."""

    sentence = _(
        "Something that was told is still being looked after. Once it is closed, everything can be erased."
    )


class MatchingGoes(Refusal):
    sentence = _("Matching is at work on these people. Wait until it is done, or cancel it.")


class ElsewhereToo(Refusal):
    sentence = _(
        "The person also takes part in a programme that you do not run. Ask the lead partner: whoever runs "
        "all of the programmes can write the request down."
    )


class IsStaff(Refusal):
    sentence = _("Whoever runs programmes asks for it on their own page, never through somebody else.")


def hindrances(person: Person, asks: Person | None) -> Iterator[Refusal]:
    """What must be settled first, as far as `asks` may know; None: all of it, for the worker that erases.

    Whoever is not told of a case or a worry does not learn from a refusal that there is one (R8): the request
    is taken, and waits. A running pair is none: it ends without blame.
    """
    for mine in _managed_alone(person=person):
        yield LastManager(programme=mine.programme)
    for each in _staff_alone(person=person):
        yield OnlyLeadPartner(organisation=each.organisation)
    if _open_cases(person, asks):
        yield CaseIsOpen()
    if _runs(person=person):
        yield MatchingGoes()


@compiled()
def _managed_alone(person: Person) -> QuerySet[Membership]:
    """Memberships of a person who manages a programme that nobody else manages."""
    here = Membership.objects.exclude(programme__state__in=OVER)
    manage = here.filter(role=Role.MANAGER, state=MembershipState.ACCEPTED)
    others = manage.filter(programme=OuterRef("programme")).exclude(person=person)
    return manage.filter(~Exists(others), person=person).select_related("programme")


@compiled()
def _staff_alone(person: Person) -> QuerySet[Appointment]:
    working = Appointment.objects.filter(ended_at=None, person__is_active=True)
    others = working.filter(organisation=OuterRef("organisation")).exclude(person=person)
    return working.filter(~Exists(others), person=person).select_related("organisation")


def _open_cases(person: Person, asks: Person | None) -> bool:
    members = Membership.objects.filter(person=person).order_by().values("pk")
    theirs = Q(teller__in=members) | Q(worry__membership__in=members) | Q(handler=person)
    cases = Case.objects.filter(theirs, state__in=OPEN_CASES)
    return (cases if asks is None else allowed(CaseAction.READ, asks, cases)).exists()


@compiled()
def _runs(person: Person) -> QuerySet[Run, int]:
    mine = Membership.objects.filter(person=person).order_by().values("programme")
    return Run.objects.filter(programme__in=mine, state__in=GOING).order_by().values_list("pk", flat=True)[:1]


def _require_free(person: Person, asks: Person | None) -> None:
    for refusal in hindrances(person, asks):
        raise refusal


@transaction.atomic
def ask(*, person: Person, now: datetime) -> Erasure:
    """Have a code mailed with which the wish is confirmed; a newer code ends an older one.

    Raises NoAddress, TooOften, WaitsAlready, and what `hindrances` says.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if not person.email:
        raise NoAddress()
    if Erasure.objects.filter(person=person, state=ErasureState.WAITING).exists():
        raise WaitsAlready()
    if Erasure.objects.filter(person=person, asked_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise TooOften()
    _require_free(person, person)
    for earlier in Erasure.objects.filter(person=person, state=ErasureState.ASKED):
        move(earlier, "take_back", settled_at=now, code="")
    code = f"{secrets.randbelow(1_000_000):06}"
    wish = Erasure(person=person, by=person, asked_at=now)
    wish.code = _sealed(wish, code)
    wish.save(force_insert=True)
    record("person.ask_erasure", person, now=now, by=person, details={"erasure": wish.ref})
    letters.send_code(wish, code, now=now)
    return wish


def confirm(*, person: Person, code: str, now: datetime) -> Erasure:
    """Write the code: from now the two weeks run. Raises WrongCode (counted), and what `hindrances` says."""
    wish = Erasure.objects.filter(person=person, state=ErasureState.ASKED, asked_at__gt=now - LASTS).first()
    if wish is None or not _tried(wish, code.replace(" ", "")):
        raise WrongCode()
    return _confirmed(wish, now)


@transaction.atomic
def _confirmed(wish: Erasure, now: datetime) -> Erasure:
    _require_free(wish.person, wish.person)
    move(wish, "confirm", confirmed_at=now, due_at=now + GRACE, code="")
    record("person.confirm_erasure", wish.person, now=now, by=wish.by, details={"erasure": wish.ref})
    letters.tell_waiting(wish, now=now)
    return wish


@transaction.atomic
def ask_on_paper(*, membership: Membership, by: Person, now: datetime, ref: str = "") -> Erasure:
    """Staff enters what somebody, or a guardian, has asked for on paper; the two weeks run from now.

    One `ref` is entered once. Raises IsStaff, ElsewhereToo, WaitsAlready, AlreadyMoved where it was taken
    back meanwhile, and what `hindrances` says.
    """
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    known = Erasure.objects.filter(ref=ref).first()
    if known and known.person_id == person.pk:
        if known.state == ErasureState.TAKEN_BACK:
            raise AlreadyMoved()
        return known
    members = Membership.objects.filter(person=person)
    if (
        Appointment.objects.filter(person=person, ended_at=None).exists()
        or members.filter(role__in=STAFF).exists()
    ):
        raise IsStaff()
    if members.exclude(programme__in=managed_ids(by)).exists():
        raise ElsewhereToo()
    if not person.is_active or Erasure.objects.filter(person=person, state=ErasureState.WAITING).exists():
        raise WaitsAlready()
    _require_free(person, by)
    for earlier in Erasure.objects.filter(person=person, state=ErasureState.ASKED):
        move(earlier, "take_back", settled_at=now, code="")
    given = {"state": ErasureState.WAITING, "asked_at": now, "confirmed_at": now, "due_at": now + GRACE}
    wish = Erasure(person=person, by=by, channel=Channel.PAPER, **given)
    wish.ref = wish.ref if known else ref or wish.ref
    wish.save(force_insert=True)
    details = {"erasure": wish.ref}
    record(
        "person.confirm_erasure",
        person,
        now=now,
        by=by,
        behalf=person,
        channel=Channel.PAPER,
        details=details,
    )
    letters.tell_waiting(wish, now=now)
    return wish


@transaction.atomic
def take_back(*, wish: Erasure, by: Person, now: datetime) -> None:
    """Nothing is erased: the person says so, or staff for a request on paper. Raises AlreadyMoved."""
    move(wish, "take_back", settled_at=now, code="")
    behalf = wish.person if by.pk != wish.person_id else None
    channel = Channel.PAPER if behalf else Channel.WEB
    details = {"erasure": wish.ref}
    record("person.keep", wish.person, now=now, by=by, behalf=behalf, channel=channel, details=details)
    letters.tell_taken_back(wish, now=now)


def erase_due(now: datetime) -> int:
    """For the worker: erase whose two weeks are over; where something stands against it, it waits on."""
    waiting = Erasure.objects.filter(state=ErasureState.WAITING, settled_at=None, due_at__lte=now)
    return sum(_erase(wish, now) for wish in waiting.select_related("person", "by"))


def _erase(wish: Erasure, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _require_free(wish.person, None)
            move(wish, "erase", settled_at=now)
            erase_person(person=wish.person, by=None, now=now)
            _record_erased(wish, now)
    except Refusal as refusal:
        if not isinstance(refusal, AlreadyMoved):
            log.info("erasure %s waits (%s)", wish.ref, type(refusal).__name__)
        return False
    return True


def _record_erased(wish: Erasure, now: datetime) -> None:
    person, details = wish.person, {"erasure": wish.ref}
    record("person.erase", person, now=now, by=wish.by, behalf=person, channel=wish.channel, details=details)


def _sealed(wish: Erasure, code: str) -> str:
    return digest_of(f"{wish.ref}:{code}")


def _tried(wish: Erasure, code: str) -> bool:
    """Count a try, which a refusal must not undo; of many at once only so many count."""
    left = Erasure.objects.filter(pk=wish.pk, tries__lt=TRIES, state=ErasureState.ASKED)
    return bool(left.update(tries=F("tries") + 1)) and constant_time_compare(wish.code, _sealed(wish, code))
