"""Taken off and put back: what is counted follows, as if nobody had pressed the wrong line."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say, slot_of
from tests.make import NOW
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.models import Defence, Reckoning, Slot
from varpa.defence.queries import results_of

pytestmark = pytest.mark.django_db


def eligible(slot: Slot) -> int:
    return Slot.objects.get(pk=slot.pk).eligible


def test_a_silent_juror_put_back_counts_as_before(cast: Cast, running: Defence, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    before = eligible(elinas)
    rimantas = juror(running, cast.rimantas)
    for _time in range(2):
        jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)
        assert eligible(elinas) == before - running.budget
        jurors.put_juror_back(juror=rimantas, by=cast.inga, now=DAY)
        assert eligible(elinas) == before
    assert elinas.listeners.filter(juror=rimantas).exists()


def test_a_presentation_closed_meanwhile_does_not_count_whoever_comes_back(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    rimantas = juror(running, cast.rimantas)
    jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    before = eligible(elinas)
    for _time in range(2):
        jurors.put_juror_back(juror=rimantas, by=cast.inga, now=DAY)
        assert eligible(elinas) == before
        jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)


def test_one_who_spoke_stays_counted_through_off_and_back(cast: Cast, running: Defence, elinas: Slot) -> None:
    rimantas = juror(running, cast.rimantas)
    say(elinas, rimantas, 5_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    before = eligible(elinas)
    jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)
    assert eligible(elinas) == before
    jurors.put_juror_back(juror=rimantas, by=cast.inga, now=DAY)
    assert eligible(elinas) == before


def test_a_silent_juror_who_stays_off_changes_no_reckoning(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    for mentor in (cast.andris, cast.rimantas):
        jurors.take_juror_off(juror=juror(running, mentor), by=cast.inga, now=DAY)
    jurors.put_juror_back(juror=juror(running, cast.rimantas), by=cast.inga, now=DAY)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    jurors.take_juror_off(juror=juror(running, cast.rimantas), by=cast.inga, now=DAY)
    finish(running, cast)
    # Only Inga was there, and she could fund both.
    assert running.reckoning == Reckoning.PLAIN


def test_a_tie_counts_only_those_whose_money_counts(cast: Cast, defence: Defence) -> None:
    days.change_defence(defence=defence, revision=0, tie="investors", by=cast.inga, now=NOW)
    jurors.add_lead_partner(defence=defence, by=cast.inga, now=NOW)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    days.begin_defence(defence=defence, by=cast.inga, now=DAY)
    inga, dace = juror(defence, cast.inga), juror(defence, cast.dace)
    first, second = slot_of(defence, cast.elina), slot_of(defence, cast.gabija)
    stage.start_slot(slot=first, by=cast.inga, now=DAY)
    say(first, inga, 20_00)
    say(first, dace, 1_00)
    jurors.take_juror_off(juror=dace, by=cast.inga, now=DAY)
    stage.close_slot(slot=first, by=cast.inga, now=DAY)
    stage.start_slot(slot=second, by=cast.inga, now=DAY)
    say(second, inga, 20_00)
    stage.close_slot(slot=second, by=cast.inga, now=DAY + timedelta(minutes=9))
    results = results_of(defence)
    assert results[0].share == results[1].share
    assert [(result.place, result.investors) for result in results] == [(1, 1), (1, 1)]


def test_of_a_day_without_listeners_whoever_gave_is_an_investor(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    """Of a day that was closed before they were written down."""
    say(elinas, juror(running, cast.inga), 20_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    elinas.listeners.all().delete()
    assert [result.investors for result in results_of(running)] == [1]
