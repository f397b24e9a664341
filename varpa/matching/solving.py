"""The cohort as a problem for an existing solver: who is placed where, exactly, and what a change would cost.

The order of what is wanted: most mentees placed; the greatest total of points; then the worst-off as well
off as possible. Points are integers from 0 to 10,000. A placement is worth more than any sum of points could
outweigh (`placement_worth`), so that one assignment problem answers the first two together.

Solver: `scipy.optimize.linear_sum_assignment` (Crouse 2016), places as repeated columns. Sizes and traps were
measured: its costs are floats, exact here because all sums stay far below 2^53. Its answer is proved by
prices of the places (linear programming duality), found without it; no answer beats one that has them.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import floyd_warshall

from varpa.kernel.refusals import Refusal

SOLVER = "scipy linear_sum_assignment"
MOST_POINTS = 10_000
EXACT = 2**53
DENSE_AT_MOST = 8_000
"""Places above which there is room for fewer mentees only: 8,000 by 8,000 take two gigabytes."""
FEW_CELLS = 2_000**2
"""Up to so many every place that there may be is a column at once."""
LOSSES_UP_TO = 1_000
"""Mentors up to which the losses of all pairs are found at once."""

Points = NDArray[np.int32] | NDArray[np.int64]
Allowed = NDArray[np.bool_]
Places = NDArray[np.int64]
Rows = NDArray[np.int64]


class TooLarge(Refusal):
    """The sums of points could not be exact (beyond 2^53), or there is no room for all pairs at once."""

    sentence = _("These are too many people for one matching. Divide them, by country for example.")


@dataclass(frozen=True)
class Solved:
    """`mentor_of[i]` is the mentor's place in the list for mentee i, -1 where the mentee is not placed.

    `proven`: prices were found by which no other answer places more, or as many with more points.
    """

    mentor_of: NDArray[np.int64]
    total: int
    lowest: int
    proven: bool = False

    @property
    def placed(self) -> int:
        return int((self.mentor_of >= 0).sum())


def placement_worth(mentees: int, places: int) -> int:
    """What placing one more is worth in points: more than all points together."""
    return min(mentees, places) * (MOST_POINTS + 1)


def has_room(mentees: int, places: int) -> bool:
    """Whether so many by so many can be laid out."""
    return places <= DENSE_AT_MOST or mentees * places <= DENSE_AT_MOST**2


def solve(points: Points, allowed: Allowed, capacity: Places) -> Solved:
    """The best answer, proved; of all that are as good, one whose worst-off is best off."""
    best = _assign(points, allowed, capacity)
    found = tight(points, allowed, capacity, best)
    if found is None:
        return best
    best = replace(best, proven=True)
    if not best.placed:
        return best
    return _raise_lowest(points, allowed & found[:, :-1], capacity, best, ~found[:, -1])


def _raise_lowest(
    points: Points, allowed: Allowed, capacity: Places, best: Solved, needed: Allowed
) -> Solved:
    """Search the highest floor under all points that costs nothing.

    `allowed` are the pairs of answers as good as this one, `needed` the mentees that all of these place.
    """
    reachable = np.where(allowed, points, -1)[needed].max(axis=1, initial=-1)
    limit = int(reachable.min(initial=MOST_POINTS))
    floors = np.unique(points[allowed & (points > best.lowest) & (points <= limit)])
    low, high = 0, len(floors)
    while low < high:
        middle = (low + high) // 2
        tried = _assign(points, allowed & (points >= floors[middle]), capacity)
        if tried.placed == best.placed and tried.total == best.total:
            best = replace(tried, proven=True)
            low = max(middle + 1, int(np.searchsorted(floors, tried.lowest, side="right")))
        else:
            high = middle
    return best


def fairest(points: Points, allowed: Allowed, capacity: Places, best: Solved, most: int) -> Solved:
    """Of all answers that place as many and lose at most so many points, one whose worst-off is best off."""
    floors = np.unique(points[allowed & (points > best.lowest)])
    found, low, high = best, 0, len(floors)
    while low < high:
        middle = (low + high) // 2
        tried = _assign(points, allowed & (points >= floors[middle]), capacity)
        if tried.placed == best.placed and best.total - tried.total <= most:
            found = tried
            low = max(middle + 1, int(np.searchsorted(floors, tried.lowest, side="right")))
        else:
            high = middle
    return found


def _assign(points: Points, allowed: Allowed, capacity: Places) -> Solved:
    mentees, mentors = points.shape
    # More places with one mentor than there are mentees are never used.
    most = np.minimum(capacity, mentees)
    if not mentees or not most.any():
        return Solved(np.full(mentees, -1), 0, 0)
    worth = placement_worth(mentees, int(most.sum()))
    if worth * min(mentees, int(most.sum())) >= EXACT:
        raise TooLarge()
    value = np.where(allowed, points + float(worth), 0.0)
    # Of many places few are used: as many as would do if all mentors were alike, and more where none is left.
    # A place that nobody takes has no price; so an answer that leaves one with each is the best of all.
    usual = -(-mentees // np.count_nonzero(most))
    taken = most if mentees * most.sum() <= FEW_CELLS else np.minimum(most, usual)
    while True:
        mentor_of = _with_places(value, allowed, taken)
        used = np.bincount(mentor_of[mentor_of >= 0], minlength=mentors)
        lacking = (used == taken) & (taken < most)
        if not lacking.any():
            break
        taken = np.where(lacking, np.minimum(most, 2 * taken), taken)
    placed = np.flatnonzero(mentor_of >= 0)
    got = points[placed, mentor_of[placed]]
    return Solved(mentor_of, int(got.sum()), int(got.min()) if len(got) else 0)


def _with_places(value: NDArray[np.float64], allowed: Allowed, taken: Places) -> NDArray[np.int64]:
    """The best with exactly so many places; raises TooLarge."""
    mentees, mentors = value.shape
    owner = np.repeat(np.arange(mentors), taken)
    if not has_room(mentees, len(owner)):
        raise TooLarge()
    # Laid out by rows: the solver would copy it otherwise. Where each has one place it is the value itself.
    whole = value if len(owner) == mentors and (taken == 1).all() else np.take(value, owner, axis=1)
    rows, columns = linear_sum_assignment(whole, maximize=True)
    mentor_of = np.full(mentees, -1)
    mentor_of[rows] = owner[columns]
    mentor_of[(mentor_of >= 0) & ~allowed[np.arange(mentees), mentor_of]] = -1
    return mentor_of


def tight(points: Points, allowed: Allowed, capacity: Places, solved: Solved) -> Allowed | None:
    """Which pairs (last column: being without a mentor) may occur in an answer as good as this one.

    None where some chain of moves would gain something: then the answer was not the best. Prices are least
    losses of getting to each mentor from anywhere (Bellman and Ford); by them no pair is worth more than its
    mentee has now, and only pairs that are worth as much can be in another best answer.
    """
    value, here = _value(points, allowed, capacity), _places_of(solved, points)
    price = prices(_moves(value, here, capacity))
    if price is None:
        return None
    now = value[np.arange(len(points)), here] + price[here]
    value += price[:-1]
    found: Allowed = value == now[:, None]
    return found


def prices(weight: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The least loss of getting to each node from anywhere; None where a circle of moves gains something."""
    price: NDArray[np.float64] = np.minimum(weight.min(axis=0), 0)
    changed = np.flatnonzero(price < 0)
    for _round in range(len(weight)):
        if not len(changed):
            return price
        lower = np.minimum(price, (price[changed, None] + weight[changed]).min(axis=0))
        changed = np.flatnonzero(lower < price)
        price = lower
    return None


