"""One run: a cohort in, pairs with their reasons out."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from varpa.matching import large, rules, solving
from varpa.matching.cohort import Cohort
from varpa.matching.further import next_in
from varpa.matching.grids import Rows
from varpa.matching.parts import WEIGHTS, PartKey
from varpa.matching.places import kilometres
from varpa.matching.suitability import Suitability, measure
from varpa.sectors.sectors import nearness

DENSE_UP_TO = 3_000
"""Places above which the large way is quicker, where its solver is installed."""


@dataclass(frozen=True)
class People:
    """What is known of every pair: points, and whether it may be. Laid out whole, or read in blocks."""

    suitability: Suitability
    blocked: Mapping[str, rules.Rule]
    kept: "tuple[solving.Points, solving.Allowed] | None" = None

    def block(self, rows: Rows) -> tuple[solving.Points, solving.Allowed]:
        """Of these mentees the points beside every mentor, and which mentors are allowed."""
        if self.kept:
            return self.kept[0][rows], self.kept[1][rows]
        width = len(self.suitability.distance.column_of)
        return self.suitability.points(rows), rules.allowed(self._rules, rows, width)

    @cached_property
    def _rules(self) -> list[rules.Rule]:
        return rules.together(self.blocked)


@dataclass(frozen=True)
class Run:
    """What was asked and what came of it.

    `losses` are None where nobody asked, or the cohort is too large for all of them at once.
    """

    cohort: Cohort
    people: People
    solved: solving.Solved
    losses: "Losses | None"
    seconds: float
    solver: str
    ignored: list["Ignored"] = field(default_factory=list)

    @property
    def suitability(self) -> Suitability:
        return self.people.suitability

    @property
    def blocked(self) -> Mapping[str, rules.Rule]:
        return self.people.blocked

    @cached_property
    def points(self) -> NDArray[np.int64]:
        """What each mentee brings with the mentor that was found, nought without one."""
        found = np.zeros(len(self.cohort.mentees), dtype=np.int64)
        for rows in large.blocks(len(found), len(self.cohort.mentors)):
            here = self.solved.mentor_of[rows]
            got = self.people.block(rows)[0]
            placed = here >= 0
            found[rows[placed]] = got[placed, here[placed]]
        return found

    @cached_property
    def openable(self) -> NDArray[np.bool_]:
        """Mentors with whom one more could be: a place is free, or gets free where others move on.

        In a cohort that is too large to be laid out only those with a free place.
        """
        mentor_of = self.solved.mentor_of
        capacity = np.array([mentor.capacity for mentor in self.cohort.mentors], dtype=np.int64)
        found: NDArray[np.bool_] = np.bincount(mentor_of[mentor_of >= 0], minlength=len(capacity)) < capacity
        if self.people.kept is None:
            return found
        locks = self.cohort.rules.locks
        movable = np.array([mentee.key not in locks for mentee in self.cohort.mentees], dtype=bool)
        rows = np.flatnonzero((mentor_of >= 0) & movable)
        while True:
            moving = rows[self.people.kept[1][rows][:, found].any(axis=1)]
            wider = found.copy()
            wider[mentor_of[moving]] = True
            if (wider == found).all():
                return found
            found = wider

    @cached_property
    def further(self) -> solving.Rows | None:
        """Whom one place more with each mentor would place (`further.next_in`); None: too many people."""
        if self.people.kept is None:
            return None
        locks = self.cohort.rules.locks.keys() - {each.mentee for each in self.ignored}
        capacity = np.array([max(mentor.capacity, 0) for mentor in self.cohort.mentors], dtype=np.int64)
        stays = np.array([mentee.key in locks for mentee in self.cohort.mentees], dtype=bool)
        return next_in(*self.people.kept, capacity, self.solved, stays)

    @cached_property
    def left(self) -> int:
        """How many are without a mentor though there is somebody with whom they could be."""
        left = 0
        for rows in large.blocks(len(self.cohort.mentees), len(self.cohort.mentors)):
            without = rows[self.solved.mentor_of[rows] < 0]
            left += int(self.people.block(without)[1].any(axis=1).sum()) if len(without) else 0
        return left


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
    dense_up_to: int = DENSE_UP_TO,
) -> Run:
    """Match a whole cohort. Locks are kept before anything else, and take a place of their mentor.

    `tell` is called with the percentage that is done; what it raises ends the run. Raises TooLarge.
    """
    began = time.perf_counter()
    distances = kilometres([each.region for each in cohort.mentees], [each.region for each in cohort.mentors])
    people = People(measure(cohort, nearness, distances, weights), rules.forbidden(cohort, distances))
    locked, capacity, ignored = _locked(cohort, people.blocked)
    # Solve for those without a lock, with the places that locks leave; then put the locked beside them.
    # A mentor without a place is told of, and costs the solver nothing.
    rows = np.flatnonzero(locked < 0)
    columns = np.flatnonzero(capacity > 0)
    all_free, capacity = len(columns) == len(capacity), capacity[columns]
    # Of more places than there are people some are left with every mentor: the solver need not see them.
    places = min(int(np.minimum(capacity, len(rows)).sum()), len(rows) + len(columns))

    def block(some: Rows) -> tuple[solving.Points, solving.Allowed]:
        points, allowed = people.block(rows[some])
        return (points, allowed) if all_free else (points[:, columns], allowed[:, columns])

    losses = None
    if places > dense_up_to and large.installed():
        tell(10)
        solved = large.solve(block, len(rows), capacity, tell)
        solver = large.SOLVER
    elif not solving.has_room(max(len(rows), len(columns)), places):
        raise solving.TooLarge()
    else:
        people = People(people.suitability, people.blocked, people.block(np.arange(len(cohort.mentees))))
        tell(30)
        problem = *block(np.arange(len(rows))), capacity
        solved, solver = solving.solve(*problem), solving.SOLVER
        tell(60)
        shape = len(cohort.mentees), len(cohort.mentors)
        losses = _losses(shape, (rows, columns), problem, solved) if with_losses else None
    tell(80)
    whole = _together(people, locked, (rows, columns), solved)
    seconds = time.perf_counter() - began
    return Run(cohort, people, whole, losses, seconds, solver, ignored)


def _losses(
    shape: tuple[int, int],
    among: tuple[Rows, Rows],
    problem: tuple[solving.Points, solving.Allowed, solving.Places],
    solved: solving.Solved,
) -> "Losses | None":
    points, _allowed, capacity = problem
    if len(capacity) > solving.LOSSES_UP_TO:
        return None
    lost = solving.losses(*problem, solved)
    worth = solving.placement_worth(len(points), int(np.minimum(capacity, len(points)).sum())) or 1
    # What is left of the whole tells both apart: all its points together are worth less than one placement.
    left = np.where(np.isfinite(lost), solved.placed * worth + solved.total - lost, 0).astype(np.int64)
    found = Losses(np.full(shape, -1), np.zeros(shape, dtype=np.int64))
    there = np.ix_(*among)
    found.placements[there] = np.where(np.isfinite(lost), solved.placed - left // worth, -1)
    found.points[there] = solved.total - left % worth
    return found


def _together(
    people: People, locked: Rows, among: tuple[Rows, Rows], solved: solving.Solved
) -> solving.Solved:
    (rows, columns), mentor_of = among, locked.copy()
    mentor_of[rows] = np.append(columns, -1)[solved.mentor_of]
    bound = np.flatnonzero(locked >= 0)
    if not len(bound):
        return replace(solved, mentor_of=mentor_of)
    got = people.block(bound)[0][np.arange(len(bound)), locked[bound]]
    lowest = min(int(got.min()), solved.lowest) if solved.placed else int(got.min())
    return solving.Solved(mentor_of, solved.total + int(got.sum()), lowest, solved.proven)


def _locked(
    cohort: Cohort, blocked: Mapping[str, rules.Rule]
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
