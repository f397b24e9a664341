"""What is kept of a run: plain values, made beside the solver, so that no page needs it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from varpa.matching.forced import packed
from varpa.matching.large import blocks
from varpa.matching.matching import Run
from varpa.matching.reasons import several_facts_of, without_of
from varpa.matching.solving import LOSSES_UP_TO, MOST_POINTS, Allowed, Points, Solved, fairest

TOLD = 12
"""Of so many other mentors, the nearest by what the whole would lose, the facts are kept too."""
KEPT = 200
THOUSANDTH = 1000
MOST_MEASURED = 16_000_000
"""Pairs up to which the points of each are kept: 4,000 by 4,000 are some megabytes."""


@dataclass(frozen=True)
class Found:
    """One mentee of a run, as `models.Line` keeps it; numbers are places in the cohort."""

    mentor: int | None
    points: int
    locked: bool
    facts: Mapping[str, Any]
    without: Mapping[str, Any]
    others: list[dict[str, Any]]
    mentor_next: list[int]


def found(run: Run) -> Iterator[Found]:
    """Every mentee in the order of the cohort."""
    mentor_next = _mentor_next(run)
    locked = {mentee for mentee, _mentor in run.cohort.rules.locks.items()} - {
        each.mentee for each in run.ignored
    }
    for rows in blocks(len(run.cohort.mentees), len(run.cohort.mentors)):
        points, allowed = run.people.block(rows)
        for place, row in enumerate(rows.tolist()):
            column = int(run.solved.mentor_of[row])
            placed, is_locked = column >= 0, run.cohort.mentees[row].key in locked
            others = _others(run, row, points[place], allowed[place], locked=is_locked)
            told = [column] * placed + [each["mentor"] for each in others[:TOLD]]
            facts = [{"parts": each.parts, "km": each.km} for each in several_facts_of(run, row, told)]
            for each, known in zip(others, facts[placed:], strict=False):
                each["facts"] = known
            yield Found(
                column if placed else None,
                int(points[place, column]) if placed else 0,
                placed and is_locked,
                facts[0] if placed else {},
                {} if placed else asdict(without_of(run, row)),
                others,
                mentor_next.get(row, []),
            )


def _others(run: Run, row: int, points: Points, allowed: Allowed, *, locked: bool) -> list[dict[str, Any]]:
    """The other possible mentors: their number, points, what the whole would lose.

    Where losses are not known (of who has a lock, or in a large cohort) the best by points come first,
    without them; where they are, a mentor whose places are all locked is not possible.
    """
    possible = np.flatnonzero(allowed & run.cohort.with_place)
    possible = possible[possible != run.solved.mentor_of[row]]
    lost = None if locked else run.losses
    if lost is not None:
        possible = possible[lost.placements[row, possible] >= 0]
        order = np.lexsort((-points[possible], lost.points[row, possible], lost.placements[row, possible]))
    else:
        order = np.argsort(-points[possible], kind="stable")
    best = possible[order][:KEPT]
    kept = [
        {"mentor": one, "points": many}
        for one, many in zip(best.tolist(), points[best].tolist(), strict=True)
    ]
    if lost is not None:
        costs = zip(kept, lost.placements[row, best].tolist(), lost.points[row, best].tolist(), strict=True)
        for each, placements, cost in costs:
            each |= {"placements": placements, "lost": cost}
    return kept


def _mentor_next(run: Run) -> dict[int, list[int]]:
    """For each placed row the mentor's next best mentee: [number, placements lost, points lost]."""
    lost, nexts = run.losses, {}
    if lost is None:
        return {}
    for row, column in enumerate(run.solved.mentor_of):
        if column < 0:
            continue
        free = np.flatnonzero((lost.placements[:, column] >= 0) & (run.solved.mentor_of != column))
        if len(free):
            order = np.lexsort((lost.points[free, column], lost.placements[free, column]))
            best = int(free[order[0]])
            nexts[row] = [best, int(lost.placements[best, column]), int(lost.points[best, column])]
    return nexts


def measured(run: Run) -> tuple[bytes, list[int]] | None:
    """The points of every pair and the places, as `models.Measured` keeps them; None: too many pairs."""
    shape = len(run.cohort.mentees), len(run.cohort.mentors)
    if shape[0] * shape[1] > MOST_MEASURED:
        return None
    whole = np.full(shape, -1, dtype=np.int16)
    for rows in blocks(*shape):
        points, allowed = run.people.block(rows)
        whole[rows] = np.where(allowed, points, -1)
    return packed(whole), [max(mentor.capacity, 0) for mentor in run.cohort.mentors]


def fairness_costs(run: Run) -> list[list[int]]:
    """What it costs to lift the worst-off: [the fewest points of a pair, points lost in all].

    First within a thousandth of all points, then as high as it goes with as many placed; what lifts nobody
    is left out. Not reckoned for a cohort of which the losses are not.
    """
    if run.people.kept is None or len(run.cohort.mentors) > LOSSES_UP_TO or not run.solved.placed:
        return []
    ignored = {each.mentee for each in run.ignored}
    bound = run.cohort.rules.locks.keys() - ignored
    free = np.array([mentee.key not in bound for mentee in run.cohort.mentees], dtype=bool)
    locked = run.solved.mentor_of[~free]
    capacity = np.array([max(mentor.capacity, 0) for mentor in run.cohort.mentors], dtype=np.int64)
    capacity -= np.bincount(locked[locked >= 0], minlength=len(capacity))
    points, allowed = (each[free] for each in run.people.kept)
    got, mentor_of = run.points[free], run.solved.mentor_of[free]
    placed = got[mentor_of >= 0]
    if not len(placed):
        return []
    held = int(run.points[~free & (run.solved.mentor_of >= 0)].min(initial=MOST_POINTS))
    best = Solved(mentor_of, int(got.sum()), int(placed.min()))
    found, lowest = [], run.solved.lowest
    for most in (run.solved.total // THOUSANDTH, best.total):
        tried = fairest(points, allowed, capacity, best, most)
        if min(tried.lowest, held) > lowest:
            lowest = min(tried.lowest, held)
            found.append([lowest, best.total - tried.total])
    return found


def figures(run: Run) -> dict[str, Any]:
    """The figures of a run, and the locks that could not be kept."""
    return {
        "mentees": len(run.cohort.mentees),
        "mentors": sum(run.cohort.with_place),
        "places": run.cohort.places,
        "placed": run.solved.placed,
        "total": run.solved.total,
        "lowest": run.solved.lowest,
        "proven": run.solved.proven,
        "solver": run.solver,
        "seconds": round(run.seconds, 3),
        "with_losses": run.losses is not None,
        "fairness_costs": fairness_costs(run),
        "ignored": [[each.mentee, each.mentor, each.why] for each in run.ignored],
    }
