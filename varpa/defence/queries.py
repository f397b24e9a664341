"""What the pages of a defence read, and how money is counted (R9)."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.defence.models import (
    ON_STAGE,
    OVER,
    SHOWN,
    Defence,
    DefenceState,
    Juror,
    JurorLink,
    Listener,
    Slot,
    SlotState,
    Tie,
    Voice,
    Word,
)
from varpa.kernel.clock import zone_of
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import is_ref
from varpa.kernel.times import to_utc
from varpa.kernel.tokens import digest_of
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import LIVE

MILLIARD: Final = 1_000_000_000
"""Adjusted shares that differ by less than a milliardth are equal: they are reckoned with rounding."""


@dataclass(frozen=True)
class Line:
    """A slot in the order of the day, and when it is due to begin; None where nobody presents."""

    slot: Slot
    starts_at: datetime | None


@dataclass(frozen=True)
class Result:
    """What one presentation has got; `place` counts from 1 by the rule that was fixed beforehand."""

    slot: Slot
    place: int
    investors: int

    @property
    def share(self) -> Fraction:
        return share_of(self.slot)

    @property
    def fair(self) -> Fraction:
        """By which it is compared: where jurors could fund different plans, the adjusted share."""
        return self.share if self.slot.adjusted is None else adjusted_share(self.slot.adjusted)


def adjusted_share(estimated: float) -> Fraction:
    """What is estimated may leave what a share can be; nobody would have got less than nothing."""
    return Fraction(round(min(max(estimated, 0), 1) * MILLIARD), MILLIARD)


def defences_read(defences: QuerySet[Defence]) -> QuerySet[Defence]:
    return defences.select_related(
        "programme__methodology_version", "programme__organisation", "rehearsal_of__programme"
    )


def slots_read(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    return slots.select_related(
        "plan__membership__person",
        "of__plan__membership__person",
        "version",
        "defence__programme__methodology_version",
        "defence__programme__organisation",
    )


def jurors_read(jurors: QuerySet[Juror]) -> QuerySet[Juror]:
    return jurors.select_related(
        "person", "defence__programme__organisation", "defence__programme__methodology_version"
    )


def slots_of(defence: Defence) -> QuerySet[Slot]:
    """All slots in their order, with whose plan it is."""
    return _with_plans(defence.slots.all())


def _with_plans(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    return slots.select_related("plan__membership__person", "of__plan__membership__person", "version")


def on_stage(defence: Defence) -> Slot | None:
    """Who presents now, the time running or paused."""
    return next(iter(_of(defence, _on_stage(defence=defence))), None)


@compiled()
def _on_stage(defence: Defence) -> QuerySet[Slot]:
    return _with_plans(Slot.objects.filter(defence=defence, state__in=ON_STAGE))[:1]


def _of(defence: Defence, slots: list[Slot]) -> list[Slot]:
    """Slots with the day as the caller has it: it is not read again."""
    for slot in slots:
        slot.defence = defence
    return slots


def timetable(defence: Defence, slots: Iterable[Slot]) -> list[Line]:
    """When each is due by the plan of the day: whoever is not here takes no time."""
    lines, at, count = [], defence.starts_at, 0
    for slot in slots:
        if slot.state == SlotState.ABSENT:
            lines.append(Line(slot, None))
            continue
        if count and defence.break_after and count % defence.break_after == 0:
            at += timedelta(minutes=defence.break_minutes)
        lines.append(Line(slot, at))
        at += timedelta(minutes=defence.minutes)
        count += 1
    return lines


def submitted_plans(programme_id: int) -> QuerySet[BusinessPlan]:
    """The plans that are handed in and not defended yet."""
    return BusinessPlan.objects.filter(
        membership__programme=programme_id,
        membership__state__in=LIVE,
        state=PlanState.SUBMITTED,
        set_aside_at=None,
    )


def plans_to_defend(defence: Defence) -> QuerySet[BusinessPlan]:
    """The submitted plans of the programme that have no slot on another day still to come."""
    elsewhere = Slot.objects.exclude(defence=defence).exclude(defence__state__in=OVER).exclude(plan=None)
    plans = submitted_plans(defence.programme_id)
    return plans.exclude(pk__in=elsewhere.values("plan")).select_related("membership__person")


def drawn(plans: Iterable[BusinessPlan], seed: int) -> list[BusinessPlan]:
    """The plans in the order that a number draws: the same number, the same order."""
    found = sorted(plans, key=lambda plan: plan.ref)
    random.Random(seed).shuffle(found)
    return found


def standing_jurors(defence: Defence) -> QuerySet[Juror]:
    """The jurors who were not taken off."""
    return defence.jurors.filter(withdrawn_at=None)


def juror_of(defence: Defence, person: Person) -> Juror | None:
    return standing_jurors(defence).filter(person=person).first()


def guest_addresses(defence: Defence) -> set[str]:
    """The addresses of all guests, in small letters, taken off or not: one human, one budget."""
    guests = defence.jurors.filter(person=None).exclude(address="")
    return {address.lower() for address in guests.values_list("address", flat=True)}


def listeners_counted(slots: QuerySet[Slot]) -> QuerySet[Listener]:
    """Who could fund these presentations at their close, but for those taken off who were silent all day."""
    spoke = Word.objects.filter(juror=OuterRef("juror"))
    never_came = Q(juror__withdrawn_at__isnull=False) & ~Exists(spoke)
    return Listener.objects.filter(slot__in=slots).exclude(never_came)


def certified(number: str) -> Slot | None:
    """The presentation of a certificate, by its number; None where there is none."""
    done = {"state": SlotState.CLOSED, "defence__state": DefenceState.CLOSED, "defence__rehearsal_of": None}
    found = slots_read(Slot.objects.filter(number=number, **done))
    return found.first() if is_ref(number) else None


def share_of(slot: Slot) -> Fraction:
    """Money received ÷ budgets of those who were eligible; 0 where nobody was."""
    return Fraction(slot.received, slot.eligible) if slot.eligible else Fraction(0)


def results_of(defence: Defence) -> list[Result]:
    """For the protocol alone: the presentations by their shares, ties by the rule of the day.

    An investor is whose money was counted at the close: a listener.
    """
    # Of days closed before listeners were written down, whoever gave something.
    unknown = Q(received__gt=0) & ~Exists(Listener.objects.filter(slot=OuterRef("pk")))
    could = Q(words__juror__listened__slot=F("pk")) | unknown
    heard = Count("words", filter=Q(words__amount__gt=0) & could, distinct=True)
    slots = list(slots_of(defence).filter(state=SlotState.CLOSED).annotate(investors=heard))
    lots = {slot.pk: place for place, slot in enumerate(_lots(slots, defence.seed))}

    def key(slot: Slot) -> tuple[Fraction, int]:
        second = {Tie.INVESTORS: -getattr(slot, "investors", 0), Tie.LOTS: lots[slot.pk]}
        return -Result(slot, 0, 0).fair, second.get(Tie(defence.tie), 0)

    ordered = sorted(slots, key=key)
    keys = [key(slot) for slot in ordered]
    return [Result(slot, keys.index(key(slot)) + 1, getattr(slot, "investors", 0)) for slot in ordered]


def _lots(slots: Iterable[Slot], seed: int) -> list[Slot]:
    found = sorted(slots, key=lambda slot: slot.ref)
    random.Random(seed).shuffle(found)
    return found


def spoken(slot: Slot) -> QuerySet[Word]:
    """What jurors have said or given so far; a row that was emptied again is nothing."""
    return slot.words.exclude(convinced="", next="", amount=0)


def silent_jurors(defence: Defence) -> QuerySet[Juror]:
    """Jurors who have said and given nothing all day: as long as they are jurors, they have given 0."""
    said = Word.objects.filter(juror=OuterRef("pk")).exclude(convinced="", next="", amount=0)
    return standing_jurors(defence).filter(~Exists(said)).order_by("name", "pk")


def length_of(defence: Defence) -> int:
    """Minutes from the beginning to the end by the plan of the day; an hour while nobody stands in it."""
    count = defence.slots.exclude(state=SlotState.ABSENT).count()
    breaks = (count - 1) // defence.break_after if count and defence.break_after else 0
    return count * defence.minutes + breaks * defence.break_minutes or 60


def day_of(defence: Defence) -> tuple[datetime, datetime]:
    """From midnight to midnight where the defence is: as long as a guest's link opens."""
    there = defence.starts_at.astimezone(zone_of(defence.zone)).date()
    midnight = datetime.combine(there, time())
    return to_utc(midnight, defence.zone), to_utc(midnight + timedelta(days=1), defence.zone)


