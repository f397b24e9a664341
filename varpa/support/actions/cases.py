"""Telling that something is wrong, and working on it (R8). Nobody is blamed."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians.actions.worries import read_worry
from varpa.guardians.models import Tells, Worry
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.messaging.models import Message
from varpa.pairs.actions.pairs import NotOneOfTheTwo
from varpa.pairs.models import Pair, Side
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.partners import outside_of
from varpa.support.letters import cases as letters
from varpa.support.models import (
    OPEN,
    Case,
    CaseLine,
    CaseState,
    Concerns,
    Door,
    Outcome,
    Reported,
    Wish,
)
from varpa.support.queries.cases import handlers_of, is_followed_by_both, lead_for, pair_of, read_by
from varpa.support.queries.doors import begun_pair_of
from varpa.support.queries.staff import handling, managers_of

CASES_A_DAY = 10


class NoWords(Refusal):
    sentence = _("Write in a few words what is wrong. One sentence is enough.")


class NotToReport(Refusal):
    """One's own message, one of another pair, or one that was taken back before anybody reported it."""

    sentence = _(
        "This message cannot be reported: it was taken back. Tell what has happened in your own words."
    )


class ToldOften(Refusal):
    sentence = _("Much has been told today, and all of it has arrived. If it is urgent, call.")


class NobodyElse(Refusal):
    """Nor would the other door help: behind it stands whom it is about. So a way outside is named."""

    sentence = _(
        "There is nobody here who could read this without being concerned, so it was sent to nobody. "
        "Outside of this programme: {contact}"
    )


class SayWhichManager(Refusal):
    sentence = _(
        "Everybody who could read this has managed the programme too. Choose which manager it is about: then "
        "the others read it, and that one does not."
    )


class NotYours(Refusal):
    sentence = _("Only whoever told it can take it back.")


class NotFollowed(Refusal):
    sentence = _("This is not about what you have told, so your words were shown to nobody.")


class NotHandled(Refusal):
    sentence = _("Somebody else works on this: it concerns you, or it was told to others.")


class NotForBoth(Refusal):
    sentence = _("The other of the two does not learn of this: write it to whoever told it.")


class NoOutcome(Refusal):
    sentence = _("Choose how it ended.")


class NobodyToPassTo(Refusal):
    sentence = _("This person cannot take it on. Choose somebody of the list.")


@transaction.atomic
def tell(
    *,
    membership: Membership,
    pair: Pair | None,
    door: str,
    kind: str,
    text: str,
    by: Person,
    now: datetime,
    concerns: str = Concerns.US,
    about: Person | None = None,
    wish: str = Wish.KNOW,
    confidential: bool = True,
    ref: str = "",
    reports: Message | None = None,
) -> Case:
    """One of the two tells the manager or the lead partner that something is wrong.

    What concerns the manager (`about`: which one) goes past every manager; what endangers the programme's
    goals reaches the lead partner too (methodology §3.1.11). `reports`: a message of the other, opened to
    those who handle it; it needs no words beside it. Told once for each `ref`. Raises NoWords, NotToReport,
    ToldOften, NobodyElse, SayWhichManager.
    """
    if membership.person_id != by.pk or (pair and membership.pk not in (pair.mentor_id, pair.mentee_id)):
        raise NotOneOfTheTwo()
    if reports:
        _require_reportable(reports, membership, pair)
    elif not text.strip():
        raise NoWords()
    # Whoever is in a pair tells of it by whatever road: nobody around it reads that.
    pair = pair or begun_pair_of(membership)
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    fields: dict[str, Any] = {"pair": pair, "door": door, "kind": kind, "concerns": concerns, "wish": wish}
    fields |= {"text": text.strip(), "confidential": confidential}
    known = Case.objects.filter(ref=ref, teller=membership).first() if ref else None
    if known is None and _told_today(membership, now) >= CASES_A_DAY:
        raise ToldOften()
    about = about_whom(membership.programme, concerns, about)
    managers, lead = told_to(membership.programme, pair, door, concerns, about)
    fields |= {"about": about, "with_managers": managers, "with_lead": lead} if known is None else {}
    clock = {"told_at": now, "read_by": read_by(membership.programme, kind, now)} if known is None else {}
    place = {"teller": membership, "programme": membership.programme}
    case, made = make_once(Case, ref=ref, fields={**fields, **clock}, **place)
    if made:
        if reports:
            Reported.objects.create(case=case, message=reports, text=reports.text)
        message = {"message": reports.ref} if reports else {}
        _record("case.tell", case, now=now, by=by, kind=kind, door=door, **message)
        letters.tell(case, handlers_of(case), now=now)
    return case


