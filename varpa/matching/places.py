"""How far it is from town to town, as the crow flies: for the visit to the company."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from varpa.kernel.text import folded
from varpa.programmes.places import located

EARTH = 6371.0


def kilometres(mentees: Sequence[str], mentors: Sequence[str]) -> NDArray[np.float64]:
    """Between every two places; 0 where they are called alike, nan where one is not known."""
    # Thousands of people live in a few towns: each two towns are measured once.
    ours, row_of = np.unique([folded(each) for each in mentees], return_inverse=True)
    theirs, column_of = np.unique([folded(each) for each in mentors], return_inverse=True)
    between = _between([str(each) for each in ours], [str(each) for each in theirs])
    return between[row_of[:, None], column_of[None, :]]


def _between(mentees: list[str], mentors: list[str]) -> NDArray[np.float64]:
    ours, theirs = _degrees(mentees), _degrees(mentors)
    there = np.sin((theirs[None, :, 0] - ours[:, None, 0]) / 2) ** 2
    across = np.sin((theirs[None, :, 1] - ours[:, None, 1]) / 2) ** 2
    within = there + np.cos(ours[:, None, 0]) * np.cos(theirs[None, :, 0]) * across
    found = 2 * EARTH * np.arcsin(np.sqrt(within))
    names = np.array(mentees), np.array(mentors)
    alike = (names[0][:, None] == names[1][None, :]) & (names[0] != "")[:, None]
    return np.where(alike, 0.0, found)


def _degrees(places: Sequence[str]) -> NDArray[np.float64]:
    found = [located(each) or (math.nan, math.nan) for each in places]
    return np.radians(np.array(found, dtype=np.float64).reshape(-1, 2))
