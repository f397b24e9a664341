"""The goals while the mentee wants no messages: they are the mentee's, and a mentor's words do not reach."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from varpa.kernel.refs import new_ref
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.actions.goals import (
    add_step,
    answer_topic,
    change_goal,
    mark_step,
    set_goal,
    set_goals,
    take_goal_step,
)
from varpa.pairs.models import Goal
from varpa.pairs.quiet import WordsWouldReach
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
STAYS = {"lv": "tas paliek, kā ir", "lt": "lieka kaip yra", "en": "it stays as it is"}
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def goal(cast: Cast) -> Goal:
    """Elīna has stopped messages after this goal was set."""
    goal = set_goal(pair=cast.pair, text="Aprēķināt cenu", by=cast.andris, now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + timedelta(hours=1))
    return goal


def sets(goal: Goal, by: Person) -> object:
    return set_goal(pair=goal.pair, text=HARSH, by=by, now=LATER)


def chooses(goal: Goal, by: Person) -> object:
    return set_goals(pair=goal.pair, texts={new_ref(): HARSH}, by=by, now=LATER)


def steps(goal: Goal, by: Person) -> object:
    return add_step(goal=goal, text=HARSH, by=by, now=LATER)


def words(goal: Goal, by: Person) -> None:
    change_goal(goal=goal, text=HARSH, progress="", due=None, revision=0, by=by, now=LATER)


def progress(goal: Goal, by: Person) -> None:
    change_goal(goal=goal, text=goal.text, progress=HARSH, due=None, revision=0, by=by, now=LATER)


def answers(goal: Goal, by: Person) -> object:
    return answer_topic(pair=goal.pair, texts={"problems": HARSH}, revisions={}, by=by, now=LATER)


ROADS = [sets, chooses, steps, words, progress, answers]


@pytest.mark.parametrize("road", ROADS)
def test_the_mentor_puts_no_words_into_the_goals(
    cast: Cast, goal: Goal, road: Callable[[Goal, Person], object]
) -> None:
    with pytest.raises(WordsWouldReach):
        road(goal, cast.andris)
    assert HARSH not in text(page(cast.elina, f"/pairs/{cast.pair.ref}/goals/"))
    assert HARSH not in text(page(cast.elina, f"/goals/{goal.ref}/"))


@pytest.mark.parametrize("road", ROADS)
def test_the_mentee_writes_on(cast: Cast, goal: Goal, road: Callable[[Goal, Person], object]) -> None:
    road(goal, cast.elina)


@pytest.mark.parametrize("road", ROADS)
def test_the_mentee_writes_on_where_the_mentor_wants_no_messages(
    cast: Cast, goal: Goal, road: Callable[[Goal, Person], object]
) -> None:
    lift_quiet(pair=cast.pair, by=cast.elina, now=LATER)
    want_quiet(pair=cast.pair, by=cast.andris, now=LATER)
    road(goal, cast.elina)


def test_what_is_done_goes_on(cast: Cast, goal: Goal) -> None:
    step = add_step(goal=goal, text="Nosvērt mālu", by=cast.elina, now=LATER)
    mark_step(step=step, done=True, by=cast.andris, now=LATER)
    due = NOW.date() + timedelta(days=30)
    change_goal(goal=goal, text=goal.text, progress="", due=due, revision=0, by=cast.andris, now=LATER)
    take_goal_step(goal=goal, step="reach", by=cast.andris, now=LATER)
    assert "Sasniegts" in text(page(cast.elina, f"/goals/{goal.ref}/"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_mentor_is_told_before_and_keeps_what_was_typed(cast: Cast, goal: Goal, language: str) -> None:
    speak(language, cast.andris)
    pages = [f"/pairs/{cast.pair.ref}/goals/", f"/goals/{goal.ref}/", f"/pairs/{cast.pair.ref}/topic/"]
    for address in pages:
        assert STAYS[language] in text(page(cast.andris, address))
        assert STAYS[language] not in text(page(cast.elina, address))
    typed = [
        (pages[0], {"text": HARSH, "ref": new_ref()}),
        (pages[1], {"text": goal.text, "progress": HARSH, "revision": "0"}),
        (f"/goals/{goal.ref}/steps/", {"step": HARSH, "ref": new_ref()}),
        (pages[2], {"problems": HARSH, "revision": ""}),
    ]
    for address, given in typed:
        shown = text(follow(cast.andris, address, given))
        assert HARSH in shown
        assert STAYS[language] in shown


def test_once_messages_may_come_again_the_mentor_writes(cast: Cast, goal: Goal) -> None:
    lift_quiet(pair=cast.pair, by=cast.elina, now=LATER)
    set_goal(pair=cast.pair, text="Parādīt tirgū", by=cast.andris, now=LATER)
    assert "tas paliek" not in text(page(cast.andris, f"/pairs/{cast.pair.ref}/goals/"))


def test_the_first_page_leads_the_mentor_to_no_goals(cast: Cast) -> None:
    make.held(cast.pair)
    topic = f"/pairs/{cast.pair.ref}/topic/"
    assert topic in text(page(cast.andris, "/"))
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    assert topic not in text(page(cast.andris, "/"))
    assert topic in text(page(cast.elina, "/"))
