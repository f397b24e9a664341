"""The second step of signing in, and passkeys: set up, named, removed, reset (quality §4); another address.

Each ends the sessions of the person; the view keeps the one in which it was done.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.factors import letters
from varpa.factors.access import needs_second
from varpa.factors.links import Link
from varpa.factors.queries import SECOND, has_second, runs_more
from varpa.history.actions import line, record, record_all
from varpa.history.models import Channel, Line
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refusals import Refusal
from varpa.people.actions import change_address, end_sessions
from varpa.people.models import Appointment, Person
from varpa.people.queries import by_address, came_in
from varpa.programmes.models import Membership
from varpa.programmes.queries import LIVE

MOST_PASSKEYS = 10
LINK_LASTS = timedelta(days=1)
MOST_ASKED, MOST_CORRECTED = 10, 40
"""A day: letters that somebody has sent to prove an address, and addresses that a manager corrects."""


class AppAlready(Refusal):
    """Two tabs: the second secret would put the first one out of use."""

    sentence = _("An app is set up already. Remove it first if another one is to take its place.")


class TooManyPasskeys(Refusal):
    sentence = _("There are {most} passkeys already. Remove one that is not used any more.")


class GoneAlready(Refusal):
    sentence = _("This was removed already. Nothing was changed.")


class NothingSetUp(Refusal):
    """Recovery codes open what is set up; where nothing is, there is nothing to open or to reset."""

    sentence = _("No second step is set up. Nothing was changed.")


class LastOfStaff(Refusal):
    """Whoever sees data of many people is never without one."""

    sentence = _(
        "Whoever runs programmes needs a second step. Set up another one first, then remove this one."
    )


class NotYourself(Refusal):
    """Whoever has taken over a mailbox and a session must not get rid of the second step by it."""

    sentence = _("Your own second step is reset by somebody else who runs the programme.")


class StaffReset(Refusal):
    """A manager of one programme does not weaken the door to all of them."""

    sentence = _("{name} works for the lead partner: its staff resets the second step.")


class SameAddress(Refusal):
    sentence = _("This is the address that is in use already.")


class LinkUsed(Refusal):
    """Used already, or everything was signed out since, which ends what was under way."""

    sentence = _("This link holds no longer. If the address is still to change, ask anew on “My page”.")


class HasComeIn(Refusal):
    """Whoever changes the address of somebody who writes here could read what they wrote (principle 7)."""

    sentence = _(
        "{name} has been here already, so nobody else changes the address: it is done on “My page”. Whoever "
        "has lost the old mailbox asks whoever runs the server."
    )


class NotOnlyYours(Refusal):
    """By an address one could become whoever runs more than oneself."""

    sentence = _(
        "{name} runs a programme, or takes part in one that you do not run. Ask whoever runs the server."
    )


@transaction.atomic
def ask_for_address(*, person: Person, address: str, now: datetime) -> None:
    """Write to a new address, to prove that it is the person's. Until then nothing is changed.

    Nobody learns here whose an address is: one of somebody else gets a letter too, and no link.
    Raises SameAddress, TooMuchAtOnce.
    """
    if address == (person.email or ""):
        raise SameAddress()
    asked = Line.objects.filter(actor=person.pk, verb="person.address_ask")
    require_pace(asked, most=MOST_ASKED, within=DAY, now=now)
    if by_address(address):
        letters.tell_address_taken(person, address, now=now)
    else:
        until = now + LINK_LASTS
        link = Link(person.ref, address, person.email or "", person.sessions_ended, until)
        letters.ask_to_prove(person, link, now=now)
    record("person.address_ask", person, now=now, by=person)


@transaction.atomic
def prove_address(*, link: Link, now: datetime) -> Person:
    """Whoever holds the link reads the new mailbox: the address is changed. Raises LinkUsed, AddressTaken."""
    person = Person.objects.select_for_update().filter(ref=link.person, is_active=True).first()
    if person is None or now >= link.until or link.ended != person.sessions_ended:
        raise LinkUsed()
    change_address(
        person=person, address=link.address, was=link.was, now=now, by=person, channel=Channel.MAIL
    )
    letters.forget_asked(person, now=now)
    letters.tell_address_changed(person, link.was, by=None, now=now)
    return person


@transaction.atomic
def correct_address(
    *, person: Person, address: str, was: str, by: Person | None, now: datetime, channel: str = Channel.WEB
) -> None:
    """Put right where the letters of somebody go who has never come in: a slip in a list.

    `by` nobody: at the command line of the server, where everybody's may be changed.
    Raises SameAddress, HasComeIn, NotOnlyYours, TooMuchAtOnce, AddressChanged, AddressTaken.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    if address == (held.email or ""):
        raise SameAddress()
    if by is not None:
        _require_correctable(held, by, now)
    change_address(person=held, address=address, was=was, now=now, by=by, channel=channel)
    letters.forget_asked(held, now=now)
    letters.tell_address_changed(held, was, by=by, now=now)


