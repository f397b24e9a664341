"""The day of a defence: made, changed, announced, begun, finished (methodology §10, R9)."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.defence.actions.favourite import settle_favourite
from varpa.defence.actions.lines import record_day
from varpa.defence.actions.links import replace_link
from varpa.defence.actions.reckoning import sets_differ
from varpa.defence.letters import days as letters
from varpa.defence.letters.placeless import tell_placeless
from varpa.defence.models import ON_STAGE, Defence, DefenceState, Juror, Reckoning, SlotState
from varpa.defence.queries import day_of, guest_addresses, slots_of, standing_jurors
from varpa.history.actions import record
from varpa.kernel.once import make_once, require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.times import to_utc
from varpa.people.models import Person
from varpa.presentations.actions.submitting import defend_presentation
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE

SETTINGS = (
    "starts_local",
    "zone",
    "minutes",
    "break_after",
    "break_minutes",
    "place",
    "mode",
    "budget",
    "tie",
    "places",
)
TOLD = ("starts_at", "zone", "place")
"""What calendars know of a day: where one of these changes, everybody asked is told."""
BY_DEFAULT = (Role.MANAGER, Role.MENTOR)
OPEN_TO_CHANGE = (DefenceState.DRAFT, DefenceState.READY)


class NoSuchZone(Refusal):
    sentence = _("This time zone is not known.")


class TooLateToChange(Refusal):
    sentence = _("The day has begun: its rules stay as they were announced.")


class NobodyPresents(Refusal):
    sentence = _("Nobody presents yet. Draw the order first: it takes the plans that are submitted.")


class TooManyDrawn(Refusal):
    sentence = _("More are in the order than the day has places. Draw the order again, or allow more.")


class NoJurors(Refusal):
    sentence = _("There is no juror yet. Add one first.")


class SomebodyIsOnStage(Refusal):
    sentence = _("A presentation is still open. Close it first.")


class StillToCome(Refusal):
    sentence = _("Not everybody has presented. Let them present, or mark who is not here.")


@transaction.atomic
def make_defence(
    *, programme: Programme, seed: int, by: Person, now: datetime, ref: str = "", **settings: Any
) -> Defence:
    """A day on which plans are defended; its jurors are the managers and the mentors. Sent twice it is one.

    `settings` are those of SETTINGS. Raises NoSuchZone, HourDoesNotExist.
    """
    fields = {**_asked(settings), "seed": seed, "made_at": now}
    defence, made = make_once_of(programme, ref, fields)
    if made:
        gather_jurors(defence, now)
        record("defence.make", defence, now=now, by=by, programme_ref=programme.ref)
    return defence


def make_once_of(programme: Programme, ref: str, fields: dict[str, Any]) -> tuple[Defence, bool]:
    known = Defence.objects.filter(ref=ref, programme=programme).first() if ref else None
    if known:
        require_same(known, {name: value for name, value in fields.items() if name in SETTINGS})
        return known, False
    return make_once(Defence, ref=ref or new_ref(), fields=fields, programme=programme)


@transaction.atomic
def change_defence(*, defence: Defence, revision: int, by: Person, now: datetime, **settings: Any) -> None:
    """Other rules or hours, before the day begins; of another time or place everybody asked is told.

    Raises TooLateToChange, AlreadyMoved.
    """
    before = Defence.objects.get(pk=defence.pk)
    asked = _asked({**{name: getattr(defence, name) for name in SETTINGS}, **settings})
    standing = Defence.objects.filter(pk=defence.pk, state__in=OPEN_TO_CHANGE)
    changed = standing.filter(revision=revision).update(**asked, revision=revision + 1, turn=F("turn") + 1)
    if not changed:
        raise AlreadyMoved() if standing.exists() else TooLateToChange()
    defence.refresh_from_db()
    # Equal for all, always: nobody has given anything yet.
    Juror.objects.filter(defence=defence).update(budget=defence.budget)
    letters.move_links(defence, day_of(defence)[1])
    if any(getattr(before, name) != getattr(defence, name) for name in TOLD):
        _move(defence, before.starts_at, now)
    record("defence.change", defence, now=now, by=by, programme_ref=defence.programme.ref)


@transaction.atomic
def announce_defence(*, defence: Defence, by: Person, now: datetime) -> None:
    """The order stands: who presents, the jurors and the guests are told; who presents no more, that.

    Raises NobodyPresents, TooManyDrawn, NoJurors.
    """
    hold(defence)
    gather_jurors(defence, now)
    if not defence.slots.exists():
        raise NobodyPresents()
    if defence.places and defence.slots.count() > defence.places:
        raise TooManyDrawn()
    if not standing_jurors(defence).exists():
        raise NoJurors()
    _step(defence, "announce", by=by, now=now)
    letters.tell_announced(defence, now=now)
    tell_placeless(defence, now=now)


@transaction.atomic
def take_defence_back(*, defence: Defence, by: Person, now: datetime) -> None:
    """Prepare it once more; until it is announced again only those who run the programme see it."""
    _step(defence, "take_back", by=by, now=now)


@transaction.atomic
def begin_defence(*, defence: Defence, by: Person, now: datetime) -> None:
    """The day begins: from now on presentations can start. Its rehearsal is thrown away.

    Whoever has become a mentor or a manager since is a juror as well.
    """
    _step(defence, "begin", by=by, now=now)
    letters.tell_late(defence, [(each.person, True) for each in gather_jurors(defence, now)], now=now)
    Defence.objects.filter(rehearsal_of=defence).delete()


@transaction.atomic
def finish_defence(*, defence: Defence, by: Person, now: datetime) -> None:
    """The day is over: plans are defended, certificates have numbers, each mentee is told of the own words,
    the hall's favourite is known.

    Raises SomebodyIsOnStage, StillToCome.
    """
    hold(defence)
    states = set(defence.slots.values_list("state", flat=True))
    if states & set(ON_STAGE):
        raise SomebodyIsOnStage()
    if SlotState.WAITING in states:
        raise StillToCome()
    _step(defence, "finish", by=by, now=now, closed_at=now)
    settle_favourite(defence)
    if defence.invests and sets_differ(defence):
        Defence.objects.filter(pk=defence.pk).update(reckoning=Reckoning.WAITS)
        defence.reckoning = Reckoning.WAITS
    for slot in slots_of(defence).filter(state=SlotState.CLOSED):
        plan = slot.plan
        if plan is None:
            # Of a rehearsal no plan is defended, and nobody is told.
            continue
        if BusinessPlan.objects.filter(pk=plan.pk, state=PlanState.SUBMITTED).exists():
            move(plan, "defend")
        defend_presentation(plan.membership)
        letters.tell_result(slot, defence, now=now)


def _move(defence: Defence, was_at: datetime, now: datetime) -> None:
    """Tell of another time or place: whoever has a slot or a seat, once the day is announced, and guests."""
    Defence.objects.filter(pk=defence.pk).update(sequence=F("sequence") + 1)
    defence.refresh_from_db(fields=["sequence"])
    if defence.rehearsal_of_id:
        return
    letters.forget_unsent(defence, now=now)
    if defence.state == DefenceState.READY:
        letters.tell_moved(defence, was_at, now=now)
    for juror in letters.invited_guests(defence):
        if letters.tell_guest_moved(juror, defence, now=now):
            continue
        # The letter with the link never went: it goes anew, and says the new time.
        replace_link(juror, now=now)


def hold(defence: Defence) -> None:
    """Hold the day's row until the end of the transaction, and tell the pages that something has changed."""
    Defence.objects.filter(pk=defence.pk).update(turn=F("turn") + 1)
    defence.refresh_from_db(fields=["state", "turn", "seed", "places"])


