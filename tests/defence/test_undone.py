"""What has not begun after all: only while nothing was said and the presentation was never closed (R9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say, slot_of
from tests.defence.test_pages import at, client_of, text
from varpa.businessplans.actions.plans import PlanIsPresented, take_back_plan
from varpa.defence.actions import stage
from varpa.defence.actions.words import SlotIsClosed
from varpa.defence.models import Juror, Slot, SlotState, Word
from varpa.kernel.clock import moved_to
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
CLOSED = DAY + timedelta(minutes=9)
LATER = DAY + timedelta(minutes=12)


def undo(slot: Slot, cast: Cast) -> None:
    stage.undo_start(slot=slot_of(slot.defence, cast.elina), by=cast.inga, now=LATER)


def tap_undo(slot: Slot, cast: Cast) -> str:
    """The button of a desk that was opened before, and what the desk says then."""
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    with moved_to(LATER):
        page = client_of(cast.inga).post(f"/slots/{slot.ref}/acts/undo/", follow=True)
    return page.content.decode()


def test_a_start_by_mistake_is_undone(cast: Cast, elinas: Slot) -> None:
    undo(elinas, cast)
    elinas.refresh_from_db()
    assert (elinas.state, elinas.began_at) == (SlotState.WAITING, None)
    with pytest.raises(AlreadyMoved):
        undo(elinas, cast)
    with pytest.raises(SlotIsClosed):
        say(elinas, juror(elinas.defence, cast.rimantas), 5_00)


def test_what_was_closed_once_is_never_as_if_it_had_not_begun(cast: Cast, elinas: Slot) -> None:
    """Also with nothing said in it: the jurors have heard it, and the hall has seen it close."""
    stage.close_slot(slot=elinas, by=cast.inga, now=CLOSED)
    stage.reopen_slot(slot=elinas, by=cast.inga, now=CLOSED)
    with pytest.raises(stage.WasClosed):
        undo(elinas, cast)
    elinas.refresh_from_db()
    assert (elinas.state, elinas.first_closed_at) == (SlotState.PAUSED, CLOSED)
    stage.close_slot(slot=elinas, by=cast.inga, now=LATER)
    elinas.refresh_from_db()
    assert (elinas.closed_at, elinas.first_closed_at) == (LATER, CLOSED)


def test_sealed_money_stays_and_the_plan_is_not_taken_back(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    say(elinas, rimantas, 50_000_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=CLOSED)
    stage.reopen_slot(slot=elinas, by=cast.inga, now=CLOSED)
    assert "closed once" in tap_undo(elinas, cast)
    assert (Word.objects.get().amount, Juror.objects.get(pk=rimantas.pk).spent) == (50_000_00, 50_000_00)
    assert elinas.plan
    with pytest.raises(PlanIsPresented):
        take_back_plan(plan=elinas.plan, by=cast.elina, now=LATER)


@pytest.mark.parametrize(("amount", "words"), [(5_00, ""), (0, "Cena.")])
def test_what_a_juror_has_given_or_said_stays(cast: Cast, elinas: Slot, amount: int, words: str) -> None:
    say(elinas, juror(elinas.defence, cast.rimantas), amount, convinced=words, next="")
    with pytest.raises(stage.JurorsHaveSpoken):
        undo(elinas, cast)
    word = Word.objects.get()
    elinas.refresh_from_db()
    assert (word.amount, word.convinced, elinas.state) == (amount, words, SlotState.RUNNING)


def test_a_juror_who_has_taken_everything_back_has_said_nothing(cast: Cast, elinas: Slot) -> None:
    rimantas = juror(elinas.defence, cast.rimantas)
    word = say(elinas, rimantas, 5_00)
    rimantas.refresh_from_db()
    say(elinas, rimantas, 0, revision=word.revision, convinced="", next="")
    undo(elinas, cast)
    elinas.refresh_from_db()
    assert elinas.state == SlotState.WAITING


@pytest.mark.parametrize("state", [SlotState.WAITING, SlotState.ABSENT])
def test_the_database_lets_nothing_wait_that_was_closed(cast: Cast, elinas: Slot, state: str) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=CLOSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=elinas.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=elinas.pk).update(first_closed_at=None)


def test_the_desk_asks_first_and_only_where_it_is_possible(cast: Cast, elinas: Slot) -> None:
    before, offered, _after = text(cast.inga, at(elinas.defence)).partition("acts/undo/")
    assert offered
    assert before.rfind("<details") > before.rfind("</details>")
    say(elinas, juror(elinas.defence, cast.rimantas), 0)
    assert "acts/undo/" not in text(cast.inga, at(elinas.defence))


def test_the_desk_offers_no_undoing_of_what_is_open_once_more(cast: Cast, elinas: Slot) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=CLOSED)
    stage.reopen_slot(slot=elinas, by=cast.inga, now=CLOSED)
    desk = text(cast.inga, at(elinas.defence))
    assert "acts/close/" in desk
    assert "acts/undo/" not in desk