def _require_reportable(message: Message, membership: Membership, pair: Pair | None) -> None:
    own = pair is not None and pair.side_of(membership.pk) == message.side
    if pair is None or message.thread.pair_id != pair.pk or own or message.taken_back_at:
        raise NotToReport()


def _told_today(membership: Membership, now: datetime) -> int:
    return Case.objects.filter(teller=membership, told_at__gt=now - timedelta(days=1)).count()


def about_whom(programme: Programme, concerns: str, named: Person | None) -> Person | None:
    """The manager whom it concerns: the one who was named, else the only one there is."""
    if concerns != Concerns.MANAGER:
        return None
    managers = managers_of(programme, None)
    return named if named in managers else managers[0] if len(managers) == 1 else None


def told_to(
    programme: Programme, pair: Pair | None, door: str, concerns: str, about: Person | None
) -> tuple[bool, bool]:
    """Whether the managers, and whether the lead partner, handle it: somebody who is not concerned."""
    read = partial(handling, programme, pair, concerns=concerns)
    if concerns == Concerns.MANAGER:
        if read(managers=False, lead=True):
            return False, True
        if about and read(managers=True, lead=True, about=about.pk):
            return True, True
        others = [each.pk for each in managers_of(programme, None)] if about is None else []
        if any(read(managers=True, lead=True, about=each) for each in others):
            raise SayWhichManager()
        raise NobodyElse(contact=outside_of(programme))
    managers = door == Door.MANAGER and bool(read(managers=True, lead=False))
    lead = (not managers or concerns == Concerns.PROGRAMME) and bool(read(managers=False, lead=True))
    if not managers and not lead:
        raise NobodyElse(contact=outside_of(programme))
    return managers, lead


@transaction.atomic
def take_up_worry(*, worry: Worry, now: datetime) -> Case:
    """What a guardian or a school has told stands among the cases too, with the clock of its kind.

    The words stay where they are. What was told to the lead partner no manager handles. Twice is once.
    """
    programme, pair = worry.membership.programme, pair_of(worry.membership)
    managers = worry.to == Tells.MANAGER and bool(managers_of(programme, pair))
    concerns = Concerns.MANAGER if worry.to == Tells.ABOUT_MANAGER else Concerns.US
    fields = {
        "programme": programme,
        "pair": pair,
        "door": Door.MANAGER if worry.to == Tells.MANAGER else Door.LEAD_PARTNER,
        "kind": worry.kind,
        "concerns": concerns,
        "about": about_whom(programme, concerns, None),
        "confidential": worry.confidential,
        "with_managers": managers,
        "with_lead": not managers,
        "told_at": worry.at,
        "read_by": read_by(programme, worry.kind, worry.at),
    }
    case, made = Case.objects.get_or_create(worry=worry, defaults=fields)
    if made:
        _record("case.take_up", case, now=now, by=None, kind=case.kind, door=case.door)
        if worry.read_at and worry.read_by and case.state == CaseState.TOLD:
            move(case, "read", read_at=worry.read_at, handler=worry.read_by)
    return case


@transaction.atomic
def read_case(*, case: Case, by: Person, now: datetime) -> None:
    """Say that it is read and worked on; whoever told it gets a letter. Of two handlers the first has it."""
    _require_handler(case, by)
    passed_on = case.read_at is not None
    try:
        move(case, "read", read_at=now, handler=by)
    except AlreadyMoved:
        case.refresh_from_db(fields=["state", "read_at", "handler"])
        if case.state == CaseState.READ:
            return
        raise
    _record("case.read", case, now=now, by=by)
    if case.worry and not passed_on:
        read_worry(worry=case.worry, by=by, now=now)
    else:
        letters.tell_read(case, by, now=now)


@transaction.atomic
def write_line(
    *, case: Case, text: str, told: bool, by: Person, now: datetime, ref: str = "", both: bool = False
) -> CaseLine:
    """Write what is being done, told to whoever told it; or a note among the handlers. It is read by that.

    `both`: the other of the two is told it too. Raises NoWords, NotForBoth.
    """
    _require_handler(case, by)
    if not text.strip():
        raise NoWords()
    if both and not (told and is_followed_by_both(case)):
        raise NotForBoth()
    if case.state == CaseState.TOLD:
        read_case(case=case, by=by, now=now)
    if case.state != CaseState.READ:
        raise AlreadyMoved()
    fields = {"text": text.strip(), "told": told, "both": both, "by": by, "at": now}
    line, made = make_once(CaseLine, ref=ref, fields=fields, case=case)
    if made:
        _record("case.write", case, now=now, by=by, told=int(told), both=int(both))
        if told:
            letters.tell_step(case, line, now=now)
    return line


