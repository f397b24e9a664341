"""A juror declares a conflict before the day too, and takes it back where it was a slip (R9)."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say, slot_of
from tests.defence.test_actions import TooClose
from tests.defence.test_pages import at, client_of, guest_of, newest_link, text
from tests.make import NOW
from varpa.businessplans.actions.plans import submit_plan, take_back_plan
from varpa.defence.actions import order, stage
from varpa.defence.actions.words import NotAJuror, StoodBackTooLate, come_back, stand_back
from varpa.defence.funding import conflicts_of, may_fund
from varpa.defence.models import Defence, Recusal, Slot
from varpa.history.models import Line
from varpa.kernel.clock import moved_to

pytestmark = pytest.mark.django_db


def test_declared_before_the_day_it_holds_on_the_day(cast: Cast, running: Defence) -> None:
    inga, slot = juror(running, cast.inga), slot_of(running, cast.gabija)
    stand_back(slot=slot, juror=inga, now=DAY)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    with pytest.raises(TooClose):
        say(slot, inga, 1)


def test_whoever_comes_back_funds_again(cast: Cast, elinas: Slot) -> None:
    inga = juror(elinas.defence, cast.inga)
    stand_back(slot=elinas, juror=inga, now=DAY)
    for _click in range(2):
        come_back(slot=elinas, juror=inga, now=DAY)
    assert say(elinas, inga, 5_00).amount == 5_00
    assert Line.objects.filter(verb="juror.come_back").count() == 1
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert elinas.eligible == 200_000_00
    with pytest.raises(StoodBackTooLate):
        come_back(slot=elinas, juror=inga, now=DAY)


def test_an_own_mentee_stays_an_own_mentee(cast: Cast, elinas: Slot) -> None:
    andris = juror(elinas.defence, cast.andris)
    come_back(slot=elinas, juror=andris, now=DAY)
    with pytest.raises(TooClose):
        say(elinas, andris, 1)
    assert not Line.objects.filter(verb="juror.come_back").exists()


def test_nobody_of_another_day_comes_back(cast: Cast, elinas: Slot) -> None:
    stranger = juror(elinas.defence, cast.inga)
    stranger.defence_id += 1
    with pytest.raises(NotAJuror):
        come_back(slot=elinas, juror=stranger, now=DAY)


def test_the_page_offers_what_is_ahead_but_no_own_mentee(cast: Cast, running: Defence) -> None:
    names = [slot.name for slot, _back in conflicts_of(juror(running, cast.andris))]
    assert names == [cast.gabija.name]
    path = at(running, "jury/")
    page = text(cast.andris, path)
    assert "Atkāpties" in page
    client, slot = client_of(cast.andris), slot_of(running, cast.gabija)
    with moved_to(DAY):
        client.post(f"{path}standing-back/", {"slot": slot.ref})
        assert Recusal.objects.count() == 1
        assert 'name="back"' in client.get(path).content.decode()
        client.post(f"{path}standing-back/", {"slot": slot.ref, "back": "1"})
    assert not Recusal.objects.filter(withdrawn_at=None).exists()


def test_a_guest_does_the_same_by_the_link(cast: Cast, running: Defence) -> None:
    guest_of(running, cast)
    link, slot, client = newest_link(), slot_of(running, cast.elina), client_of(None)
    with moved_to(DAY):
        client.post(f"{link}standing-back/", {"slot": slot.ref})
        assert 'name="back"' in client.get(link).content.decode()
        client.post(f"{link}standing-back/", {"slot": slot.ref, "back": "1"})
    assert not Recusal.objects.filter(withdrawn_at=None).exists()


def test_on_stage_it_is_taken_back_where_it_was_tapped(cast: Cast, elinas: Slot) -> None:
    inga = juror(elinas.defence, cast.inga)
    stand_back(slot=elinas, juror=inga, now=DAY)
    assert 'name="back"' in text(cast.inga, at(elinas.defence, "jury/"))
    assert 'name="back"' not in text(cast.rimantas, at(elinas.defence, "jury/"))


def test_a_conflict_that_is_taken_back_is_kept_and_may_be_declared_again(cast: Cast, elinas: Slot) -> None:
    inga = juror(elinas.defence, cast.inga)
    for act in (stand_back, come_back, stand_back):
        act(slot=elinas, juror=inga, now=DAY)
    assert list(Recusal.objects.order_by("pk").values_list("withdrawn_at", flat=True)) == [DAY, None]
    assert not may_fund(inga, elinas)


def test_a_new_order_keeps_what_was_declared(cast: Cast, ready: Defence) -> None:
    """A plan that was taken back, or found no place, and is drawn again, is still not this juror's."""
    inga, slot = juror(ready, cast.inga), slot_of(ready, cast.gabija)
    plan = slot.plan
    assert plan
    stand_back(slot=slot, juror=inga, now=NOW)
    take_back_plan(plan=plan, by=cast.gabija, now=NOW)
    order.draw_order(defence=ready, seed=3, by=cast.inga, now=NOW)
    assert not ready.slots.filter(plan=plan).exists()
    submit_plan(plan=plan, by=cast.gabija, now=NOW)
    order.draw_order(defence=ready, seed=4, by=cast.inga, now=NOW)
    assert not may_fund(inga, slot_of(ready, cast.gabija))
    assert may_fund(inga, slot_of(ready, cast.elina))


def test_a_plan_that_comes_late_keeps_it_too(cast: Cast, ready: Defence) -> None:
    inga, slot = juror(ready, cast.inga), slot_of(ready, cast.gabija)
    plan = slot.plan
    assert plan
    stand_back(slot=slot, juror=inga, now=NOW)
    come_back(slot=slot, juror=inga, now=NOW)
    stand_back(slot=slot, juror=inga, now=NOW)
    take_back_plan(plan=plan, by=cast.gabija, now=NOW)
    order.draw_order(defence=ready, seed=3, by=cast.inga, now=NOW)
    submit_plan(plan=plan, by=cast.gabija, now=NOW)
    assert order.add_late(defence=ready, by=cast.inga, now=NOW) == 1
    late = slot_of(ready, cast.gabija)
    assert not may_fund(inga, late)
    come_back(slot=late, juror=inga, now=NOW)
    assert may_fund(inga, late)
