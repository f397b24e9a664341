"""What one place more would do: whom the best answer then places, by the chain of moves that gains most."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from varpa.matching.solving import Allowed, Places, Points, Rows, Solved, moves_of

NOBODY: Final = -1
SEVERAL: Final = -2
"""Of mentees with whom the whole gains as much, nobody can say whom a place more would go to."""


def next_in(points: Points, allowed: Allowed, capacity: Places, solved: Solved, stays: Allowed) -> Rows:
    """For each mentor the mentee whom one place more there would place; NOBODY, or SEVERAL.

    One path over the mentors from all who are without one: somebody is placed, whoever was there moves on,
    and so forth until the new place is filled. Whoever `stays` is locked, and moves nowhere.
    """
    waiting = np.flatnonzero(solved.mentor_of < 0)
    if not len(waiting):
        return np.full(len(capacity), NOBODY)
    loses, enters = moves_of(points, allowed, capacity, solved, stays)
    least = enters.min(axis=0)
    changed = np.flatnonzero(np.isfinite(least))
    while len(changed):
        lower = np.minimum(least, (least[changed, None] + loses[changed]).min(axis=0))
        changed = np.flatnonzero(lower < least)
        least = lower
    return _whose(loses, enters, least, waiting)


def _whose(
    loses: NDArray[np.float64], enters: NDArray[np.float64], least: NDArray[np.float64], waiting: Rows
) -> Rows:
    """Whose path it is that gains so much, of every mentor."""
    reached, nobody = np.isfinite(least), len(waiting)
    first = (enters == least) & reached
    rows = np.arange(nobody)[:, None]
    low, high = np.where(first, rows, nobody).min(axis=0), np.where(first, rows, NOBODY).max(axis=0)
    onward = (least[:, None] + loses == least) & reached
    while True:
        lower = np.minimum(low, np.where(onward, low[:, None], nobody).min(axis=0))
        higher = np.maximum(high, np.where(onward, high[:, None], NOBODY).max(axis=0))
        if (lower == low).all() and (higher == high).all():
            break
        low, high = lower, higher
    whose = np.full(len(least), NOBODY)
    whose[reached] = np.where(low == high, waiting[np.minimum(low, nobody - 1)], SEVERAL)[reached]
    return whose