def gather_jurors(defence: Defence, now: datetime) -> list[Juror]:
    """Managers and mentors who are not jurors yet; whoever was taken off stays off, a guest a guest.

    Answers who is new.
    """
    members = Membership.objects.filter(
        programme=defence.programme_id,
        role__in=BY_DEFAULT,
        # Whose pair has come to its end before the day is an investor all the same (methodology §10).
        state__in=LIVE,
    ).exclude(person__in=defence.jurors.exclude(person=None).values("person"))
    lacking = {each.person: None for each in members.select_related("person").order_by("role", "pk")}
    guests = guest_addresses(defence) if lacking else set()
    return [add_person(defence, each, now) for each in lacking if (each.email or "").lower() not in guests]


def gather_late(now: datetime) -> int:
    """For the schedule: whoever was let in after a day was announced is its juror too, and told of it."""
    announced = Defence.objects.filter(state=DefenceState.READY, rehearsal_of=None)
    return sum(_gather_late(each, now) for each in announced.select_related("programme").order_by("pk"))


@transaction.atomic
def _gather_late(defence: Defence, now: datetime) -> int:
    # Of two workers one at a time; a day that has begun meanwhile has gathered them itself.
    if Defence.objects.select_for_update().get(pk=defence.pk).state != DefenceState.READY:
        return 0
    new = gather_jurors(defence, now)
    letters.tell_late(defence, [(each.person, True) for each in new], now=now)
    return len(new)


def add_person(defence: Defence, person: Person, now: datetime) -> Juror:
    """A juror with an account, with the budget that all have."""
    given = {"name": person.name, "language": person.language, "budget": defence.budget, "at": now}
    return Juror.objects.create(defence=defence, person=person, **given)


def _step(defence: Defence, step: str, *, by: Person, now: datetime, **changes: Any) -> None:
    move(defence, step, **changes)
    hold(defence)
    record_day(f"defence.{step}", defence, defence, now=now, by=by)


def _asked(settings: dict[str, Any]) -> dict[str, Any]:
    if settings["zone"] not in available_timezones():
        raise NoSuchZone()
    return {"places": None, **settings, "starts_at": to_utc(settings["starts_local"], settings["zone"])}
