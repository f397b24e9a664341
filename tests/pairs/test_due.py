"""A day by which a goal or a promise is due is one that can come: told at its field (R5)."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.meetings.actions.reviews import make_promise, move_promise
from varpa.meetings.models import Promise
from varpa.pairs.actions.due import DueDayHasPassed, DueDayTooFar
from varpa.pairs.actions.goals import change_goal, set_goal
from varpa.pairs.models import Goal

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
UNLIKELY = [
    (date(1900, 1, 1), DueDayHasPassed),
    (date(2025, 10, 13), DueDayHasPassed),
    (date(2099, 1, 1), DueDayTooFar),
]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize(("day", "refusal"), UNLIKELY)
def test_a_new_one_is_refused(cast: Cast, day: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make_promise(pair=cast.pair, text="Zvanīt", due=day, by=cast.elina, now=NOW)
    with pytest.raises(refusal):
        set_goal(pair=cast.pair, text="Cena", due=day, by=cast.elina, now=NOW)
    assert not Promise.objects.exists()
    assert not Goal.objects.exists()


@pytest.mark.parametrize(("day", "refusal"), UNLIKELY)
def test_and_another_day_for_one_that_stands(cast: Cast, day: date, refusal: type[Exception]) -> None:
    promise = make_promise(pair=cast.pair, text="Zvanīt", due=TODAY, by=cast.elina, now=NOW)
    goal = set_goal(pair=cast.pair, text="Cena", due=TODAY, by=cast.elina, now=NOW)
    with pytest.raises(refusal):
        move_promise(promise=promise, due=day, by=cast.elina, now=NOW)
    with pytest.raises(refusal):
        change_goal(goal=goal, text="Cena", progress="", due=day, revision=0, by=cast.elina, now=NOW)
    assert Goal.objects.get().due == Promise.objects.get().due == TODAY


def test_one_that_has_passed_stays_where_only_the_words_change(cast: Cast) -> None:
    goal = set_goal(pair=cast.pair, text="Cena", due=TODAY, by=cast.elina, now=NOW)
    later = NOW + timedelta(days=9)
    change_goal(goal=goal, text="Cena", progress="Puse", due=TODAY, revision=0, by=cast.elina, now=later)
    assert Goal.objects.get().progress == "Puse"


@pytest.mark.parametrize("where", ["promises", "goals"])
def test_the_field_says_it_and_keeps_what_was_typed(cast: Cast, where: str) -> None:
    visitor = Visitor(cast.elina)
    form = next(
        each for each in forms(visitor.get(f"/pairs/{cast.pair.ref}/{where}/")) if "due" in each.fields
    )
    answer = visitor.send(form, text="Piezvanīt", due="1900-01-01")
    assert "Šī diena jau ir pagājusi" in words(answer).split('name="due"')[0].rsplit("<label", 1)[1]
    again = next(each for each in forms(answer) if "due" in each.fields)
    assert again.fields["text"] == ["Piezvanīt"]
    assert visitor.send(again, due="2025-11-01").status_code == 302


def test_of_three_promises_in_a_review_the_one_is_told(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    visitor = Visitor(cast.elina, days=2)
    address = f"/meetings/{cast.pair.meetings.get().ref}/review/"
    form = next(each for each in forms(visitor.get(address)) if "text" in each.fields)
    promised = {"promise-1": "Viens", "promise-1-due": "2025-11-01"}
    promised |= {"promise-2": "Divi", "promise-2-due": "2125-11-01"}
    shown = words(visitor.send(form, text="Labi.", **promised))
    assert "vairāk nekā gads" in shown.split('name="promise-2-due"')[0].rsplit("<label", 1)[1]
    assert not Promise.objects.exists()
