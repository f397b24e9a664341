"""A value for every mentee and mentor, kept by what people have said: who has said the same is measured once.

Thousands of people live in a few towns and speak a few languages. A grid of 20,000 by 10,000 is never laid
out whole: it is read in blocks of rows.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Values = NDArray[Any]

TABLE = 8_000_000
"""A table of what was said by both is kept up to so many cells; above it is worked out for each block."""
SUMMED = 16_000_000
"""So for what is read in every pass over all pairs; its cells are of four bytes."""
PIECE = 1_000_000
"""Cells of a large table that are worked out at one time."""
SMALL = 400_000
"""Tables of so many cells are laid upon each other: larger ones cost more than they save."""


@dataclass(frozen=True)
class Grid:
    """`of` gives for different sayings of mentees, by number, a row of all the mentors' different sayings."""

    row_of: Rows
    column_of: Rows
    of: Callable[[Rows], Values]

    def block(self, rows: Rows) -> Values:
        """These mentees beside every mentor."""
        own = self.row_of[rows]
        said, back = np.unique(own, return_inverse=True)
        if 2 * len(said) > len(rows):
            return np.take(self.of(own), self.column_of, axis=1)
        wide = np.take(self.of(said), self.column_of, axis=1)
        return wide if np.array_equal(back, np.arange(len(rows))) else np.take(wide, back, axis=0)

    def changed(self, change: Callable[[Values], Values]) -> "Grid":
        """The same people with something else said of them."""
        return Grid(self.row_of, self.column_of, lambda rows: change(self.of(rows)))

    def kept(self) -> "Grid":
        """The same with its table laid out, where that is small enough: it is read in pass after pass."""
        rows, columns = (int(own.max(initial=-1)) + 1 for own in (self.row_of, self.column_of))
        if not 0 < rows * columns <= SUMMED:
            return self
        step = max(PIECE // columns, 1)
        pieces = [self.of(np.arange(begin, min(begin + step, rows))) for begin in range(0, rows, step)]
        return Grid(self.row_of, self.column_of, np.concatenate(pieces).__getitem__)

    def row(self, row: int) -> Values:
        """One mentee beside every mentor."""
        values: Values = self.of(self.row_of[row : row + 1])[0][self.column_of]
        return values

    def __getitem__(self, place: tuple[int, int]) -> Any:
        row, column = place
        return self.of(self.row_of[row : row + 1])[0, self.column_of[column]]


def merged(grids: Sequence[Grid], join: Callable[[Values, Values], Values]) -> list[Grid]:
    """Fewer grids that say together what these say: small tables are laid one upon another.

    To repeat a row for everybody costs more than all else, and two small tables need it but once.
    """
    found: list[Grid] = []
    for each in sorted(grids, key=_cells):
        both = _upon(found[-1], each, join) if found else None
        if both:
            found[-1] = both
        else:
            found.append(each)
    return found


def _cells(each: Grid) -> int:
    return int((each.row_of.max(initial=0) + 1) * (each.column_of.max(initial=0) + 1))


def _upon(one: Grid, other: Grid, join: Callable[[Values, Values], Values]) -> Grid | None:
    rows, row_of = _pairs(one.row_of, other.row_of)
    columns, column_of = _pairs(one.column_of, other.column_of)
    if len(rows) * len(columns) > SMALL:
        return None
    below, above = (each.of(rows[:, side])[:, columns[:, side]] for side, each in enumerate((one, other)))
    return Grid(row_of, column_of, join(below, above).__getitem__)


def _pairs(one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """The different pairs of two numberings, and the number of each person's own pair."""
    wide = other.max(initial=0) + 1
    found, own = np.unique(one * wide + other, return_inverse=True)
    return np.column_stack([found // wide, found % wide]), own


def numbered(sayings: Sequence[Hashable]) -> tuple[list[Any], Rows]:
    """The different sayings in the order in which they come, and the number of each person's own."""
    number: dict[Hashable, int] = {}
    own = np.fromiter((number.setdefault(each, len(number)) for each in sayings), np.int64, len(sayings))
    return list(number), own


def grid(row_of: Rows, column_of: Rows, of: Callable[[Rows], Values], shape: tuple[int, int]) -> Grid:
    """A grid whose table of `shape` is kept where it is small enough."""
    if shape[0] * shape[1] <= TABLE:
        kept = of(np.arange(shape[0]))
        return Grid(row_of, column_of, kept.__getitem__)
    return Grid(row_of, column_of, of)


def paired(
    mentees: Sequence[Hashable],
    mentors: Sequence[Hashable],
    measured: Callable[[list[Any], list[Any]], Callable[[Rows], Values]],
) -> Grid:
    """A grid from what both have said; `measured` is handed the different sayings of each side."""
    (ours, row_of), (theirs, column_of) = numbered(mentees), numbered(mentors)
    return grid(row_of, column_of, measured(ours, theirs), (len(ours), len(theirs)))