@transaction.atomic
def add_words(*, case: Case, text: str, by: Person, now: datetime, ref: str = "") -> Case:
    """Whoever follows a case answers by mail: a note for those who handle it, who are told that it came.

    What is no longer open is told anew, to the same ones. Twice is once. Raises NoWords, NotFollowed, and
    what `tell` raises.
    """
    membership = _follows(case, by)
    if not text.strip():
        raise NoWords()
    if case.state not in OPEN:
        same = {name: getattr(case, name) for name in ("pair", "door", "kind", "concerns", "confidential")}
        return tell(membership=membership, text=text, by=by, now=now, ref=ref, **same)
    fields = {"text": text.strip(), "told": False, "by": by, "at": now}
    line, made = make_once(CaseLine, ref=ref, fields=fields, case=case)
    if made:
        _record("case.add", case, now=now, by=by, channel=Channel.MAIL)
        handlers = handlers_of(case)
        own = [each for each in handlers if each == case.handler]
        letters.tell_added(case, line, own or handlers, now=now)
    return case


def _follows(case: Case, by: Person) -> Membership:
    """As whom one is told of a case: who told it, or where it is not confidential the other of the two."""
    if case.teller and case.teller.person_id == by.pk:
        return case.teller
    sides = [case.pair.member(side) for side in Side.values] if case.pair else []
    own = next((each for each in sides if each.person_id == by.pk), None)
    if own is None or case.teller is None or case.confidential:
        raise NotFollowed()
    return own


@transaction.atomic
def close_case(*, case: Case, outcome: str, by: Person, now: datetime, text: str = "") -> None:
    """Close it with what came of it; `text` goes to whoever told it alone. A second click changes nothing."""
    _require_handler(case, by)
    if outcome not in Outcome.values:
        raise NoOutcome()
    if case.state == CaseState.CLOSED and case.outcome == outcome:
        return
    if case.state == CaseState.TOLD:
        read_case(case=case, by=by, now=now)
    move(case, "close", closed_at=now, outcome=outcome)
    line = None
    if text.strip():
        line = CaseLine.objects.create(case=case, told=True, text=text.strip(), by=by, at=now)
    _record("case.close", case, now=now, by=by, outcome=outcome)
    letters.tell_closed(case, line, by, now=now)


@transaction.atomic
def take_back(*, case: Case, by: Person, now: datetime) -> None:
    """Whoever told it takes it back: it is settled, or was told by mistake. It stays readable."""
    if case.teller is None or case.teller.person_id != by.pk:
        raise NotYours()
    if case.state == CaseState.WITHDRAWN:
        return
    move(case, "withdraw", closed_at=now)
    _record("case.withdraw", case, now=now, by=by)
    letters.tell_taken_back(case, [case.handler] if case.handler else handlers_of(case), now=now)


@transaction.atomic
def pass_case(*, case: Case, to: Person | None, by: Person, now: datetime) -> None:
    """Hand an open case to another of those who may handle it; None: to the lead partner.

    Whoever takes it on is to read it, within the time of its kind; whoever told it learns who that is.
    """
    _require_handler(case, by)
    if case.state not in OPEN:
        raise AlreadyMoved()
    lead = lead_for(case)
    if to is None and not lead:
        raise NobodyToPassTo()
    if to is not None and to not in handlers_of(case):
        raise NobodyToPassTo()
    waits = to is not None or (case.state == CaseState.TOLD and case.with_lead)
    if to == case.handler and waits:
        return
    begin_anew(case, to, now=now, with_lead=case.with_lead or to is None)
    _record("case.pass", case, now=now, by=by, to=to.ref if to else "lead_partner")
    letters.tell_passed(case, [to] if to else lead, by, now=now)


def begin_anew(case: Case, to: Person | None, *, now: datetime, **readers: bool) -> None:
    """Others are to read it from now: its clock begins once more. Raises AlreadyMoved."""
    clock = {"read_by": read_by(case.programme, case.kind, now), "late_at": None}
    move(case, "pass", handler=to, **clock, **readers)


def _require_handler(case: Case, by: Person) -> None:
    if by not in handlers_of(case):
        raise NotHandled()


def _record(
    verb: str, case: Case, *, now: datetime, by: Person | None, channel: str = "", **details: str | int | None
) -> None:
    ref = case.programme.ref
    record(verb, case, now=now, by=by, channel=channel, programme_ref=ref, details=details)
