"""Two at the same second: money never beyond the budget, one presents, one day, one close."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say, slot_of
from tests.make import NOW
from tests.together import at_once
from varpa.defence.actions import days, favourite, jurors, order, rehearsal, stage
from varpa.defence.actions.words import SlotIsClosed, come_back, stand_back
from varpa.defence.models import Defence, Juror, Recusal, Slot, SlotState, Voice, Word
from varpa.defence.queries import slots_of
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def failed(found: list[object]) -> list[type]:
    return [type(each) for each in found if isinstance(each, Exception)]


def test_a_juror_with_two_phones_gives_once(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)

    def phone(amount: int) -> object:
        return say(
            Slot.objects.select_related("defence__programme", "plan__membership").get(pk=elinas.pk),
            Juror.objects.get(pk=rimantas.pk),
            amount,
        )

    found = at_once(lambda: phone(70_000_00), lambda: phone(80_000_00))
    assert failed(found) == [Conflict]
    rimantas.refresh_from_db()
    assert rimantas.spent == Word.objects.get().amount
    assert rimantas.spent in (70_000_00, 80_000_00)


def test_a_word_and_the_close_at_once_agree(cast: Cast, elinas: Slot) -> None:
    found = at_once(
        lambda: say(elinas, juror(elinas.defence, cast.rimantas), 5_00),
        lambda: stage.close_slot(slot=slot_of(elinas.defence, cast.elina), by=cast.inga, now=DAY),
    )
    assert set(failed(found)) <= {SlotIsClosed}
    elinas.refresh_from_db()
    assert elinas.received == sum(Word.objects.values_list("amount", flat=True))
    assert elinas.received == (0 if failed(found) else 5_00)


def test_a_word_that_comes_while_the_host_undoes_is_kept_or_refused(cast: Cast, elinas: Slot) -> None:
    found = at_once(
        lambda: say(elinas, juror(elinas.defence, cast.rimantas), 5_00),
        lambda: stage.undo_start(slot=slot_of(elinas.defence, cast.elina), by=cast.inga, now=DAY),
    )
    elinas.refresh_from_db()
    given = sum(Word.objects.values_list("amount", flat=True))
    assert juror(elinas.defence, cast.rimantas).spent == given
    waits = (SlotState.WAITING, [SlotIsClosed], 0)
    assert (elinas.state, failed(found), given) in (
        waits,
        (SlotState.RUNNING, [stage.JurorsHaveSpoken], 5_00),
    )


def test_two_hosts_start_two_and_one_presents(cast: Cast, running: Defence) -> None:
    mine, other = slot_of(running, cast.elina), slot_of(running, cast.gabija)
    mine.defence, other.defence = Defence.objects.get(), Defence.objects.get()
    found = at_once(
        lambda: stage.start_slot(slot=mine, by=cast.inga, now=DAY),
        lambda: stage.start_slot(slot=other, by=cast.dace, now=DAY),
    )
    assert failed(found) == [days.SomebodyIsOnStage]
    assert slots_of(running).filter(state="running").count() == 1


@pytest.mark.parametrize("act", ["pause", "close", "skip", "absent"])
def test_two_clicks_do_it_once(cast: Cast, running: Defence, act: str) -> None:
    # The first of the order: nobody skips the last one.
    first = slots_of(running).first()
    assert first
    who = first.member.person
    slot = slot_of(running, who)
    if act in ("pause", "close"):
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    acts: dict[str, Callable[..., object]] = {
        "pause": stage.pause_slot,
        "close": stage.close_slot,
        "skip": stage.skip_slot,
        "absent": stage.mark_absent,
    }

    def click() -> object:
        mine = slot_of(Defence.objects.select_related("programme").get(), who)
        return acts[act](slot=mine, by=cast.inga, now=DAY)

    found = at_once(click, click)
    assert failed(found) == [stage.IsLast if act == "skip" else AlreadyMoved]
    assert Line.objects.filter(verb=f"slot.{act}").count() == 1


def test_the_day_is_announced_begun_and_closed_once(cast: Cast, defence: Defence) -> None:
    order.draw_order(defence=defence, seed=3, by=cast.inga, now=NOW)

    def twice(act: Callable[..., object]) -> list[type]:
        def click() -> object:
            mine = Defence.objects.select_related("programme").get()
            return act(defence=mine, by=cast.inga, now=DAY)

        return failed(at_once(click, click))

    assert twice(days.announce_defence) == [AlreadyMoved]
    assert Letter.objects.filter(kind="defence.announced").count() == 5
    assert twice(days.begin_defence) == [AlreadyMoved]
    running = Defence.objects.select_related("programme").get()
    for slot in slots_of(running):
        slot.defence = running
        stage.mark_absent(slot=slot, by=cast.inga, now=DAY)
    assert twice(days.finish_defence) == [AlreadyMoved]
    assert Line.objects.filter(verb="defence.finish").count() == 1


def test_two_draws_leave_one_order(cast: Cast, defence: Defence) -> None:
    def draw(seed: int) -> object:
        mine = Defence.objects.select_related("programme").get()
        return order.draw_order(defence=mine, seed=seed, by=cast.inga, now=NOW)

    assert failed(at_once(lambda: draw(1), lambda: draw(2))) == []
    assert list(slots_of(defence).values_list("place", flat=True)) == [1, 2]


def test_one_guest_one_standing_back(cast: Cast, elinas: Slot) -> None:
    said: dict[str, Any] = {"name": "Laima", "address": "l@b.example", "language": "lv"}

    def invite() -> object:
        mine = Defence.objects.select_related("programme").get()
        return jurors.invite_guest(defence=mine, **said, by=cast.inga, now=DAY)

    def back() -> object:
        return stand_back(slot=elinas, juror=juror(elinas.defence, cast.inga), now=DAY)

    assert failed(at_once(invite, invite)) == []
    assert failed(at_once(back, back)) == []
    assert (Juror.objects.filter(person=None).count(), Recusal.objects.count()) == (1, 1)
    assert Letter.objects.filter(kind="defence.link").count() == 1


def test_a_choice_and_the_end_of_the_day_agree(cast: Cast, elinas: Slot) -> None:
    running = elinas.defence
    favourite.open_hall(defence=running, by=cast.inga, now=DAY)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    other = slot_of(running, cast.gabija)
    stage.mark_absent(slot=other, by=cast.inga, now=DAY)
    found = at_once(
        lambda: favourite.choose_favourite(slot=elinas, device="a"),
        lambda: days.finish_defence(
            defence=Defence.objects.select_related("programme").get(), by=cast.inga, now=DAY
        ),
    )
    assert set(failed(found)) <= {favourite.HallIsClosed}
    assert Slot.objects.get(pk=elinas.pk).favourite is (failed(found) == [])
    assert Voice.objects.count() == 0


def test_one_phone_that_taps_twice_at_once_has_one_voice(cast: Cast, elinas: Slot) -> None:
    favourite.open_hall(defence=elinas.defence, by=cast.inga, now=DAY)

    def tap() -> object:
        return favourite.choose_favourite(slot=elinas, device="a")

    assert failed(at_once(tap, tap)) == []
    assert Voice.objects.count() == 1


def test_two_hosts_rehearse_and_there_is_one_rehearsal(cast: Cast, defence: Defence) -> None:
    def begin() -> object:
        mine = Defence.objects.select_related("programme").get(rehearsal_of=None)
        return rehearsal.rehearse(defence=mine, by=cast.inga, now=NOW)

    assert failed(at_once(begin, begin)) == []
    made = Defence.objects.get(rehearsal_of=defence)
    assert made.slots.count() == rehearsal.MADE_UP_SLOTS

    def end() -> object:
        return rehearsal.throw_rehearsal_away(defence=made)

    assert failed(at_once(end, end)) == []
    assert Defence.objects.count() == 1


def test_coming_back_twice_is_coming_back_once(cast: Cast, elinas: Slot) -> None:
    inga = juror(elinas.defence, cast.inga)
    stand_back(slot=elinas, juror=inga, now=DAY)
    act = partial(come_back, slot=elinas, juror=inga, now=DAY)
    assert at_once(act, act) == [None, None]
    assert Line.objects.filter(verb="juror.come_back").count() == 1
