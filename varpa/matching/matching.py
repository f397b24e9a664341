"""One run: a cohort in, pairs with their reasons out."""

import math
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from varpa.kernel.text import folded
from varpa.matching import solving
from varpa.matching.cohort import Cohort
from varpa.matching.parts import WEIGHTS, PartKey
from varpa.matching.places import kilometres
from varpa.matching.suitability import Suitability, count_shared, measure
from varpa.sectors.sectors import nearness

Mask = NDArray[np.bool_]
SOLVER = "scipy linear_sum_assignment"


@dataclass(frozen=True)
class Run:
    """What was asked and what came of it. `blocked` are the pairs that each hard rule forbids.

    `losses` are None where nobody asked, or the cohort is too large for all of them at once.
    """

    cohort: Cohort
    suitability: Suitability
    allowed: Mask
    blocked: Mapping[str, Mask]
    solved: solving.Solved
    losses: "Losses | None"
    seconds: float
    ignored: list["Ignored"] = field(default_factory=list)


@dataclass(frozen=True)
class Losses:
    """What the whole would lose if mentee i had mentor j, exactly: in `[i, j]` placements and points.

    Placements are -1 where the two cannot be a pair, or the mentee has a lock. Where one is lost, points may
    be gained.
    """

    placements: NDArray[np.int64]
    points: NDArray[np.int64]


@dataclass(frozen=True)
class Ignored:
    """A lock that could not be kept: `why` is unknown, vetoed or full."""

    mentee: str
    mentor: str
    why: str


def _silent(_percent: int) -> None:
    """Nobody watches."""


def match(
    cohort: Cohort,
    weights: Mapping[PartKey, int] = WEIGHTS,
    *,
    with_losses: bool = False,
    tell: Callable[[int], None] = _silent,
) -> Run:
    """Match a whole cohort. Locks are kept before anything else, and take a place of their mentor.

    `tell` is called with the percentage that is done; what it raises ends the run.
    """
    began = time.perf_counter()
    distances = kilometres([each.region for each in cohort.mentees], [each.region for each in cohort.mentors])
    suitability = measure(cohort, nearness, distances, weights)
    tell(30)
    blocked = _blocked(cohort, distances)
    allowed = ~np.logical_or.reduce([*blocked.values(), np.zeros_like(distances, dtype=bool)])
    locked, capacity, ignored = _locked(cohort, blocked)
    # Solve for those without a lock, with the places that locks leave; then put the locked beside them.
    rows = np.flatnonzero(locked < 0)
    points = suitability.points[rows], allowed[rows], capacity
    solved = solving.solve(*points)
    tell(60)
    losses = _losses(suitability.points.shape, rows, points, solved) if with_losses else None
    tell(80)
    whole = _together(suitability.points, locked, rows, solved)
    seconds = time.perf_counter() - began
    return Run(cohort, suitability, allowed, blocked, whole, losses, seconds, ignored)


def _losses(
    shape: tuple[int, ...],
    rows: NDArray[np.int64],
    problem: tuple[solving.Points, Mask, solving.Places],
    solved: solving.Solved,
) -> "Losses | None":
    if shape[1] > solving.LOSSES_UP_TO:
        return None
    points, _allowed, capacity = problem
    lost = solving.losses(*problem, solved)
    worth = solving.placement_worth(len(points), int(np.minimum(capacity, len(points)).sum())) or 1
    # What is left of the whole tells both apart: all its points together are worth less than one placement.
    left = np.where(np.isfinite(lost), solved.placed * worth + solved.total - lost, 0).astype(np.int64)
    found = Losses(np.full(shape, -1), np.zeros(shape, dtype=np.int64))
    found.placements[rows] = np.where(np.isfinite(lost), solved.placed - left // worth, -1)
    found.points[rows] = solved.total - left % worth
    return found


def _together(
    points: solving.Points, locked: NDArray[np.int64], rows: NDArray[np.int64], solved: solving.Solved
) -> solving.Solved:
    mentor_of = locked.copy()
    mentor_of[rows] = solved.mentor_of
    placed = np.flatnonzero(mentor_of >= 0)
    got = points[placed, mentor_of[placed]]
    lowest = int(got.min()) if len(got) else 0
    return solving.Solved(mentor_of, int(got.sum()), lowest, solved.proven)


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
    if rules.within_travel:
        travel = np.array([math.inf if each.travel is None else each.travel for each in mentees])
        found["travel"] = distances > travel[:, None]
    named = {"veto": rules.vetoes, "forbidden": rules.forbidden, "refused": rules.refused}
    for name, pairs in named.items():
        if pairs:
            found[name] = _named(cohort, pairs)
    return found


def _named(cohort: Cohort, pairs: Collection[tuple[str, str]]) -> Mask:
    rows = {each.key: place for place, each in enumerate(cohort.mentees)}
    columns = {each.key: place for place, each in enumerate(cohort.mentors)}
    found = np.zeros((len(rows), len(columns)), dtype=bool)
    for mentee, mentor in pairs:
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
