"""One run: a cohort in, pairs with their reasons out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from varpa.kernel.text import folded
from varpa.matching import solving
from varpa.matching.cohort import Cohort
from varpa.matching.places import kilometres
from varpa.matching.suitability import WEIGHTS, PartKey, Suitability, count_shared, measure
from varpa.sectors.sectors import nearness

Mask = NDArray[np.bool_]
SOLVER = "scipy linear_sum_assignment"


@dataclass(frozen=True)
class Run:
    """What was asked and what came of it. `blocked` are the pairs that each hard rule forbids.

    `losses[i, j]` is what the whole would lose if mentee i had mentor j (solving.losses); None where the
    cohort is too large for all of them at once.
    """

    cohort: Cohort
    suitability: Suitability
    allowed: Mask
    blocked: Mapping[str, Mask]
    solved: solving.Solved
    losses: NDArray[np.float64] | None
    seconds: float
    ignored: list["Ignored"] = field(default_factory=list)


@dataclass(frozen=True)
class Ignored:
    """A lock that could not be kept: `why` is unknown, vetoed or full."""

    mentee: str
    mentor: str
    why: str


def match(cohort: Cohort, weights: Mapping[PartKey, int] = WEIGHTS) -> Run:
    """Match a whole cohort. Locks are kept before anything else, and take a place of their mentor."""
    began = time.perf_counter()
    distances = kilometres([each.region for each in cohort.mentees], [each.region for each in cohort.mentors])
    suitability = measure(cohort, nearness, distances, weights)
    blocked = _blocked(cohort, distances)
    allowed = ~np.logical_or.reduce([*blocked.values(), np.zeros_like(distances, dtype=bool)])
    locked, capacity, ignored = _locked(cohort, blocked)
    solved, losses = _solved(suitability.points, allowed, capacity, locked)
    seconds = time.perf_counter() - began
    return Run(cohort, suitability, allowed, blocked, solved, losses, seconds, ignored)


def _solved(
    points: solving.Points, allowed: Mask, capacity: solving.Places, locked: NDArray[np.int64]
) -> tuple[solving.Solved, NDArray[np.float64] | None]:
    """Solve for those without a lock, with the places that locks leave; then put the locked beside them."""
    rows = np.flatnonzero(locked < 0)
    solved = solving.solve(points[rows], allowed[rows], capacity)
    losses = None
    if points.shape[1] <= solving.LOSSES_UP_TO:
        losses = np.full(points.shape, np.inf)
        losses[rows] = solving.losses(points[rows], allowed[rows], capacity, solved)
    mentor_of = locked.copy()
    mentor_of[rows] = solved.mentor_of
    placed = np.flatnonzero(mentor_of >= 0)
    got = points[placed, mentor_of[placed]]
    lowest = int(got.min()) if len(got) else 0
    return solving.Solved(mentor_of, int(got.sum()), lowest, solved.proven), losses


def _blocked(cohort: Cohort, distances: NDArray[np.float64]) -> dict[str, Mask]:
    """For each hard rule the pairs that it forbids. Who has said nothing is not kept out by a rule."""
    mentees, mentors, rules = cohort.mentees, cohort.mentors, cohort.rules
    found: dict[str, Mask] = {}
    if rules.shared_language:
        shared = count_shared([each.languages for each in mentees], [each.languages for each in mentors])
        found["language"] = shared == 0
    if rules.shared_means:
        shared = count_shared([each.means for each in mentees], [each.means for each in mentors])
        found["means"] = shared == 0
    if rules.apart:
        schools = np.array([folded(each.school) for each in mentees])
        companies = np.array([folded(each.company) for each in mentors])
        found["apart"] = (schools[:, None] == companies[None, :]) & (schools != "")[:, None]
    if rules.furthest is not None:
        found["distance"] = distances > rules.furthest
    if rules.vetoes:
        found["veto"] = _vetoed(cohort)
    return found


def _vetoed(cohort: Cohort) -> Mask:
    rows = {each.key: place for place, each in enumerate(cohort.mentees)}
    columns = {each.key: place for place, each in enumerate(cohort.mentors)}
    found = np.zeros((len(rows), len(columns)), dtype=bool)
    for mentee, mentor in cohort.rules.vetoes:
        if mentee in rows and mentor in columns:
            found[rows[mentee], columns[mentor]] = True
    return found


def _locked(
    cohort: Cohort, blocked: Mapping[str, Mask]
) -> tuple[NDArray[np.int64], solving.Places, list[Ignored]]:
    """Whom a lock gives which mentor (-1: nobody), the places that are left, and locks that cannot be kept.

    A person has decided a lock: it stands above the rules, but not above a veto.
    """
    rows = {each.key: place for place, each in enumerate(cohort.mentees)}
    columns = {each.key: place for place, each in enumerate(cohort.mentors)}
    left = np.array([max(mentor.capacity, 0) for mentor in cohort.mentors], dtype=np.int64)
    locked, ignored = np.full(len(rows), -1), []
    for mentee, mentor in sorted(cohort.rules.locks.items()):
        row, column = rows.get(mentee, -1), columns.get(mentor, -1)
        if row < 0 or column < 0:
            ignored.append(Ignored(mentee, mentor, "unknown"))
        elif "veto" in blocked and blocked["veto"][row, column]:
            ignored.append(Ignored(mentee, mentor, "vetoed"))
        elif left[column] < 1:
            ignored.append(Ignored(mentee, mentor, "full"))
        else:
            left[column] -= 1
            locked[row] = column
    return locked, left, ignored
