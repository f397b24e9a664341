"""Who was there: ticked on the list, by the code on the spot, or from the list signed on paper (R1, R11)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.base import File as Upload
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.actions.places import hold_row
from varpa.events.models import Attendance, Event, EventState, How, Sheet
from varpa.files import actions as files
from varpa.files.models import File
from varpa.files.queries import sent_before
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.clock import zone_of
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.memberships import mark_trained, unmark_trained
from varpa.programmes.models import Membership, MembershipState
from varpa.programmes.queries import LIVE, methodology_of

MOST_SHEETS: Final = 20
LARGEST: Final = 10 * files.MEGABYTE
CHANNELS: Final = {How.LIST: Channel.WEB, How.CODE: Channel.WEB, How.PAPER: Channel.PAPER}


class NotOn(Refusal):
    """Neither a draft nor a cancelled event has anybody who was there."""

    sentence = _("This event is not on, so nobody can be entered as present.")


class NotYet(Refusal):
    sentence = _("The event has not begun yet.")


class NotToday(Refusal):
    sentence = _("The code counts on the day of the event only. Ask whoever leads the event.")


class NotAMemberHere(Refusal):
    sentence = _("Only accepted members of the programme can be entered.")


class ScanFirst(Refusal):
    sentence = _("Attach the scan or a photograph of the signed list first; then enter who signed it.")


class SheetNeeded(Refusal):
    """How it is known that they were there would be seen nowhere any more."""

    sentence = _(
        "By this list it is known who was there, so its only scan stays. Attach another scan first, or take "
        "back the entries of those who signed."
    )


class TooManySheets(Refusal):
    sentence = _("An event has at most {most} sheets. Take one away first.")


@transaction.atomic
def mark_present(
    *, event: Event, members: Iterable[Membership], by: Person, now: datetime, how: str = How.LIST
) -> list[Attendance]:
    """Staff enters who was there; whoever is there already stays as entered first. Answers who is new."""
    hold_row(event)
    _require_on(event, now)
    if how == How.PAPER and not event.sheets.filter(withdrawn_at=None).exists():
        raise ScanFirst()
    entered = [_enter(event, each, how, by, now) for each in members]
    return [each for each in entered if each is not None]


@transaction.atomic
def mark_self(*, event: Event, membership: Membership, by: Person, now: datetime) -> Attendance | None:
    """A member has scanned the code on the spot: present, on the day of the event only. Twice is once."""
    hold_row(event)
    if event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise NotOn()
    if not is_today(event, now):
        raise NotToday()
    return _enter(event, membership, How.CODE, by, now)


@transaction.atomic
def take_presence_back(*, attendance: Attendance, by: Person, now: datetime) -> None:
    """Somebody was entered by mistake: the row stays, and counts no more; nor does the training (R1)."""
    standing = Attendance.objects.filter(pk=attendance.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=now):
        return
    event, member = attendance.event, attendance.membership
    _record("event.absent", event, member, by=by, now=now, how=attendance.how)
    if is_first_training(event) and not _still_there(event, member):
        for each in (member, *_others(event, member)):
            unmark_trained(membership=each, note=_note(event), by=by, now=now)


@transaction.atomic
def add_sheet(*, event: Event, upload: "Upload[Any]", by: Person, now: datetime, ref: str = "") -> Sheet:
    """Attach a scan of the signed list. Sent twice with one `ref` it is one; raises `files.refusals`."""
    hold_row(event)
    _require_on(event, now)
    checked = files.check(upload, kinds=files.PAPERS, largest=LARGEST)
    known = sent_before(event.sheets.all(), ref, checked.sha256)
    if known:
        return known
    if event.sheets.filter(withdrawn_at=None).count() >= MOST_SHEETS:
        raise TooManySheets(most=MOST_SHEETS)
    free = ref if ref and not Sheet.objects.filter(ref=ref).exists() else new_ref()
    kept: File = files.keep_checked(checked=checked, about_kind="sheet", about_ref=free, by_id=by.pk, now=now)
    sheet = Sheet.objects.create(ref=free, event=event, file=kept, by=by, at=now)
    record("event.sheet", event, now=now, by=by, channel=Channel.PAPER, programme_ref=event.programme.ref)
    return sheet


@transaction.atomic
def take_sheet_back(*, sheet: Sheet, by: Person, now: datetime) -> None:
    """A sheet was attached by mistake; twice is once. The last one stays while it is why somebody counts."""
    event = sheet.event
    hold_row(event)
    signed = event.attendances.filter(withdrawn_at=None, how=How.PAPER)
    if signed.exists() and not event.sheets.filter(withdrawn_at=None).exclude(pk=sheet.pk).exists():
        raise SheetNeeded()
    if Sheet.objects.filter(pk=sheet.pk, withdrawn_at=None).update(withdrawn_at=now):
        files.withdraw(file=sheet.file, now=now)
        record("event.sheet_back", event, now=now, by=by, programme_ref=event.programme.ref)


def is_today(event: Event, now: datetime) -> bool:
    """Whether the event is on today, by the clock of its own zone; one over midnight is on both days."""
    zone = zone_of(event.zone)
    first = event.starts_at.astimezone(zone).date()
    last = (event.starts_at + timedelta(minutes=event.minutes)).astimezone(zone).date()
    return first <= now.astimezone(zone).date() <= last


def is_first_training(event: Event) -> bool:
    """Whether being there is the training without which nobody meets anybody one to one (R1)."""
    trainings = methodology_of(event.programme).training
    return bool(event.training and trainings and trainings[0].key == event.training)


def _require_on(event: Event, now: datetime) -> None:
    if event.state not in (EventState.ANNOUNCED, EventState.HELD):
        raise NotOn()
    if event.starts_at > now and not is_today(event, now):
        raise NotYet()


def _enter(event: Event, member: Membership, how: str, by: Person, now: datetime) -> Attendance | None:
    if member.programme_id != event.programme_id or member.state not in LIVE:
        raise NotAMemberHere()
    try:
        with transaction.atomic():
            row = Attendance.objects.create(event=event, membership=member, how=how, by=by, at=now)
    except IntegrityError:
        row = None
    if row:
        _record("event.present", event, member, by=by, now=now, how=how)
    if is_first_training(event):
        # Also on the second time: another role may have been accepted since the first.
        _train(event, member, by, now)
    return row


def _train(event: Event, member: Membership, by: Person, now: datetime) -> None:
    """It is the person who was there: whatever else this person is in the programme is trained as well."""
    for each in (member, *_others(event, member)):
        if each.state == MembershipState.ACCEPTED:
            each.programme = event.programme
            mark_trained(membership=each, by=by, now=now, note=_note(event))


def _others(event: Event, member: Membership) -> list[Membership]:
    """The person's other memberships of the programme."""
    own = Membership.objects.filter(programme=event.programme_id, person=member.person_id)
    return list(own.exclude(pk=member.pk).select_related("person", "programme"))


def _still_there(event: Event, member: Membership) -> bool:
    """Whether the person stays entered, in another role."""
    there = event.attendances.filter(withdrawn_at=None, membership__person=member.person_id)
    return there.exists()


def _note(event: Event) -> str:
    """Which event a step of preparation rests on."""
    return f"event:{event.ref}"


def _record(verb: str, event: Event, member: Membership, *, by: Person, now: datetime, how: str) -> None:
    record(
        verb,
        event,
        now=now,
        by=by,
        behalf=None if by.pk == member.person_id else member.person,
        channel=CHANNELS[How(how)],
        programme_ref=event.programme.ref,
        details={"membership": member.ref, "how": how},
    )
