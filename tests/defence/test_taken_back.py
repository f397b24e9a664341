"""What the jurors hear is what they fund: a plan before them is not taken back."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say, slot_of
from tests.defence.test_pages import client_of, text
from varpa.businessplans.actions.plans import PlanIsPresented, take_back_plan
from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.defence.actions import stage
from varpa.defence.actions.words import PlanIsWithdrawn
from varpa.defence.models import Defence, Slot
from varpa.kernel.clock import moved_to

pytestmark = pytest.mark.django_db


def take_back(slot: Slot, cast: Cast) -> BusinessPlan:
    take_back_plan(plan=BusinessPlan.objects.get(pk=slot.plan_id), by=cast.elina, now=DAY)
    return BusinessPlan.objects.get(pk=slot.plan_id)


def test_a_plan_on_stage_or_presented_is_not_taken_back(cast: Cast, running: Defence, elinas: Slot) -> None:
    with pytest.raises(PlanIsPresented):
        take_back(elinas, cast)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    with pytest.raises(PlanIsPresented):
        take_back(elinas, cast)
    finish(running, cast)
    assert BusinessPlan.objects.get(pk=elinas.plan_id).state == PlanState.DEFENDED


def test_before_its_turn_a_plan_can_be_taken_back(cast: Cast, running: Defence) -> None:
    slot = slot_of(running, cast.elina)
    assert take_back(slot, cast).state == PlanState.DRAFTING
    with pytest.raises(stage.PlanTakenBack):
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)


def test_a_start_undone_lets_the_plan_be_taken_back(cast: Cast, elinas: Slot) -> None:
    stage.undo_start(slot=elinas, by=cast.inga, now=DAY)
    assert take_back(elinas, cast).state == PlanState.DRAFTING


def test_the_page_of_the_plan_says_so(cast: Cast, running: Defence) -> None:
    slot = slot_of(running, cast.elina)
    address = f"/business-plans/{BusinessPlan.objects.get(pk=slot.plan_id).ref}/"
    assert "take-back/" in text(cast.elina, address)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    assert "take-back/" not in text(cast.elina, address)
    with moved_to(DAY):
        # From a page that was open before.
        assert client_of(cast.elina).post(f"{address}take-back/").status_code == 302
    assert BusinessPlan.objects.get(pk=slot.plan_id).state == PlanState.SUBMITTED


def test_a_plan_that_was_taken_back_gets_words_and_no_money(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    """Of a day on which a plan on stage could still be taken back."""
    BusinessPlan.objects.filter(pk=elinas.plan_id).update(state=PlanState.DRAFTING)
    with pytest.raises(PlanIsWithdrawn):
        say(elinas, juror(running, cast.inga), 5_00)
    assert say(elinas, juror(running, cast.inga)).amount == 0
