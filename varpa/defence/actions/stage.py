"""What the host does while plans are presented: start, pause, extend, close, skip, open again (R9)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.businessplans.queries import submitted_version
from varpa.defence.actions.days import SomebodyIsOnStage, hold
from varpa.defence.actions.lines import record_day
from varpa.defence.funding import count, heard_by
from varpa.defence.models import Defence, DefenceState, Listener, Slot, SlotState
from varpa.defence.queries import spoken
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.people.models import Person
from varpa.presentations.actions.submitting import put_before_jurors

MOST_MINUTES = 120


class DayIsNotOn(Refusal):
    sentence = _("The defence is not going on now. Begin the day first.")


class PlanTakenBack(Refusal):
    sentence = _("{name} has taken the plan back. Skip, or mark as not here.")


class IsLast(Refusal):
    sentence = _("Everybody else stands before this presentation already; its place stays.")


class LengthIsWrong(Refusal):
    sentence = _("Write how many minutes to add, from 1 to 120.")


class WasClosed(Refusal):
    """What was sealed stays so: neither the money nor the plan goes back."""

    sentence = _("This presentation was closed once, so it has been. Close it again when all is set right.")


class JurorsHaveSpoken(Refusal):
    sentence = _(
        "A juror has written or given something already, so it has begun. Close it; or pause it until it can "
        "go on."
    )


@transaction.atomic
def start_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """The presentation begins: its time runs, jurors can write. Raises SomebodyIsOnStage, PlanTakenBack."""
    defence = _hold(slot)
    plan = slot.presented
    # From now on the plan cannot be taken back: what the jurors hear is what they fund.
    if slot.plan and not _submitted(slot.plan).update(presented_at=now):
        raise PlanTakenBack(name=slot.name)
    if slot.plan:
        put_before_jurors(slot.member, now)
    ends = now + timedelta(minutes=defence.minutes)
    changes = {"began_at": now, "ends_at": ends, "version": submitted_version(plan) if plan else None}
    _move(slot, "start", by=by, now=now, **changes)


@transaction.atomic
def undo_start(*, slot: Slot, by: Person, now: datetime) -> None:
    """It has not begun after all, as nothing was said to it yet. Raises WasClosed, JurorsHaveSpoken."""
    _hold(slot)
    if slot.first_closed_at:
        raise WasClosed()
    _move(slot, "undo", by=by, now=now, began_at=None, ends_at=None, left=0)
    # Only now is the row held: a word that was on its way is counted, a later one finds nothing open.
    if spoken(slot).exists():
        raise JurorsHaveSpoken()
    if slot.plan:
        _submitted(slot.plan).update(presented_at=None)
        put_before_jurors(slot.member, None)


@transaction.atomic
def pause_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """The time stands still; jurors can go on writing."""
    _hold(slot)
    left = max(0, int((slot.ends_at - now).total_seconds())) if slot.ends_at else 0
    _move(slot, "pause", by=by, now=now, left=left, ends_at=None)


@transaction.atomic
def resume_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """The time runs on with what was left of it."""
    _hold(slot)
    _move(slot, "go_on", by=by, now=now, ends_at=now + timedelta(seconds=slot.left), left=0)


@transaction.atomic
def extend_slot(*, slot: Slot, minutes: int, by: Person, now: datetime) -> None:
    """Some minutes more. Time that has run out begins anew now. Raises LengthIsWrong."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise LengthIsWrong()
    _hold(slot)
    if slot.state == SlotState.RUNNING and slot.ends_at:
        ends = max(slot.ends_at, now) + timedelta(minutes=minutes)
        changed = Slot.objects.filter(pk=slot.pk, state=SlotState.RUNNING).update(ends_at=ends)
    else:
        paused = Slot.objects.filter(pk=slot.pk, state=SlotState.PAUSED)
        changed = paused.update(left=F("left") + minutes * 60)
    if not changed:
        raise AlreadyMoved()
    slot.refresh_from_db(fields=["ends_at", "left"])
    _record("slot.extend", slot, now=now, by=by, minutes=minutes)


@transaction.atomic
def close_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """The words are sealed; what was given, and by whose budgets it is divided, is fixed."""
    _hold(slot)
    first = slot.first_closed_at or now
    _move(slot, "close", by=by, now=now, closed_at=now, first_closed_at=first, ends_at=None, left=0)
    heard = list(heard_by(slot))
    slot.listeners.all().delete()
    Listener.objects.bulk_create(Listener(slot=slot, juror=juror) for juror in heard)
    count(slot)


@transaction.atomic
def reopen_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """Open a closed presentation again, so that a juror can set something right; it stays in the history.

    Who could fund it stays written down: whoever is taken off meanwhile loses no sealed vote.
    """
    _hold(slot)
    _move(slot, "reopen", by=by, now=now, closed_at=None, received=0, eligible=0)


@transaction.atomic
def skip_slot(*, slot: Slot, by: Person, now: datetime) -> None:
    """Present later: behind everybody else. Raises IsLast where nobody else is left, AlreadyMoved."""
    defence = _hold(slot)
    if slot.state != SlotState.WAITING:
        raise AlreadyMoved()
    if not defence.slots.filter(state=SlotState.WAITING, place__gt=slot.place).exists():
        raise IsLast()
    last = defence.slots.aggregate(last=Max("place"))["last"] or 0
    if not Slot.objects.filter(pk=slot.pk, state=SlotState.WAITING).update(place=last + 1):
        raise AlreadyMoved()
    _record("slot.skip", slot, now=now, by=by)


@transaction.atomic
def mark_absent(*, slot: Slot, by: Person, now: datetime) -> None:
    """Not here today: nothing is held against anybody, the plan stays submitted."""
    _hold(slot)
    _move(slot, "absent", by=by, now=now)


@transaction.atomic
def mark_here(*, slot: Slot, by: Person, now: datetime) -> None:
    """Has come after all."""
    _hold(slot)
    _move(slot, "here", by=by, now=now)


def _submitted(plan: BusinessPlan) -> QuerySet[BusinessPlan]:
    return BusinessPlan.objects.filter(pk=plan.pk, state=PlanState.SUBMITTED)


def _hold(slot: Slot) -> Defence:
    defence = slot.defence
    hold(defence)
    if defence.state != DefenceState.RUNNING:
        raise DayIsNotOn()
    slot.refresh_from_db(fields=["state", "place", "ends_at", "left", "first_closed_at"])
    return defence


def _move(slot: Slot, step: str, *, by: Person, now: datetime, **changes: Any) -> None:
    try:
        with transaction.atomic():
            move(slot, step, **changes)
    except IntegrityError as error:
        # Of one defence one presents at a time.
        raise SomebodyIsOnStage() from error
    _record(f"slot.{step}", slot, now=now, by=by)


def _record(verb: str, slot: Slot, *, now: datetime, by: Person, **details: int) -> None:
    record_day(verb, slot, slot.defence, now=now, by=by, details=details)
