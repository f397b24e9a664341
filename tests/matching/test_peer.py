"""Beside munkres 1.1.4, which open-source peers use, on lists made here: as many placed, as good in all.

Two measures: our points, and a plain one as peers count it, a point for each thing in common.
"""

import random

import numpy as np
import pytest
from munkres import DISALLOWED, Munkres

from tests.matching.test_large import solved as solved_large
from varpa.matching import solving
from varpa.matching.cohort import Cohort, Mentee, Mentor, cohort
from varpa.matching.matching import match

MANY = 24


def people(seed: int) -> Cohort:
    chance = random.Random(seed)
    towns, fields = ["Rīga", "Cēsis", "Vilnius", "Šiauliai"], ["23.4", "16.2", "62.01", "10.71", "79"]

    def said(name: str) -> dict[str, object]:
        return {
            "languages": frozenset(chance.choice((["lv"], ["lt"], ["lv", "en"], ["lt", "en"]))),
            name: tuple(chance.sample(fields, 2)),
            "region": chance.choice(towns),
            "means": frozenset(chance.sample(["video", "phone", "email"], 2)),
        }

    mentees = [Mentee(f"e{n:02}", **said("interests")) for n in range(MANY)]
    mentors = [Mentor(f"m{n:02}", **said("sectors"), capacity=chance.randint(1, 2)) for n in range(MANY // 2)]
    return cohort(mentees, mentors)


def in_common(found: Cohort) -> solving.Points:
    rows = [
        [
            len(set(mentee.interests) & set(mentor.sectors))
            + len(mentee.means & mentor.means)
            + (mentee.region == mentor.region)
            for mentor in found.mentors
        ]
        for mentee in found.mentees
    ]
    return np.array(rows)


def by_munkres(points: solving.Points, allowed: solving.Allowed, capacity: solving.Places) -> tuple[int, int]:
    owner = np.repeat(np.arange(len(capacity)), capacity)
    most = int(points.max()) + 1
    # Whoever cannot be placed has a place apart, dearer than all others together.
    dear = most * (len(points) + 1)
    costs = [
        [most - int(points[row, at]) if allowed[row, at] else DISALLOWED for at in owner]
        + [dear] * len(points)
        for row in range(len(points))
    ]
    placed = [(row, owner[at]) for row, at in Munkres().compute(costs) if at < len(owner)]
    return len(placed), sum(int(points[two]) for two in placed)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("measure", ["points", "in common"])
def test_as_many_placed_and_as_good_in_all(seed: int, measure: str) -> None:
    run = match(people(seed))
    points, allowed = run.people.block(np.arange(MANY))
    points = points if measure == "points" else in_common(run.cohort)
    problem = points, allowed, np.array([mentor.capacity for mentor in run.cohort.mentors])
    peer = by_munkres(*problem)
    for answer in (solving.solve(*problem), solved_large(problem)):
        assert (answer.placed, answer.total) == peer
