"""The history of a goal as a small picture with its words (methodology §4, phase 2)."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import queries, text
from varpa.pairs.actions import goals
from varpa.pairs.courses import Course, course_of
from varpa.pairs.models import Goal
from varpa.pairs.queries import with_steps

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def goal(cast: Cast) -> Goal:
    return goals.set_goal(pair=cast.pair, text="Cena vienai krūzei", by=cast.elina, now=NOW)


def course(goal: Goal) -> Course | None:
    return course_of(with_steps(Goal.objects.filter(pk=goal.pk)).get())


def written(cast: Cast, goal: Goal, progress: str, days: float) -> None:
    goal.refresh_from_db()
    goals.change_goal(
        goal=goal,
        text=goal.text,
        progress=progress,
        due=goal.due,
        revision=goal.revision,
        by=cast.andris,
        now=NOW + days * DAY,
    )


def turns(goal: Goal) -> list[tuple[str, int]]:
    found = course(goal)
    return [(turn.key, turn.steps) for turn in found.turns] if found else []


def lived(cast: Cast, goal: Goal) -> None:
    first, second = (goals.add_step(goal=goal, text=name, by=cast.elina, now=NOW) for name in ("A", "B"))
    goals.mark_step(step=first, done=True, by=cast.elina, now=NOW + 3 * DAY)
    written(cast, goal, "Zīm. 1", 4)
    written(cast, goal, "Zīmējums ir gatavs", 4.1)
    goals.mark_step(step=second, done=True, by=cast.elina, now=NOW + 8 * DAY)
    goals.mark_step(step=second, done=False, by=cast.elina, now=NOW + 9 * DAY)


def test_a_goal_that_was_only_set_has_no_course(goal: Goal) -> None:
    assert course(goal) is None


def test_each_turn_once_and_what_saves_itself_once_a_day(cast: Cast, goal: Goal) -> None:
    lived(cast, goal)
    assert turns(goal) == [("set", 0), ("done", 1), ("word", 1), ("done", 2), ("undone", 1)]


def test_other_words_and_another_date_are_no_progress(cast: Cast, goal: Goal) -> None:
    goals.change_goal(
        goal=goal, text="Cita cena", progress="", due=None, revision=0, by=cast.elina, now=NOW + DAY
    )
    assert course(goal) is None


def test_a_step_that_was_done_and_taken_back_counts_no_more(cast: Cast, goal: Goal) -> None:
    step = goals.add_step(goal=goal, text="A", by=cast.elina, now=NOW)
    goals.mark_step(step=step, done=True, by=cast.elina, now=NOW + DAY)
    goals.withdraw_step(step=step, by=cast.elina, now=NOW + 2 * DAY)
    goals.take_goal_step(goal=goal, step="reach", by=cast.elina, now=NOW + 3 * DAY)
    assert turns(goal) == [("set", 0), ("done", 1), ("reach", 0)]


def test_the_page_draws_it_and_says_it(cast: Cast, goal: Goal) -> None:
    assert 'class="course"' not in text(cast.elina, "goal", goal.ref)
    lived(cast, goal)
    page = text(cast.elina, "goal", goal.ref)
    assert 'class="course"' in page
    assert "style=" not in page
    assert "no 14.10.2025. līdz 23.10.2025. Izdarīti soļi: 1 no 2." in page
    assert "Kā veicās" in page
    assert "Pierakstīts, kā veicas" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "Solis izdarīts"), ("lt", "Žingsnis atliktas"), ("en", "A step was done")],
)
def test_three_languages(cast: Cast, goal: Goal, language: str, said: str) -> None:
    lived(cast, goal)
    cast.elina.language = language
    cast.elina.save()
    assert said in text(cast.elina, "goal", goal.ref)


def test_a_long_course_costs_one_question(cast: Cast, goal: Goal) -> None:
    lived(cast, goal)
    few = queries(cast.elina, "goal", goal.ref)
    for days in range(10, 40):
        written(cast, goal, f"Diena {days}", days)
    assert queries(cast.elina, "goal", goal.ref) == few <= 12
