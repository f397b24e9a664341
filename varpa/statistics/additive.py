"""A table with holes, taken apart: what belongs to its rows, what to its columns."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """One value that is there, in a row and a column."""

    row: int
    column: int
    value: float


def adjusted_rows(cells: Sequence[Cell]) -> Mapping[int, float] | None:
    """What each row's mean would be if no cell were missing: row effect + column effect, by least squares.

    Adjusted means of an incomplete two-way layout (Montgomery, Design and Analysis of Experiments, §4.4).
    In a whole table they are the plain means. None where rows and columns fall apart into groups with nothing
    in common: then no cell says how one group stands to another.
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    rows, columns = sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})
    if not rows:
        return {}
    many = len(rows) + len(columns)
    place = {row: at for at, row in enumerate(rows)}
    other = {column: len(rows) + at for at, column in enumerate(columns)}
    pairs = [(place[cell.row], other[cell.column]) for cell in cells]
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    graph = coo_array((np.ones(len(pairs)), (left, right)), shape=(many, many))
    if connected_components(graph, directed=False, return_labels=False) > 1:
        return None
    design = np.zeros((len(cells), many))
    design[np.arange(len(cells)), left] = 1
    design[np.arange(len(cells)), right] = 1
    effects = np.linalg.lstsq(design, np.array([cell.value for cell in cells]), rcond=None)[0]
    usual = effects[len(rows) :].mean()
    return {row: float(effects[place[row]] + usual) for row in rows}
