"""How far it is from town to town, as the crow flies: for the visit to the company."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from varpa.kernel.text import folded
from varpa.matching.grids import Grid, Rows, Values, paired
from varpa.programmes.places import located

EARTH = 6371.0


def kilometres(mentees: Sequence[str], mentors: Sequence[str]) -> Grid:
    """Between every two places; 0 where they are called alike, nan where one is not known."""
    return paired(mentees, mentors, _between)


def _between(mentees: list[str], mentors: list[str]) -> Callable[[Rows], Values]:
    ours, theirs = _degrees(mentees), _degrees(mentors)
    names = [np.array([folded(each) for each in side], dtype=object) for side in (mentees, mentors)]

    def measured(rows: Rows) -> Values:
        mine = ours[rows]
        there = np.sin((theirs[None, :, 0] - mine[:, None, 0]) / 2) ** 2
        across = np.sin((theirs[None, :, 1] - mine[:, None, 1]) / 2) ** 2
        within = there + np.cos(mine[:, None, 0]) * np.cos(theirs[None, :, 0]) * across
        alike = (names[0][rows][:, None] == names[1][None, :]) & (names[0][rows] != "")[:, None]
        return np.where(alike, 0.0, 2 * EARTH * np.arcsin(np.sqrt(within)))

    return measured


def _degrees(places: Sequence[str]) -> NDArray[np.float64]:
    found = [located(each) or (math.nan, math.nan) for each in places]
    return np.radians(np.array(found, dtype=np.float64).reshape(-1, 2))
