"""What fairness costs (quality §2): how far the worst-off could be lifted, and what the whole would lose."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.cast import Cast
from tests.matching.conftest import matched, mentee, mentor, text
from varpa.matching.cohort import Mentee, Mentor, Rules, cohort
from varpa.matching.matching import match
from varpa.matching.results import fairness_costs


@given(
    some.lists(some.lists(some.sampled_from("abcdef"), max_size=3), min_size=6, max_size=6), some.booleans()
)
def test_the_highest_floor_and_its_cost_are_those_of_all_answers(fields: list[list[str]], lock: bool) -> None:
    mentees = [Mentee(f"e{at}", interests=tuple(each)) for at, each in enumerate(fields[:3])]
    mentors = [Mentor(f"m{at}", sectors=tuple(each)) for at, each in enumerate(fields[3:])]
    run = match(cohort(mentees, mentors, Rules(locks={"e0": "m1"} if lock else {})))
    assert run.people.kept
    points = run.people.kept[0]
    answers = [
        [int(points[row, column]) for row, column in enumerate(each)]
        for each in permutations(range(3))
        if not lock or each[0] == 1
    ]
    lowest, total = max((min(each), sum(each)) for each in answers)
    found = fairness_costs(run)
    if lowest > run.solved.lowest:
        assert found[-1] == [lowest, run.solved.total - total]
    else:
        assert found == []


@pytest.mark.django_db
def test_the_board_says_what_it_would_cost(cast: Cast) -> None:
    for name, interests in (("Anna Kalniņa", ["16", "62"]), ("Zane Cita", ["62"])):
        mentee(cast, name, interests=interests, languages=["lv"])
    mentor(cast, "Pēteris Vītols", interests=["62"], languages=["lv"])
    mentor(cast, "Ilze Otra", interests=["16", "01"], languages=["lv"])
    run = matched(cast)
    run.figures["fairness_costs"] = [[6120, 40], [7000, 123]]
    run.figures["total"] = 10_000
    run.save()
    shown = text(cast.inga, "run", run.ref)
    assert "61,2" in shown
    assert "(1,23 %)" in shown
