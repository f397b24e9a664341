"""Adjusted means of a table with holes, against a published example and one reckoned by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varpa.statistics.additive import Cell, adjusted_rows

# Montgomery, Design and Analysis of Experiments, table 4.22: reaction time, catalysts by batches, incomplete.
CATALYSTS = ((73, 74, None, 71), (None, 75, 67, 72), (73, 75, 68, None), (75, None, 72, 75))


def cells(table: tuple[tuple[float | None, ...], ...]) -> list[Cell]:
    return [
        Cell(row, column, value)
        for row, line in enumerate(table)
        for column, value in enumerate(line)
        if value is not None
    ]


def test_a_published_incomplete_design() -> None:
    """Mean 72.5 and effects of -9/8, -7/8, -4/8, 20/8, as the book has them."""
    expected = {row: 72.5 + effect / 8 for row, effect in enumerate((-9, -7, -4, 20))}
    assert adjusted_rows(cells(CATALYSTS)) == pytest.approx(expected)


def test_an_example_reckoned_by_hand() -> None:
    """The two shared columns differ by 0.1 and 0.2: the rows by 0.15; the whole row keeps its mean of 0.3."""
    found = adjusted_rows(cells(((0.5, 0.3, 0.1), (0.4, 0.1, None))))
    assert found == pytest.approx({0: 0.3, 1: 0.15})


@given(st.lists(st.lists(st.integers(0, 100), min_size=4, max_size=4), min_size=1, max_size=6))
def test_in_a_whole_table_it_is_the_plain_mean(table: list[list[int]]) -> None:
    found = adjusted_rows(cells(tuple(tuple(line) for line in table)))
    assert found == pytest.approx({row: sum(line) / 4 for row, line in enumerate(table)}, abs=1e-9)


def test_groups_with_nothing_in_common_are_not_compared() -> None:
    assert adjusted_rows(cells(((1.0, None), (None, 2.0)))) is None


def test_nothing_is_nothing() -> None:
    assert adjusted_rows([]) == {}
