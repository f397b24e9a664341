"""Jurors: guests by a link that opens on the day, the lead partner's people, taken off again (R9)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.defence.actions.days import add_person, hold
from varpa.defence.actions.links import mail_link
from varpa.defence.funding import count, may_fund
from varpa.defence.letters import days as letters
from varpa.defence.models import OVER, Defence, DefenceState, Juror, JurorLink, Listener, Slot, SlotState
from varpa.defence.queries import guest_addresses, standing_jurors
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Appointment, Person


class DayIsOver(Refusal):
    sentence = _("The day is over: no more jurors are asked.")


class IsAJuror(Refusal):
    sentence = _("Whoever has this address is a juror already, with an account, and needs no link.")


class WasAJuror(Refusal):
    sentence = _("Whoever has this address has an account and was taken off the jury. Put this juror back.")


class MadeUp(Refusal):
    sentence = _("In a rehearsal the jurors are made up, and nobody is written to.")


class NoGuestName(Refusal):
    sentence = _("Write the name of the guest, as it will stand in the protocol.")


class NoAccountNoLink(Refusal):
    sentence = _("This juror signs in and needs no link.")


class WasTakenOff(Refusal):
    sentence = _("This juror was taken off. Invite the guest anew.")


@transaction.atomic
def invite_guest(
    *, defence: Defence, name: str, address: str, language: str, by: Person, now: datetime
) -> Juror:
    """Write a guest down and send the link; the same address twice is one guest, with one budget.

    Raises DayIsOver, MadeUp, NoGuestName, IsAJuror, WasAJuror.
    """
    hold(defence)
    _require_open(defence)
    name, address = " ".join(name.split()), address.strip()
    if not name:
        raise NoGuestName()
    accounts = defence.jurors.filter(person__email__iexact=address)
    if accounts.exists():
        raise IsAJuror() if accounts.filter(withdrawn_at=None).exists() else WasAJuror()
    known = defence.jurors.filter(person=None, address__iexact=address)
    if known.exists() and not known.filter(withdrawn_at=None).exists():
        return _ask_anew(known.latest("pk"), by=by, now=now)
    given = {"name": name, "language": language, "budget": defence.budget, "at": now}
    try:
        with transaction.atomic():
            juror = Juror.objects.create(defence=defence, address=address, **given)
    except IntegrityError:
        return known.get(withdrawn_at=None)
    _record("juror.invite", juror, now=now, by=by)
    send_juror_link(juror=juror, by=by, now=now)
    return juror


@transaction.atomic
def send_juror_link(*, juror: Juror, by: Person, now: datetime, ref: str = "") -> JurorLink:
    """Mail a new link; earlier ones no longer open. With one `ref` it is sent once."""
    held = Juror.objects.select_for_update().get(pk=juror.pk)
    known = JurorLink.objects.filter(ref=ref, juror=juror).first() if ref else None
    if known:
        return known
    _require_open(juror.defence)
    if held.person_id:
        raise NoAccountNoLink()
    if held.withdrawn_at:
        raise WasTakenOff()
    link = mail_link(juror, now=now, ref=ref)
    _record("juror.send", juror, now=now, by=by)
    return link


@transaction.atomic
def revoke_links(*, juror: Juror, by: Person, now: datetime) -> None:
    """Let no link of this guest open any more, until a new one is sent."""
    letters.end_links(juror, now=now)
    if JurorLink.objects.filter(juror=juror, revoked_at=None).update(revoked_at=now):
        _record("juror.revoke", juror, now=now, by=by)


@transaction.atomic
def take_juror_off(*, juror: Juror, by: Person, now: datetime) -> None:
    """A juror no more: links close, presentations that are not closed do not count the budget.

    Whoever has said nothing all day was not there: then the closed ones do not count it either.
    """
    hold(juror.defence)
    _require_open(juror.defence)
    revoke_links(juror=juror, by=by, now=now)
    if Juror.objects.filter(pk=juror.pk, withdrawn_at=None).update(withdrawn_at=now):
        _count_anew(juror)
        _record("juror.take_off", juror, now=now, by=by)


@transaction.atomic
def put_juror_back(*, juror: Juror, by: Person, now: datetime) -> None:
    """A juror again, with what was left of the budget; a guest needs a new link.

    Presentations that were closed before the juror was taken off count the budget again; one that was closed
    meanwhile counts what the juror had said to it.

    Raises AlreadyMoved, also where the same human sits there in another way.
    """
    hold(juror.defence)
    _require_open(juror.defence)
    if _sits_otherwise(juror):
        raise AlreadyMoved()
    try:
        with transaction.atomic():
            changed = Juror.objects.filter(pk=juror.pk).exclude(withdrawn_at=None).update(withdrawn_at=None)
    except IntegrityError as error:
        raise AlreadyMoved() from error
    if not changed:
        raise AlreadyMoved()
    _hear_again(juror)
    _count_anew(juror)
    _record("juror.put_back", juror, now=now, by=by)


@transaction.atomic
def add_lead_partner(*, defence: Defence, by: Person, now: datetime) -> int:
    """The lead partner's people as jurors too, but for those who are guests; answers how many are new.

    Once the day is announced they are told of it.
    """
    hold(defence)
    _require_open(defence)
    # Whoever was taken off is put back by hand: another row would be another budget.
    known = defence.jurors.exclude(person=None).values("person")
    staff = Appointment.objects.filter(organisation=defence.programme.organisation_id, ended_at=None)
    people = Person.objects.filter(pk__in=staff.values("person")).exclude(pk__in=known).order_by("pk")
    guests = guest_addresses(defence)
    new = [person for person in people if (person.email or "").lower() not in guests]
    added = [add_person(defence, person, now) for person in new]
    for juror in added:
        _record("juror.add", juror, now=now, by=by)
    if defence.state != DefenceState.DRAFT:
        letters.tell_late(defence, [(juror.person, True) for juror in added], now=now)
    return len(added)


def _ask_anew(juror: Juror, *, by: Person, now: datetime) -> Juror:
    """A guest who was taken off comes back with what was left of the budget, by a new link."""
    put_juror_back(juror=juror, by=by, now=now)
    juror.withdrawn_at = None
    send_juror_link(juror=juror, by=by, now=now)
    return juror


def _sits_otherwise(juror: Juror) -> bool:
    """By an account beside the link, or the other way round."""
    standing = standing_jurors(juror.defence)
    if juror.person is None:
        return bool(juror.address) and standing.filter(person__email__iexact=juror.address).exists()
    address = juror.person.email
    return bool(address) and standing.filter(person=None, address__iexact=address).exists()


def _hear_again(juror: Juror) -> None:
    """A listener of what was closed meanwhile, where the juror had spoken: no word of a juror is lost."""
    spoken = Slot.objects.filter(words__juror=juror, state=SlotState.CLOSED)
    for slot in spoken.exclude(listeners__juror=juror):
        if may_fund(juror, slot):
            Listener.objects.create(slot=slot, juror=juror)


def _count_anew(juror: Juror) -> None:
    """What the juror's seat changes: a budget counts for whoever has spoken on the day, or is a juror.

    The listeners stay written down, so that a juror taken off by mistake comes back as before;
    `listeners_counted` leaves them out meanwhile.
    """
    for slot in Slot.objects.filter(listeners__juror=juror, state=SlotState.CLOSED):
        count(slot)


def _require_open(defence: Defence) -> None:
    if not Defence.objects.filter(pk=defence.pk).exclude(state__in=OVER).exists():
        raise DayIsOver()
    if defence.rehearsal_of_id:
        raise MadeUp()


def _record(verb: str, juror: Juror, *, now: datetime, by: Person) -> None:
    record(verb, juror, now=now, by=by, programme_ref=juror.defence.programme.ref)
