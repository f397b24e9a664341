"""What the whole would lose if a mentee had another mentor: one shortest path, asked when a page is read.

For up to a thousand mentors a run finds this of all pairs at once (`solving.losses`); above, and for whoever
was decided beforehand, it is found for the one mentee who is asked about. The solver is not needed for it.
"""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varpa.matching.parts import FULL

PIECE = 256
"""So many mentees are looked at in one step: what a page holds stays small."""

KNOWN = np.dtype("<i2")

Whole = NDArray[np.int64]


def packed(points: NDArray[np.int16]) -> bytes:
    """The points of all pairs as they are kept."""
    return zlib.compress(points.astype(KNOWN).tobytes(), 1)


def unpacked(kept: bytes, mentees: int, mentors: int) -> NDArray[np.int16]:
    """The same again."""
    return np.frombuffer(zlib.decompress(kept), KNOWN).reshape(mentees, mentors)


@dataclass(frozen=True)
class Kept:
    """What a run has kept: points of every pair (-1: not allowed), places, and what it found.

    `mentor_of` is -1 of who is not placed; `brings` are the points with the mentor that was found.
    """

    points: NDArray[np.int16]
    places: Whole
    mentor_of: Whole
    brings: Whole
    locked: NDArray[np.bool_]


@dataclass(frozen=True)
class Lost:
    """Of one mentee, by mentor: placements and points that the whole would lose; either may be a gain.

    `possible` are those whom no rule forbids (`allowed`) and who have a place that is not decided for others.
    """

    allowed: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    placements: Whole
    points: Whole

    def of(self, mentor: int) -> tuple[int, int] | None:
        """None where the pair is not possible."""
        if not self.possible[mentor]:
            return None
        return int(self.placements[mentor]), int(self.points[mentor])


def forced(kept: Kept, mentee: int) -> Lost:
    """What the whole would lose with each other mentor, all other decided pairs kept: exact."""
    mentors = len(kept.places)
    here = np.where(kept.mentor_of >= 0, kept.mentor_of, mentors)
    # A placement is worth more than all points together.
    worth = (int((kept.mentor_of >= 0).sum()) + 1) * (10 * FULL + 1)
    now = np.where(kept.mentor_of >= 0, kept.brings + worth, 0)
    away = _least_to(kept, mentee, here, now, worth)
    own = kept.points[mentee].astype(np.int64)
    possible = (own >= 0) & np.isfinite(away[:mentors])
    lost = int(now[mentee]) - own - worth + np.where(possible, away[:mentors], 0).astype(np.int64)
    if here[mentee] < mentors:
        possible[here[mentee]], lost[here[mentee]] = True, 0
    total = int(kept.brings.sum())
    left = int(now.sum()) - lost
    placements = int((kept.mentor_of >= 0).sum()) - left // worth
    return Lost(own >= 0, possible, placements, total - left % worth)


def _least_to(kept: Kept, mentee: int, here: Whole, now: Whole, worth: int) -> NDArray[np.float64]:
    """The least loss of getting from each mentor to the place that the mentee leaves (Bellman and Ford).

    Somebody there moves on, and so forth, until a place is free or the one that was left is taken. Nodes: the
    mentors, being without one, free places. Whoever was decided beforehand stays.
    """
    mentors = len(kept.places)
    outside, free = mentors, mentors + 1
    movable = np.flatnonzero(~kept.locked & (np.arange(len(here)) != mentee))
    used = np.bincount(here, minlength=mentors + 1)[:mentors]
    leaves = np.bincount(here[movable], minlength=mentors + 1)[:mentors] > 0
    if here[mentee] < mentors:
        leaves[here[mentee]] = True
    away = np.full(mentors + 2, np.inf)
    away[here[mentee]] = 0
    onward, changed = np.full(len(movable), np.inf), np.isfinite(away)
    for _round in range(mentors + 2):
        # To go without a mentor costs what one brings; to leave a place empty, or to fill one, nothing.
        _onward(kept, movable, np.flatnonzero(changed[:mentors]), away, worth, onward)
        further = away.copy()
        np.minimum.at(further, here[movable], now[movable] + np.minimum(onward, away[outside]))
        further[free] = min(away[free], away[outside], away[:mentors][leaves].min(initial=np.inf))
        further[outside] = min(further[outside], away[free])
        np.minimum(further[:mentors], away[free], out=further[:mentors], where=used < kept.places)
        further[here[mentee]] = 0
        changed, away = further < away, further
        if not changed.any():
            break
    return away


def _onward(
    kept: Kept, movable: Whole, some: Whole, away: NDArray[np.float64], worth: int, least: NDArray[np.float64]
) -> None:
    """Lower for each of these mentees the least loss of all that follows a move, by moves to some mentors."""
    if not len(some):
        return
    for begin in range(0, len(movable), PIECE):
        rows = movable[begin : begin + PIECE]
        points = kept.points[rows][:, some]
        follows = away[some] - points - worth
        follows[points < 0] = np.inf
        own = least[begin : begin + PIECE]
        np.minimum(own, follows.min(axis=1), out=own)
