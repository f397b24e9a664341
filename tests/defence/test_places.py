"""A day has as many places as it says, and its jurors are all who went along (R9)."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import SETTINGS
from tests.make import NOW
from varpa.businessplans.actions.plans import submit_plan, take_back_plan
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, order
from varpa.defence.models import Defence
from varpa.defence.queries import slots_of
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


def titles(defence: Defence) -> list[str]:
    return [slot.plan.title for slot in slots_of(defence)]


def test_plans_beyond_the_places_of_a_day_wait_for_another_room(cast: Cast, defence: Defence) -> None:
    days.change_defence(defence=defence, revision=0, by=cast.inga, now=NOW, places=1)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    with pytest.raises(order.NoPlaceLeft):
        order.add_late(defence=defence, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    other = days.make_defence(programme=cast.programme, seed=8, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=other, seed=8, by=cast.inga, now=NOW)
    assert len(titles(defence)) == len(titles(other)) == 1
    assert set(titles(defence)) | set(titles(other)) == {"Keramikas darbnīca", "Dviračiai"}


def test_a_day_is_not_announced_with_more_than_its_places(cast: Cast, defence: Defence) -> None:
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.change_defence(defence=defence, revision=0, by=cast.inga, now=NOW, places=1)
    with pytest.raises(days.TooManyDrawn):
        days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    assert len(titles(defence)) == 1


def test_late_plans_take_the_places_that_are_left(cast: Cast, defence: Defence) -> None:
    days.change_defence(defence=defence, revision=0, by=cast.inga, now=NOW, places=2)
    plan = BusinessPlan.objects.get(title="Dviračiai")
    take_back_plan(plan=plan, by=plan.membership.person, now=NOW)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    submit_plan(plan=plan, by=plan.membership.person, now=NOW)
    assert order.add_late(defence=defence, by=cast.inga, now=NOW) == 1
    assert titles(defence) == ["Keramikas darbnīca", "Dviračiai"]


def test_a_mentor_whose_pair_has_ended_is_an_investor_all_the_same(
    cast: Cast, plans: list[BusinessPlan]
) -> None:
    Membership.objects.filter(pk=cast.pair.mentor_id).update(state="completed")
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    assert {each.person for each in day.jurors.all()} == {cast.inga, cast.andris, cast.rimantas}