def _require_correctable(person: Person, by: Person, now: datetime) -> None:
    if came_in(person):
        raise HasComeIn(name=person.name)
    if runs_more(person, by):
        raise NotOnlyYours(name=person.name)
    corrected = Line.objects.filter(actor=by.pk, verb="person.address")
    require_pace(corrected, most=MOST_CORRECTED, within=DAY, now=now)


@transaction.atomic
def ask_for_second(*, person: Person, now: datetime) -> datetime:
    """Ask somebody who needs a second step to set it up; answers from when on it is needed.

    The days begin when it is asked for the first time.
    """
    if person.second_asked_at is None:
        person.second_asked_at = now
        person.save(update_fields=["second_asked_at"])
        record("person.second_asked", person, now=now, by=None)
    return person.second_asked_at + timedelta(days=settings.SECOND_STEP_DAYS)


@transaction.atomic
def set_up_app(*, person: Person, secret: str, now: datetime) -> Authenticator:
    """An app that shows codes, with the `secret` that it has read; recovery codes come with it."""
    _hold(person)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        raise AppAlready()
    made = TOTP.activate(person, secret).instance
    _added(person, "app", now)
    return made


@transaction.atomic
def add_passkey(*, person: Person, name: str, credential: dict[str, Any], now: datetime) -> Authenticator:
    """A passkey of which the library has checked that the person has it (`credential`)."""
    _hold(person)
    own = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    if own.count() >= MOST_PASSKEYS:
        raise TooManyPasskeys(most=MOST_PASSKEYS)
    made = WebAuthn.add(person, name, credential).instance
    _added(person, "passkey", now)
    return made


@transaction.atomic
def rename_passkey(*, person: Person, key: int, name: str, now: datetime) -> None:
    """Call a passkey so that its owner knows on which device it is."""
    _hold(person)
    own = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN, pk=key).first()
    if own is None:
        raise GoneAlready()
    own.data["name"] = name
    own.save(update_fields=["data"])
    record("person.passkey_name", person, now=now, by=person)


@transaction.atomic
def remove(*, person: Person, key: int, now: datetime) -> None:
    """Remove the app or one passkey; with the last one the recovery codes go. Staff keep one."""
    _hold(person)
    steps = Authenticator.objects.filter(user=person, type__in=SECOND)
    own = steps.filter(pk=key).first()
    if own is None:
        raise GoneAlready()
    others = steps.exclude(pk=key).exists()
    if not others and needs_second(person):
        raise LastOfStaff()
    what = "app" if own.type == Authenticator.Type.TOTP else "passkey"
    own.delete()
    if not others:
        Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    record("person.second_remove", person, now=now, by=person, details={"what": what})
    letters.tell_removed(person, what, now=now)


@transaction.atomic
def renew_codes(*, person: Person, now: datetime) -> None:
    """New recovery codes; the earlier ones stop working."""
    _hold(person)
    if not has_second(person):
        raise NothingSetUp()
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    end_sessions(person)
    record("person.second_codes", person, now=now, by=person)
    letters.tell_set_up(person, "codes", now=now)


@transaction.atomic
def reset(*, person: Person, by: Person | None, now: datetime, channel: str = Channel.WEB) -> None:
    """Take off all that a person signs in with beside the code by mail: the phone is lost.

    By somebody else who runs the programme, or at the command line by whoever runs the server (by None).
    Staff then set it up anew at once: no days are given.
    """
    _hold(person)
    if by is not None and by.pk == person.pk:
        raise NotYourself()
    if by is not None and not _above(by, person):
        raise StaffReset(name=person.name)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise NothingSetUp()
    if needs_second(person):
        person.second_asked_at = now - timedelta(days=settings.SECOND_STEP_DAYS)
        person.save(update_fields=["second_asked_at"])
    end_sessions(person)
    _record_reset(person, by, now, channel)
    letters.tell_reset(person, by, now=now)


def _record_reset(person: Person, by: Person | None, now: datetime, channel: str) -> None:
    """In the log of each programme and each lead partner of the person: who looks after them sees it."""
    written = partial(line, "person.second_reset", now=now, by=by, channel=channel, behalf=person)
    live = Membership.objects.filter(person=person, state__in=LIVE)
    refs = dict.fromkeys(live.order_by("pk").values_list("programme__ref", flat=True))
    lines = [written(person, programme_ref=ref) for ref in refs]
    lines += [written(each.organisation) for each in _appointments(person)]
    record_all(lines or [written(person)])


def _above(by: Person, person: Person) -> bool:
    """Whoever is staff of a lead partner is reset by staff of the same."""
    works_for = _appointments(person).values("organisation")
    return not works_for.exists() or _appointments(by).filter(organisation__in=works_for).exists()


def _appointments(person: Person) -> QuerySet[Appointment]:
    """For which lead partners a person works."""
    return Appointment.objects.filter(person=person, ended_at=None).select_related("organisation")


def _added(person: Person, what: str, now: datetime) -> None:
    RecoveryCodes.activate(person)
    end_sessions(person)
    record("person.second_add", person, now=now, by=person, details={"what": what})
    letters.tell_set_up(person, what, now=now)


def _hold(person: Person) -> None:
    """Two at once come one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
