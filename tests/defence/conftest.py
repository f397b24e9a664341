"""A day of defence with two submitted plans: Elīna's (mentor Andris) and Gabija's (mentor Rimantas)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, submit_plan
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, order, stage
from varpa.defence.actions.reckoning import reckon_due
from varpa.defence.actions.words import say_word
from varpa.defence.models import Defence, Juror, Slot, Word
from varpa.defence.queries import slots_of
from varpa.people.models import Person
from varpa.programmes.models import Membership

DAY = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
SETTINGS: dict[str, Any] = {
    "starts_local": datetime(2026, 3, 20, 10, 0),
    "zone": "Europe/Riga",
    "minutes": 10,
    "break_after": 1,
    "break_minutes": 15,
    "place": "Jelgava, zāle",
    "mode": "investment",
    "budget": 100_000_00,
    "tie": "shared",
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def plan_of(member: Membership, title: str) -> BusinessPlan:
    plan = begin_plan(membership=member, title=title, by=member.person, now=NOW)
    said: dict[str, Any] = {"key": "idea", "text": f"Ideja: {title}.", "ready": None, "revision": 0}
    write_part(plan=plan, **said, by=member.person, now=NOW)
    submit_plan(plan=plan, by=member.person, now=NOW)
    return plan


@pytest.fixture
def plans(cast: Cast) -> list[BusinessPlan]:
    return [plan_of(cast.mentee, "Keramikas darbnīca"), plan_of(cast.neighbours.mentee, "Dviračiai")]


@pytest.fixture
def defence(cast: Cast, plans: list[BusinessPlan]) -> Defence:
    return days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)


@pytest.fixture
def ready(cast: Cast, defence: Defence) -> Defence:
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    return defence


@pytest.fixture
def running(cast: Cast, ready: Defence) -> Defence:
    days.begin_defence(defence=ready, by=cast.inga, now=DAY)
    return ready


@pytest.fixture
def elinas(cast: Cast, running: Defence) -> Slot:
    """Elīna presents now."""
    slot = slot_of(running, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    return slot


def slot_of(defence: Defence, person: Person) -> Slot:
    slot = slots_of(defence).get(plan__membership__person=person)
    slot.defence = defence
    return slot


def juror(defence: Defence, person: Person) -> Juror:
    return Juror.objects.get(defence=defence, person=person)


def say(slot: Slot, who: Juror, amount: int = 0, revision: int = 0, **more: Any) -> Word:
    said: dict[str, Any] = {"convinced": "Cena.", "next": "Par klientiem.", "now": DAY, **more}
    return say_word(slot=slot, juror=who, amount=amount, revision=revision, **said)


def finish(defence: Defence, cast: Cast) -> None:
    """Whoever waits presents, nobody says anything; the day is closed."""
    for slot in slots_of(defence).filter(state="waiting"):
        slot.defence = defence
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
        stage.close_slot(slot=slot, by=cast.inga, now=DAY + timedelta(minutes=9))
    days.finish_defence(defence=defence, by=cast.inga, now=DAY + timedelta(hours=2))
    reckon_due(DAY + timedelta(hours=2))
    defence.refresh_from_db()