def link_of(digest: str) -> JurorLink | None:
    found = JurorLink.objects.filter(digest=digest)
    return found.select_related("juror__defence__programme__methodology_version", "juror__person").first()


def is_open(link: JurorLink, now: datetime) -> bool:
    """The newest link of a guest who was not taken off, on the day of the defence."""
    newest = JurorLink.objects.filter(juror=link.juror_id).values_list("pk", flat=True).first()
    defence = link.juror.defence
    on_the_day = day_of(defence)[0] <= now < link.expires_at and defence.state != DefenceState.DRAFT
    return newest == link.pk and link.revoked_at is None and not link.juror.withdrawn_at and on_the_day


def with_defence(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `defence`: the ref of the newest announced day on which their mentee presents, or None."""
    presents = Defence.objects.filter(slots__plan__membership=OuterRef("mentee"))
    unseen = (DefenceState.DRAFT, DefenceState.OFF)
    announced = presents.exclude(state__in=unseen).order_by("-starts_at", "-pk")
    return pairs.annotate(defence=Subquery(announced.values("ref")[:1]))


def with_days(memberships: QuerySet[Membership], since: Any, told: Any) -> QuerySet[Membership]:
    """Memberships with the first announced day that begins after `since`, by its key.

    `judges`: of the day on which the member is a juror, `presents`: on which the member's plan is defended.
    `heard`: by its ref, the place in which it was defended, where the day was closed after `told`.
    """
    closed = Slot.objects.filter(
        plan__membership=OuterRef("pk"),
        state=SlotState.CLOSED,
        defence__state=DefenceState.CLOSED,
        defence__rehearsal_of=None,
        defence__closed_at__gt=told,
    ).order_by("-defence__closed_at", "-pk")
    ahead = Defence.objects.filter(
        state__in=(DefenceState.READY, DefenceState.RUNNING),
        rehearsal_of=None,
        programme=OuterRef("programme"),
        starts_at__gt=since,
    ).order_by("starts_at", "pk")
    judged = ahead.filter(jurors__person=OuterRef("person"), jurors__withdrawn_at=None)
    presented = ahead.filter(
        slots__plan__membership=OuterRef("pk"), slots__state__in=(SlotState.WAITING, *ON_STAGE)
    )
    return memberships.annotate(
        judges=Subquery(judged.values("pk")[:1]),
        presents=Subquery(presented.values("pk")[:1]),
        heard=Subquery(closed.values("ref")[:1]),
    )


def rehearsal_of(defence: Defence) -> Defence | None:
    """The day tried out, where somebody has begun to."""
    return Defence.objects.filter(rehearsal_of=defence).first()


def defences_of(programme: Programme) -> QuerySet[Defence]:
    """The days of a programme; rehearsals stand behind their day."""
    return Defence.objects.filter(programme=programme, rehearsal_of=None)


def hall_chooses(defence: Defence) -> bool:
    """Whether the hall may choose a favourite now."""
    return defence.state == DefenceState.RUNNING and defence.hall_opened_at is not None


def wall_of(defence: Defence) -> str:
    """What the code on the hall's screen is sealed for."""
    return f"favourite:{defence.ref}"


def shown_slots(defence: Defence) -> QuerySet[Slot]:
    """Those whom the hall has seen: only they can be its favourite."""
    return slots_of(defence).filter(state__in=SHOWN)


def device_of(defence: Defence, cookie: str) -> str:
    """What is kept of a phone's cookie: another word on each day."""
    return digest_of(f"{defence.ref}:{cookie}")


def voice_of(defence: Defence, cookie: str) -> Voice | None:
    """What a phone has chosen so far."""
    return defence.voices.filter(device=device_of(defence, cookie)).first()


def favourites_of(defence: Defence) -> list[Slot]:
    """Whom the hall has chosen, of a closed day: one, or all of a tie, in the order of the day."""
    return _of(defence, _favourites(defence=defence))


@compiled()
def _favourites(defence: Defence) -> QuerySet[Slot]:
    return _with_plans(Slot.objects.filter(defence=defence, favourite=True))
