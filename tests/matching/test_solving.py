"""The solver's answer against every other one that there could be."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varpa.matching import solving
from varpa.matching.solving import Allowed, Places, Points, Solved

Problem = tuple[Points, Allowed, Places]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to five mentees and four mentors; few different points, so that many answers are equally good."""
    mentees, mentors = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    most = draw(st.sampled_from([3, solving.MOST_POINTS]))
    points = [
        draw(st.lists(st.integers(0, most), min_size=mentors, max_size=mentors)) for _ in range(mentees)
    ]
    allowed = [draw(st.lists(st.booleans(), min_size=mentors, max_size=mentors)) for _ in range(mentees)]
    capacity = draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
    return np.array(points), np.array(allowed), np.array(capacity)


def every_answer(points: Points, allowed: Allowed, capacity: Places) -> Iterator[tuple[int, ...]]:
    mentees, mentors = points.shape
    for chosen in product(range(-1, mentors), repeat=mentees):
        fits = all(chosen.count(mentor) <= capacity[mentor] for mentor in range(mentors))
        if fits and all(mentor < 0 or allowed[row, mentor] for row, mentor in enumerate(chosen)):
            yield chosen


def worth(points: Points, chosen: tuple[int, ...]) -> tuple[int, int, int]:
    got = [int(points[row, mentor]) for row, mentor in enumerate(chosen) if mentor >= 0]
    return len(got), sum(got), min(got, default=0)


def of(solved: Solved) -> tuple[int, int, int]:
    return solved.placed, solved.total, solved.lowest


@settings(max_examples=150)
@given(problems())
def test_most_are_placed_then_most_points_then_the_worst_off(problem: Problem) -> None:
    solved = solving.solve(*problem)
    assert of(solved) == max(worth(problem[0], chosen) for chosen in every_answer(*problem))
    assert worth(problem[0], tuple(int(each) for each in solved.mentor_of)) == of(solved)
    assert solved.proven


@settings(max_examples=150)
@given(problems(), st.lists(st.integers(0, 9999), min_size=4, max_size=4))
def test_of_many_places_only_those_that_are_used_are_laid_out(problem: Problem, capacity: list[int]) -> None:
    points, allowed, _few = problem
    places = np.array(capacity[: points.shape[1]])
    whole = solving.solve(points, allowed, places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "FEW_CELLS", 0)
        solved = solving.solve(points, allowed, places)
        assert (
            of(solved)
            == of(whole)
            == max(worth(points, each) for each in every_answer(points, allowed, places))
        )
        assert solved.proven


def test_three_hundred_who_all_want_one_of_fifty() -> None:
    points = np.random.default_rng(1).integers(0, 5000, (300, 50))
    points[:, 7] += 5000
    solved = solving.solve(points, np.ones(points.shape, dtype=bool), np.full(50, 9999))
    assert (solved.total, solved.proven) == (int(points.max(axis=1).sum()), True)


@settings(max_examples=100)
@given(problems())
def test_the_loss_of_a_forced_pair_is_exact(problem: Problem) -> None:
    points, _allowed, capacity = problem
    solved = solving.solve(*problem)
    one = solving.placement_worth(len(points), int(np.minimum(capacity, len(points)).sum()))
    answers = [(chosen, *worth(points, chosen)) for chosen in every_answer(*problem)]
    best = one * solved.placed + solved.total
    lost = solving.losses(*problem, solved)
    for row, mentor in np.ndindex(points.shape):
        forced = [one * placed + total for chosen, placed, total, _ in answers if chosen[row] == mentor]
        assert lost[row, mentor] == (best - max(forced) if forced else np.inf)


def test_a_worse_answer_is_not_taken_for_the_best() -> None:
    points, allowed, capacity = np.array([[10, 0], [0, 10]]), np.ones((2, 2), dtype=bool), np.array([1, 1])
    crossed = Solved(np.array([1, 0]), 0, 0)
    assert solving.tight(points, allowed, capacity, crossed) is None


def test_the_worst_off_is_helped_where_it_costs_nothing() -> None:
    points = np.array([[50, 10], [60, 20]])
    solved = solving.solve(points, np.ones((2, 2), dtype=bool), np.array([1, 1]))
    assert of(solved) == (2, 70, 20)


def test_nobody_is_possible() -> None:
    points, nobody = np.zeros((2, 2), dtype=np.int64), np.zeros((2, 2), dtype=bool)
    assert of(solving.solve(points, nobody, np.array([1, 1]))) == (0, 0, 0)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_a_side_that_is_empty(shape: tuple[int, int]) -> None:
    points, allowed = np.zeros(shape, dtype=np.int64), np.ones(shape, dtype=bool)
    solved = solving.solve(points, allowed, np.ones(shape[1], dtype=np.int64))
    assert of(solved) == (0, 0, 0)
    assert len(solved.mentor_of) == shape[0]


def test_more_mentors_than_mentees_and_the_other_way_round() -> None:
    chance = np.random.default_rng(7)
    for mentees, mentors in ((3, 40), (40, 3)):
        points = chance.integers(0, solving.MOST_POINTS, (mentees, mentors))
        solved = solving.solve(points, np.ones((mentees, mentors), dtype=bool), np.ones(mentors, dtype=int))
        assert solved.placed == 3
