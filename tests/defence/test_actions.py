"""The rules of a defence (R9): order, stage, money, recusal, the close."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, finish, juror, say, slot_of
from tests.make import NOW
from varpa.businessplans.actions.plans import submit_plan, take_back_plan
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.actions.words import (
    BeyondTheBudget,
    NotAJuror,
    SlotIsClosed,
    StoodBackTooLate,
    TooClose,
    WordsOnly,
    stand_back,
)
from varpa.defence.models import Defence, Recusal, Slot, Word
from varpa.defence.papers import account, canonical, digest
from varpa.defence.queries import results_of, share_of, slots_of, timetable
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.times import HourDoesNotExist
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def titles(defence: Defence) -> list[str]:
    return [slot.plan.title for slot in slots_of(defence)]


def test_a_day_has_the_manager_and_the_mentors_as_jurors(cast: Cast, defence: Defence) -> None:
    assert defence.starts_at == DAY
    found = {each.person for each in defence.jurors.all()}
    assert found == {cast.inga, cast.andris, cast.rimantas}
    assert {each.budget for each in defence.jurors.all()} == {SETTINGS["budget"]}


def test_a_form_sent_twice_makes_one_day(cast: Cast, plans: list[BusinessPlan]) -> None:
    ref = new_ref()
    for seed in (1, 2):
        given: dict[str, Any] = {"seed": seed, "by": cast.inga, "now": NOW, "ref": ref}
        days.make_defence(programme=cast.programme, **given, **SETTINGS)
    assert Defence.objects.count() == 1


def test_an_hour_that_does_not_exist_and_an_unknown_zone(cast: Cast) -> None:
    given = {"programme": cast.programme, "seed": 1, "by": cast.inga, "now": NOW}
    with pytest.raises(HourDoesNotExist):
        days.make_defence(**{**given, **SETTINGS, "starts_local": datetime(2026, 3, 29, 3, 30)})
    with pytest.raises(days.NoSuchZone):
        days.make_defence(**{**given, **SETTINGS, "zone": "Europe/Nowhere"})


def test_rules_change_before_the_day_and_budgets_stay_equal(cast: Cast, defence: Defence) -> None:
    days.change_defence(defence=defence, revision=0, budget=5_00, by=cast.inga, now=NOW)
    assert {each.budget for each in defence.jurors.all()} == {5_00}
    with pytest.raises(AlreadyMoved):
        days.change_defence(defence=defence, revision=0, budget=6_00, by=cast.inga, now=NOW)


def test_rules_stay_once_the_day_has_begun(cast: Cast, running: Defence) -> None:
    with pytest.raises(days.TooLateToChange):
        days.change_defence(defence=running, revision=0, budget=5_00, by=cast.inga, now=DAY)
    with pytest.raises(days.TooLateToChange):
        order.draw_order(defence=running, seed=9, by=cast.inga, now=DAY)


def test_the_same_number_draws_the_same_order(cast: Cast, defence: Defence) -> None:
    drawn = set()
    for seed in range(1, 9):
        for _again in range(2):
            order.draw_order(defence=defence, seed=seed, by=cast.inga, now=NOW)
            drawn.add((seed, tuple(titles(defence))))
    assert len(drawn) == 8
    assert len({found for _seed, found in drawn}) == 2
    assert defence.seed == 8


def test_only_submitted_plans_present(cast: Cast, defence: Defence, plans: list[BusinessPlan]) -> None:
    take_back_plan(plan=plans[0], by=cast.elina, now=NOW)
    order.draw_order(defence=defence, seed=1, by=cast.inga, now=NOW)
    assert titles(defence) == ["Dviračiai"]
    take_back_plan(plan=plans[1], by=cast.gabija, now=NOW)
    with pytest.raises(order.NothingSubmitted):
        order.draw_order(defence=defence, seed=1, by=cast.inga, now=NOW)


def test_the_order_is_moved_by_hand(cast: Cast, ready: Defence) -> None:
    before = titles(ready)
    last = slots_of(ready).select_related("defence").last()
    assert last
    order.move_slot(slot=last, up=True, by=cast.inga, now=NOW)
    assert titles(ready) == before[::-1]
    order.move_slot(slot=last, up=True, by=cast.inga, now=NOW)
    assert titles(ready) == before[::-1]


def test_breaks_stand_in_the_timetable(ready: Defence) -> None:
    first, second = timetable(ready, slots_of(ready))
    assert first.starts_at == DAY
    assert second.starts_at == DAY + timedelta(minutes=25)


def test_a_day_is_announced_with_an_order_only(cast: Cast, defence: Defence) -> None:
    with pytest.raises(days.NobodyPresents):
        days.announce_defence(defence=defence, by=cast.inga, now=NOW)


def test_everybody_is_told_once(cast: Cast, ready: Defence) -> None:
    assert Letter.objects.filter(kind="defence.announced").count() == 5
    days.take_defence_back(defence=ready, by=cast.inga, now=NOW)
    days.announce_defence(defence=ready, by=cast.inga, now=NOW)
    assert Letter.objects.filter(kind="defence.announced").count() == 5
    with pytest.raises(AlreadyMoved):
        days.announce_defence(defence=ready, by=cast.inga, now=NOW)


def test_nobody_starts_before_the_day_begins(cast: Cast, ready: Defence) -> None:
    with pytest.raises(stage.DayIsNotOn):
        stage.start_slot(slot=slot_of(ready, cast.elina), by=cast.inga, now=DAY)


def test_one_presents_at_a_time(cast: Cast, running: Defence, elinas: Slot) -> None:
    other = slot_of(running, cast.gabija)
    with pytest.raises(days.SomebodyIsOnStage):
        stage.start_slot(slot=other, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        stage.start_slot(slot=elinas, by=cast.inga, now=DAY)
    with pytest.raises(days.SomebodyIsOnStage):
        days.finish_defence(defence=running, by=cast.inga, now=DAY)


def test_a_plan_taken_back_on_the_day_does_not_start(
    cast: Cast, running: Defence, plans: list[BusinessPlan]
) -> None:
    take_back_plan(plan=plans[0], by=cast.elina, now=DAY)
    slot = slot_of(running, cast.elina)
    with pytest.raises(stage.PlanTakenBack):
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    plans[0].refresh_from_db()
    submit_plan(plan=plans[0], by=cast.elina, now=DAY)
    stage.start_slot(slot=slot_of(running, cast.elina), by=cast.inga, now=DAY)


def test_the_clock_stands_still_in_a_pause(cast: Cast, elinas: Slot) -> None:
    stage.pause_slot(slot=elinas, by=cast.inga, now=DAY + timedelta(minutes=4))
    assert elinas.left == 360
    stage.extend_slot(slot=elinas, minutes=1, by=cast.inga, now=DAY + timedelta(minutes=5))
    stage.resume_slot(slot=elinas, by=cast.inga, now=DAY + timedelta(minutes=20))
    assert elinas.ends_at == DAY + timedelta(minutes=27)
    stage.extend_slot(slot=elinas, minutes=2, by=cast.inga, now=DAY + timedelta(minutes=40))
    assert elinas.ends_at == DAY + timedelta(minutes=42)
    with pytest.raises(stage.LengthIsWrong):
        stage.extend_slot(slot=elinas, minutes=0, by=cast.inga, now=DAY)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        stage.extend_slot(slot=elinas, minutes=2, by=cast.inga, now=DAY)


def test_the_last_one_is_not_skipped_and_no_line_says_so(cast: Cast, running: Defence) -> None:
    last = slots_of(running).last()
    assert last
    last.defence = running
    with pytest.raises(stage.IsLast):
        stage.skip_slot(slot=last, by=cast.inga, now=DAY)
    assert not Line.objects.filter(verb="slot.skip").exists()


def test_whoever_is_on_stage_is_not_skipped(cast: Cast, running: Defence) -> None:
    first = slots_of(running).first()
    assert first
    first.defence = running
    stage.start_slot(slot=first, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        stage.skip_slot(slot=first, by=cast.inga, now=DAY)
    assert not Line.objects.filter(verb="slot.skip").exists()


def test_skipped_is_last_and_absent_takes_no_time(cast: Cast, running: Defence) -> None:
    first = slots_of(running).first()
    assert first
    first.defence = running
    stage.skip_slot(slot=first, by=cast.inga, now=DAY)
    assert slots_of(running).last() == first
    stage.mark_absent(slot=first, by=cast.inga, now=DAY)
    assert timetable(running, slots_of(running))[-1].starts_at is None
    stage.mark_here(slot=first, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        stage.mark_here(slot=first, by=cast.inga, now=DAY)
    with pytest.raises(days.StillToCome):
        days.finish_defence(defence=running, by=cast.inga, now=DAY)


def test_money_is_divided_by_the_budgets_of_those_who_could_give(cast: Cast, elinas: Slot) -> None:
    """Andris is Elīna's mentor: two of three budgets count."""
    say(elinas, juror(elinas.defence, cast.rimantas), 50_000_00)
    say(elinas, juror(elinas.defence, cast.inga), 10_000_00)
    say(elinas, juror(elinas.defence, cast.andris))
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert (elinas.received, elinas.eligible) == (60_000_00, 200_000_00)
    assert share_of(elinas) == Fraction(3, 10)


