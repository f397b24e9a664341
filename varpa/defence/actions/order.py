"""The order of a defence: drawn by a number that is shown, or moved by hand (R9)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions.days import OPEN_TO_CHANGE, TooLateToChange, hold
from varpa.defence.actions.lines import record_day
from varpa.defence.letters import days as letters
from varpa.defence.letters.placeless import tell_placeless
from varpa.defence.models import Defence, DefenceState, Recusal, Slot, SlotState
from varpa.defence.queries import drawn, plans_to_defend
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person


class NothingSubmitted(Refusal):
    sentence = _("No plan is submitted yet. Whoever is to present hands the plan in first.")


class NoPlaceLeft(Refusal):
    sentence = _("All places of this day are taken. Allow more, or plan another day for the others.")


class NotInOrder(Refusal):
    sentence = _("This presentation has been already, or is on: its place stays.")


@transaction.atomic
def draw_order(*, defence: Defence, seed: int, by: Person, now: datetime) -> None:
    """Draw the order of the submitted plans by a number; the same number draws the same order.

    Where there are more than the day has places, those drawn last wait for another day; whoever has heard of
    this one is told so. Whoever has stood back from a plan still does when it gets a place again.
    Raises TooLateToChange, NothingSubmitted.
    """
    hold(defence)
    if defence.state not in OPEN_TO_CHANGE:
        raise TooLateToChange()
    plans = drawn(plans_to_defend(defence), seed)[: defence.places]
    if not plans:
        raise NothingSubmitted()
    defence.slots.exclude(plan__in=plans).delete()
    known = set(defence.slots.values_list("plan", flat=True))
    for place, plan in enumerate(plans, start=1):
        Slot.objects.update_or_create(
            defence=defence, plan=plan, defaults={"place": place, "state": SlotState.WAITING}
        )
    _stand_back_still(defence)
    Defence.objects.filter(pk=defence.pk).update(seed=seed)
    defence.seed = seed
    _tell_new(defence, [plan for plan in plans if plan.pk not in known], now)
    if defence.state != DefenceState.DRAFT:
        tell_placeless(defence, now=now)
    _record("defence.draw", defence, now=now, by=by, seed=seed, slots=len(plans))


@transaction.atomic
def add_late(*, defence: Defence, by: Person, now: datetime) -> int:
    """Plans that were submitted after the draw, behind everybody else; answers how many.

    Raises TooLateToChange, NoPlaceLeft.
    """
    hold(defence)
    if defence.is_over or defence.rehearsal_of_id:
        raise TooLateToChange()
    last = defence.slots.aggregate(last=Max("place"))["last"] or 0
    late = list(
        plans_to_defend(defence).exclude(defence_slots__defence=defence).order_by("submitted_at", "pk")
    )
    free = max(defence.places - defence.slots.count(), 0) if defence.places else None
    if late and free == 0:
        raise NoPlaceLeft()
    late = late[:free]
    slots = [Slot(defence=defence, plan=plan, place=place) for place, plan in enumerate(late, start=last + 1)]
    Slot.objects.bulk_create(slots)
    _stand_back_still(defence)
    _tell_new(defence, late, now)
    if slots:
        _record("defence.add_late", defence, now=now, by=by, slots=len(slots))
    return len(slots)


@transaction.atomic
def move_slot(*, slot: Slot, up: bool, by: Person, now: datetime) -> None:
    """Let somebody present one place earlier or later; at the end of the list nothing changes."""
    defence = slot.defence
    hold(defence)
    if defence.is_over:
        raise TooLateToChange()
    waiting = list(defence.slots.filter(state=SlotState.WAITING))
    here = next((place for place, each in enumerate(waiting) if each.pk == slot.pk), None)
    if here is None:
        raise NotInOrder()
    there = here - 1 if up else here + 1
    if not 0 <= there < len(waiting):
        return
    other = waiting[there]
    mine = waiting[here].place
    Slot.objects.filter(pk=slot.pk).update(place=other.place)
    Slot.objects.filter(pk=other.pk).update(place=mine)
    _record("defence.move", defence, now=now, by=by, places=1)


def _tell_new(defence: Defence, plans: list[BusinessPlan], now: datetime) -> None:
    """Once the day is announced, whoever gets a place in it is told of it."""
    if defence.state != DefenceState.DRAFT and not defence.rehearsal_of_id:
        letters.tell_late(defence, [(plan.membership.person, False) for plan in plans], now=now)


def _stand_back_still(defence: Defence) -> None:
    """Whoever stood back from a plan that had lost its place stands back from its new one."""
    place = Slot.objects.filter(defence=defence, plan=OuterRef("plan")).order_by().values("pk")[:1]
    apart = Recusal.objects.filter(juror__defence=defence, slot=None).exclude(plan=None)
    apart.update(slot=Subquery(place))


def _record(verb: str, defence: Defence, *, now: datetime, by: Person, **details: int) -> None:
    record_day(verb, defence, defence, now=now, by=by, details=details)
