"""Closed, opened again, a juror taken off and put back, in every order: no sealed vote is lost (R9)."""

from itertools import product

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say
from varpa.defence.actions import jurors, stage
from varpa.defence.actions.words import stand_back
from varpa.defence.models import Defence, Juror, Slot
from varpa.defence.papers import canonical
from varpa.defence.queries import listeners_counted, results_of

pytestmark = pytest.mark.django_db

GIFT = 5_000_00
ORDERS = [steps for length in range(1, 6) for steps in product("SJ", repeat=length)]
"""S: the stage is closed, or opened again. J: the juror is taken off, or put back."""


def step(which: str, slot: Slot, who: Juror, cast: Cast) -> None:
    if which == "S":
        change = stage.reopen_slot if slot.state == "closed" else stage.close_slot
        change(slot=slot, by=cast.inga, now=DAY)
    else:
        seat = jurors.put_juror_back if who.withdrawn_at else jurors.take_juror_off
        seat(juror=who, by=cast.inga, now=DAY)
    slot.refresh_from_db(fields=["state", "received", "eligible"])
    who.refresh_from_db()


def agrees(slot: Slot, defence: Defence) -> None:
    """The result, the protocol's data, the listeners and what the jurors have spent say the same."""
    heard = list(listeners_counted(Slot.objects.filter(pk=slot.pk)).select_related("juror"))
    given = slot.words.filter(juror__in=slot.listeners.values("juror"))
    assert slot.eligible == sum(each.juror.budget for each in heard)
    assert slot.received == sum(given.values_list("amount", flat=True)) <= slot.eligible
    for each in given.filter(amount__gt=0):
        assert f'["{each.juror.ref}",{each.amount}]' in canonical(defence)
    assert canonical(defence).count(f",{GIFT}]") == slot.received // GIFT
    assert [result.investors for result in results_of(defence)] == [slot.received // GIFT]


@pytest.mark.parametrize("first", ["J", "S"])
def test_a_vote_is_never_lost_in_any_order(cast: Cast, running: Defence, elinas: Slot, first: str) -> None:
    """Once sealed it counts, whoever is taken off later; before, it counts while its juror is one."""
    rimantas = juror(running, cast.rimantas)
    say(elinas, rimantas, GIFT)
    for order in (steps for steps in ORDERS if steps[0] == first):
        sealed = False
        slot, who = Slot.objects.get(pk=elinas.pk), Juror.objects.get(pk=rimantas.pk)
        slot.defence = running
        with transaction.atomic():
            for which in order:
                step(which, slot, who, cast)
                if slot.state != "closed":
                    continue
                sealed = sealed or not who.withdrawn_at
                assert (slot.received == GIFT) == sealed, order
                agrees(slot, running)
                assert who.spent == GIFT <= who.budget
            transaction.set_rollback(True)


@pytest.mark.parametrize("first", ["J", "S"])
def test_whoever_has_said_nothing_divides_what_was_heard_while_a_juror(
    cast: Cast, running: Defence, elinas: Slot, first: str
) -> None:
    """The budget counts for whoever sat there at a close, and sits there now."""
    rimantas = juror(running, cast.rimantas)
    others = running.budget
    for order in (steps for steps in ORDERS if steps[0] == first):
        heard = False
        slot, who = Slot.objects.get(pk=elinas.pk), Juror.objects.get(pk=rimantas.pk)
        slot.defence = running
        with transaction.atomic():
            for which in order:
                step(which, slot, who, cast)
                heard = heard or (which == "S" and slot.state == "closed" and not who.withdrawn_at)
                if slot.state == "closed":
                    counts = heard and not who.withdrawn_at
                    assert slot.eligible - others == (running.budget if counts else 0), order
                    agrees(slot, running)
            transaction.set_rollback(True)


def test_who_stands_back_while_it_is_open_again_is_no_listener(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    rimantas = juror(running, cast.rimantas)
    say(elinas, rimantas, GIFT)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    stage.reopen_slot(slot=elinas, by=cast.inga, now=DAY)
    stand_back(slot=elinas, juror=rimantas, now=DAY)
    jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    jurors.put_juror_back(juror=rimantas, by=cast.inga, now=DAY)
    elinas.refresh_from_db()
    rimantas.refresh_from_db()
    assert (elinas.received, elinas.eligible, rimantas.spent) == (0, running.budget, 0)