def losses(points: Points, allowed: Allowed, capacity: Places, solved: Solved) -> NDArray[np.float64]:
    """For every mentee and mentor what the whole would lose if they had to be a pair: exact, in points.

    A placement that would be lost counts `placement_worth`; a pair that is not allowed loses infinitely much.
    One all-pairs shortest path over the mentors: a mentee is moved to the forced mentor, somebody there moves
    on, and so forth, until a place is free or the one that was left is taken.
    """
    mentees, mentors = points.shape
    value, here = _value(points, allowed, capacity), _places_of(solved, points)
    now = value[np.arange(mentees), here]
    away = _shortest(_moves(value, here, capacity))
    # From the forced mentor on, until the place that this mentee leaves is filled or stays empty.
    after = away[:mentors, :][:, here].T
    lost = now[:, None] - value[:, :mentors] + after
    lost[~allowed] = np.inf
    lost[np.arange(mentees)[here < mentors], here[here < mentors]] = 0
    return lost


def moves_of(
    points: Points, allowed: Allowed, capacity: Places, solved: Solved, stays: Allowed
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the least move from mentor to mentor loses, and what each who is without one loses by entering.

    Entering gains: it is a loss below nought. Whoever `stays` does not move.
    """
    value, here = _value(points, allowed, capacity), _places_of(solved, points)
    mentors, waiting = points.shape[1], solved.mentor_of < 0
    there = np.where(stays | waiting)[0]
    kept = value[there, here[there]]
    enters = -value[waiting, :mentors]
    value[there] = -np.inf
    value[there, here[there]] = kept
    return _moves(value, here, capacity)[:mentors, :mentors], enters


def _value(points: Points, allowed: Allowed, capacity: Places) -> NDArray[np.float64]:
    """What each mentee brings at each mentor; the last column is being without one."""
    mentees = len(points)
    worth = placement_worth(mentees, int(np.minimum(capacity, mentees).sum()))
    value = np.zeros((mentees, points.shape[1] + 1))
    value[:, :-1] = np.where(allowed, points + float(worth), -np.inf)
    return value


def _places_of(solved: Solved, points: Points) -> NDArray[np.int64]:
    """The node of each mentee: the mentor, or the one after the last for being without."""
    return np.where(solved.mentor_of >= 0, solved.mentor_of, points.shape[1])


def _moves(value: NDArray[np.float64], here: NDArray[np.int64], capacity: Places) -> NDArray[np.float64]:
    """The least that moving one mentee from a node to another loses; infinite where nobody can.

    Nodes: the mentors, being without a mentor, and free places. Free places cost nothing to fill or to leave.
    """
    mentors = value.shape[1] - 1
    outside, free = mentors, mentors + 1
    weight = np.full((mentors + 2, mentors + 2), np.inf)
    order = np.argsort(here, kind="stable")
    nodes, first = np.unique(here[order], return_index=True)
    if len(nodes):
        loses = value[np.arange(len(here)), here][order, None] - value[order]
        weight[nodes, : mentors + 1] = np.minimum.reduceat(loses, first, axis=0)
    used = np.bincount(here, minlength=mentors + 1)[:mentors]
    weight[:mentors, free][used < capacity] = 0
    weight[outside, free] = 0
    weight[free, :mentors][used > 0] = 0
    weight[free, outside] = 0
    np.fill_diagonal(weight, 0)
    return weight


def _shortest(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least losses of getting from node to node by any chain of moves."""
    # The library takes a weight of nought for no way at all: each step costs one in the last digits.
    steps = len(weight) + 1
    found = np.asarray(floyd_warshall(weight * steps + 1, directed=True))
    np.fill_diagonal(found, 0)
    least: NDArray[np.float64] = np.floor_divide(found, steps, out=found, where=np.isfinite(found))
    return least