def test_nobody_funds_an_own_mentee_past_or_present(cast: Cast, elinas: Slot) -> None:
    andris = juror(elinas.defence, cast.andris)
    with pytest.raises(TooClose):
        say(elinas, andris, 1)
    dissolve_pair(pair=cast.pair, reason="Laika trūkums", by=cast.inga, now=DAY)
    with pytest.raises(TooClose):
        say(elinas, andris, 1)
    assert Word.objects.count() == 0
    assert say(elinas, andris).convinced == "Cena."


def test_who_stands_back_gets_the_money_back(cast: Cast, elinas: Slot) -> None:
    inga = juror(elinas.defence, cast.inga)
    say(elinas, inga, 7_00)
    for _click in range(2):
        stand_back(slot=elinas, juror=inga, now=DAY)
    inga.refresh_from_db()
    assert (inga.spent, Word.objects.get().amount, Recusal.objects.count()) == (0, 0, 1)
    with pytest.raises(TooClose):
        say(elinas, inga, 1, revision=2)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert elinas.eligible == 100_000_00
    with pytest.raises(StoodBackTooLate):
        stand_back(slot=elinas, juror=juror(elinas.defence, cast.rimantas), now=DAY)


def test_nobody_gives_more_than_is_left(cast: Cast, running: Defence, elinas: Slot) -> None:
    inga = juror(running, cast.inga)
    say(elinas, inga, 60_000_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    other = slot_of(running, cast.gabija)
    stage.start_slot(slot=other, by=cast.inga, now=DAY)
    with pytest.raises(BeyondTheBudget):
        say(other, inga, 40_000_01)
    word = say(other, inga, 40_000_00)
    say(other, inga, 30_000_00, revision=word.revision)
    inga.refresh_from_db()
    assert inga.spent == 90_000_00


def test_a_word_after_the_close_counts_nothing(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    say(elinas, rimantas, 5_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    with pytest.raises(SlotIsClosed):
        say(elinas, rimantas, 9_00, revision=1)
    elinas.refresh_from_db()
    assert (elinas.received, Word.objects.get().amount) == (5_00, 5_00)


def test_opened_again_it_can_be_set_right_and_the_history_knows(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    word = say(elinas, rimantas, 5_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    stage.reopen_slot(slot=elinas, by=cast.inga, now=DAY)
    say(elinas, rimantas, 9_00, revision=word.revision)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert elinas.received == 9_00
    assert Line.objects.filter(verb="slot.reopen", actor=cast.inga.pk).count() == 1


def test_two_phones_of_one_juror_lose_no_word(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    say(elinas, rimantas, 5_00)
    with pytest.raises(Conflict):
        say(elinas, rimantas, 6_00, revision=0, convinced="Cits teksts.")
    rimantas.refresh_from_db()
    assert (rimantas.spent, Word.objects.get().convinced) == (5_00, "Cena.")


def test_the_same_sent_twice_is_said_once(cast: Cast, elinas: Slot) -> None:
    for _click in range(2):
        say(elinas, juror(elinas.defence, cast.rimantas), 5_00)
    assert Line.objects.filter(verb="word.say").count() == 1


def test_words_only_knows_no_money(cast: Cast, defence: Defence) -> None:
    days.change_defence(defence=defence, revision=0, mode="words", by=cast.inga, now=NOW)
    order.draw_order(defence=defence, seed=1, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    days.begin_defence(defence=defence, by=cast.inga, now=DAY)
    slot = slot_of(defence, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    with pytest.raises(WordsOnly):
        say(slot, juror(defence, cast.inga), 1)
    say(slot, juror(defence, cast.inga))


def test_whoever_was_taken_off_gives_nothing(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    jurors.take_juror_off(juror=rimantas, by=cast.inga, now=DAY)
    with pytest.raises(NotAJuror):
        say(elinas, rimantas)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert elinas.eligible == 100_000_00


@pytest.mark.parametrize(("tie", "places"), [("shared", [1, 1]), ("investors", [1, 2]), ("lots", [1, 2])])
def test_a_tie_is_settled_by_the_rule_of_the_day(
    cast: Cast, defence: Defence, tie: str, places: list[int]
) -> None:
    """Elīna gets 20 of two jurors, Gabija of one: of equal budgets, equal shares."""
    days.change_defence(defence=defence, revision=0, tie=tie, by=cast.inga, now=NOW)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    days.begin_defence(defence=defence, by=cast.inga, now=DAY)
    given = {cast.elina: {cast.inga: 10_00, cast.rimantas: 10_00}, cast.gabija: {cast.inga: 20_00}}
    for presenter, amounts in given.items():
        slot = slot_of(defence, presenter)
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
        for person, amount in amounts.items():
            say(slot, juror(defence, person), amount)
        stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    results = results_of(defence)
    assert [result.place for result in results] == places
    assert len({result.share for result in results}) == 1
    if tie == "investors":
        assert results[0].slot.plan.title == "Keramikas darbnīca"


def test_the_end_of_the_day_defends_the_plans_and_tells_the_mentees(
    cast: Cast, running: Defence, plans: list[BusinessPlan]
) -> None:
    finish(running, cast)
    assert {plan.state for plan in BusinessPlan.objects.all()} == {"defended"}
    assert Letter.objects.filter(kind="defence.result").count() == 2
    with pytest.raises(AlreadyMoved):
        days.finish_defence(defence=running, by=cast.inga, now=DAY)
    with pytest.raises(stage.DayIsNotOn):
        stage.reopen_slot(slot=slot_of(running, cast.elina), by=cast.inga, now=DAY)
    with pytest.raises(jurors.DayIsOver):
        jurors.add_lead_partner(defence=running, by=cast.inga, now=DAY)


def test_the_digest_is_of_data_that_is_always_the_same(cast: Cast, running: Defence) -> None:
    finish(running, cast)
    assert digest(running) == digest(Defence.objects.get())
    Slot.objects.filter(pk=slot_of(running, cast.elina).pk).update(received=1)
    assert '"received_cents":1,' in canonical(running)


def test_a_plan_submitted_late_comes_last(cast: Cast, defence: Defence, plans: list[BusinessPlan]) -> None:
    take_back_plan(plan=plans[0], by=cast.elina, now=NOW)
    order.draw_order(defence=defence, seed=1, by=cast.inga, now=NOW)
    plans[0].refresh_from_db()
    submit_plan(plan=plans[0], by=cast.elina, now=NOW)
    assert [order.add_late(defence=defence, by=cast.inga, now=NOW) for _click in range(2)] == [1, 0]
    assert titles(defence) == ["Dviračiai", "Keramikas darbnīca"]
    Defence.objects.update(state="closed")
    with pytest.raises(days.TooLateToChange):
        order.add_late(defence=defence, by=cast.inga, now=NOW)


def test_the_account_of_a_day_for_the_replay(cast: Cast, elinas: Slot) -> None:
    say(elinas, juror(elinas.defence, cast.rimantas), 5_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(elinas.defence, cast)
    assert account(elinas.defence) == {
        "slots": 2,
        "jurors": 3,
        "money_cents": 5_00,
        "votes_after_close": 0,
        "protocol_sha256": digest(elinas.defence),
    }


def test_another_day_from_the_same_form_is_told(cast: Cast) -> None:
    ref, given = new_ref(), {"programme": cast.programme, "by": cast.inga, "now": NOW}
    first = days.make_defence(seed=7, ref=ref, **given, **SETTINGS)
    assert days.make_defence(seed=8, ref=ref, **given, **SETTINGS) == first
    with pytest.raises(SentAlready):
        days.make_defence(seed=9, ref=ref, **given, **{**SETTINGS, "place": "Rīga, klase"})
