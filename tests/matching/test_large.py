"""The large way gives what the solver of small cohorts gives, and what every other answer does not beat."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.matching.test_matching import many, pairs, some
from tests.matching.test_solving import Problem, every_answer, of, problems, worth
from varpa.matching import large, solving
from varpa.matching.cohort import Cohort, Mentee, Mentor, Rules, cohort
from varpa.matching.grids import Rows
from varpa.matching.matching import match
from varpa.matching.results import figures, found


def solved(problem: Problem) -> solving.Solved:
    points, allowed, capacity = problem

    def block(rows: Rows) -> tuple[solving.Points, solving.Allowed]:
        return points[rows], allowed[rows]

    return large.solve(block, len(points), capacity, lambda _percent: None)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_most_are_placed_then_most_points_then_the_worst_off(problem: Problem) -> None:
    answer = solved(problem)
    assert of(answer) == max(worth(problem[0], chosen) for chosen in every_answer(*problem))
    assert answer.proven


@pytest.mark.parametrize("seed", range(6))
def test_candidates_that_are_too_few_are_found_out_by_the_proof(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two candidates a mentee, and blocks of a few rows, the first answer is seldom the best."""
    for name, value in (("BEST", 2), ("ADDED", 2), ("CELLS", 200), ("SAMPLE", 10)):
        monkeypatch.setattr(large, name, value)
    chance = np.random.default_rng(seed)
    points = chance.integers(0, 10_001, (80, 40)).astype(np.int32)
    problem = points, chance.random(points.shape) < 0.4, chance.integers(0, 4, 40)
    answer, best = solved(problem), solving.solve(*problem)
    assert (answer.placed, answer.total, answer.proven) == (best.placed, best.total, True)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_a_side_that_is_empty(shape: tuple[int, int]) -> None:
    points = np.zeros(shape, dtype=np.int32)
    answer = solved((points, np.ones(shape, dtype=bool), np.ones(shape[1], dtype=np.int64)))
    assert (of(answer), len(answer.mentor_of)) == ((0, 0, 0), shape[0])


def test_nobody_is_possible() -> None:
    points, nobody = np.zeros((2, 2), dtype=np.int32), np.zeros((2, 2), dtype=bool)
    assert of(solved((points, nobody, np.array([1, 1])))) == (0, 0, 0)


def wishing(seed: int) -> Cohort:
    """A few people with wishes and locks."""
    mentees, mentors = some(seed)
    mentees[0] = Mentee("e0", languages=mentees[0].languages, wishes=("m1", "keramika"))
    mentors[1] = Mentor("m1", languages=mentors[1].languages, wishes=("e3",), capacity=2)
    return cohort(mentees, mentors, Rules(locks={"e2": "m0"}, vetoes=frozenset({("e1", "m2")})))


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_find_as_much_in_one_cohort(seed: int) -> None:
    people = wishing(seed)
    small, big = match(people), match(people, dense_up_to=0)
    assert big.solver == large.SOLVER
    assert of(big.solved) == of(small.solved)
    assert big.solved.proven
    lines = list(found(big))
    assert sum(line.points for line in lines) == big.solved.total == int(big.points.sum())
    assert figures(big)["solver"] == large.SOLVER


def test_rows_in_another_order_give_the_same_pairs() -> None:
    mentees, mentors = many(40)
    first = match(cohort(mentees, mentors), dense_up_to=0)
    random.Random(1).shuffle(mentees)
    random.Random(2).shuffle(mentors)
    assert pairs(match(cohort(mentees, mentors), dense_up_to=0)) == pairs(first)


def test_without_the_extra_a_cohort_without_room_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "installed", lambda: False)
    monkeypatch.setattr(solving, "DENSE_AT_MOST", 3)
    with pytest.raises(solving.TooLarge):
        match(cohort(*many(10)), dense_up_to=2)


@pytest.mark.parametrize("extra", [True, False])
def test_far_more_places_than_people_are_no_more_people(monkeypatch: pytest.MonkeyPatch, extra: bool) -> None:
    """Ninety for a hundred mentors who would each take any number."""
    monkeypatch.setattr(large, "installed", lambda: extra)
    mentees, mentors = many(200)
    any_number = [replace(each, capacity=9999) for each in mentors]
    run = match(cohort(mentees[:90], any_number), with_losses=True)
    assert (run.solver, run.solved.placed, run.solved.proven) == (solving.SOLVER, 90, True)
    assert run.losses is not None
    best = match(cohort(mentees[:90], any_number), dense_up_to=0)
    assert of(best.solved)[:2] == of(run.solved)[:2]
    assert run.cohort.places == 999_900


def test_cancelled_between_two_rounds_it_ends() -> None:
    class CancelledError(Exception):
        pass

    def tell(percent: int) -> None:
        if percent >= 20:
            raise CancelledError

    with pytest.raises(CancelledError):
        match(cohort(*many(10)), dense_up_to=0, tell=tell)
