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


@dataclass(frozen=True)
class Grid:
    """`of` gives for different sayings of mentees (by number) a row each of the mentors' different sayings."""

    row_of: Rows
    column_of: Rows
    of: Callable[[Rows], Values]

    def block(self, rows: Rows, change: Callable[[Values], Values] | None = None) -> Values:
        """These mentees beside every mentor; `change` is done before anything is repeated."""
        said, back = np.unique(self.row_of[rows], return_inverse=True)
        values = self.of(said) if change is None else change(self.of(said))
        wide = np.take(values, self.column_of, axis=1)
        return wide if len(said) == len(rows) and (back[:-1] < back[1:]).all() else np.take(wide, back, axis=0)

    def row(self, row: int) -> Values:
        """One mentee beside every mentor."""
        values: Values = self.of(self.row_of[row : row + 1])[0][self.column_of]
        return values

    def __getitem__(self, place: tuple[int, int]) -> Any:
        row, column = place
        return self.of(self.row_of[row : row + 1])[0, self.column_of[column]]


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
