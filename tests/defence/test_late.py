"""Whoever comes to a day after it was announced: a juror let in since, a plan submitted since (R9)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.defence.conftest import DAY, juror, slot_of
from tests.make import NOW
from tests.programmes.conftest import text
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.models import Defence
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


def letters(person: Person) -> list[Letter]:
    return list(Letter.objects.filter(kind="defence.announced", person=person.pk))


def newcomer(cast: Cast) -> Person:
    """Liene Vītola, let in as a mentor after the day was announced."""
    liene = make.person("Liene Vītola", "liene@varpa.example")
    make.member(cast.programme, liene, Role.MENTOR)
    return liene


def test_a_mentor_let_in_after_the_announcement_is_a_juror_and_told(cast: Cast, ready: Defence) -> None:
    liene = newcomer(cast)
    assert [days.gather_late(SOON) for _time in range(2)] == [1, 0]
    assert juror(ready, liene).budget == ready.budget
    (letter,) = letters(liene)
    assert "METHOD:PUBLISH" in letter.calendar
    assert len(letters(cast.andris)) == 1


def test_a_mentor_let_in_on_the_morning_of_the_day_is_a_juror(cast: Cast, ready: Defence) -> None:
    liene = newcomer(cast)
    days.begin_defence(defence=ready, by=cast.inga, now=DAY)
    assert juror(ready, liene).withdrawn_at is None
    assert len(letters(liene)) == 1
    assert days.gather_late(DAY) == 0


@pytest.mark.parametrize("announced", [True, False])
def test_the_lead_partner_added_after_the_announcement_is_told(
    cast: Cast, ready: Defence, announced: bool
) -> None:
    if not announced:
        Defence.objects.filter(pk=ready.pk).update(state="draft")
    assert jurors.add_lead_partner(defence=ready, by=cast.inga, now=SOON)
    assert juror(ready, cast.dace).budget == ready.budget
    told = letters(cast.dace)
    assert len(told) == announced
    assert all("METHOD:PUBLISH" in each.calendar for each in told)
    assert not jurors.add_lead_partner(defence=ready, by=cast.inga, now=SOON)
    assert len(letters(cast.dace)) == announced


def test_who_was_taken_off_the_jury_stays_off(cast: Cast, ready: Defence) -> None:
    jurors.take_juror_off(juror=juror(ready, cast.andris), by=cast.inga, now=SOON)
    assert days.gather_late(SOON) == 0
    assert juror(ready, cast.andris).withdrawn_at


def test_before_the_announcement_nobody_is_told(cast: Cast, defence: Defence) -> None:
    liene = newcomer(cast)
    assert days.gather_late(SOON) == 0
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    assert letters(liene) == letters(cast.elina) == []


@pytest.mark.parametrize("draws", [True, False])
def test_a_mentee_whose_plan_comes_later_is_told_as_the_others_were(
    cast: Cast, defence: Defence, plans: list[BusinessPlan], draws: bool
) -> None:
    BusinessPlan.objects.filter(pk=plans[1].pk).update(state="drafting")
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    assert letters(cast.gabija) == []
    BusinessPlan.objects.filter(pk=plans[1].pk).update(state="submitted")
    if draws:
        order.draw_order(defence=defence, seed=8, by=cast.inga, now=SOON)
    else:
        order.add_late(defence=defence, by=cast.inga, now=SOON)
    (letter,) = letters(cast.gabija)
    assert "METHOD:PUBLISH" in letter.calendar
    assert len(letters(cast.elina)) == 1


@pytest.mark.parametrize(("mode", "money"), [("investment", True), ("words", False)])
def test_money_is_named_to_a_juror_only_where_it_is_given(
    cast: Cast, running: Defence, mode: str, money: bool
) -> None:
    Defence.objects.filter(pk=running.pk).update(mode=mode)
    slot = slot_of(running, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    client = Client()
    client.force_login(cast.rimantas)
    cast.rimantas.language = "en"
    cast.rimantas.save()
    page = text(client.get(f"/defences/{running.ref}/jury/"))
    assert ("How much you gave" in page) is money
    assert "reads your words" in page
