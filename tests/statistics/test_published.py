"""The statistics against figures that others have published."""

import pytest

from varpa.statistics.paired import hedges_g_av, paired, t_interval
from varpa.statistics.proportions import wilson

# Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3 (score).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("count", "of", "low", "high"), NEWCOMBE)
def test_wilson_as_newcombe_printed_it(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=0.00005)


def test_of_nobody_a_share_may_be_anything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


# Student's sleep data (1908), as in R: t.test(extra ~ group, data = sleep, paired = TRUE).
SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)


def test_the_paired_interval_is_that_of_r() -> None:
    found = paired(*SLEEP)
    assert found.n == 10
    assert found.change == pytest.approx(1.58)
    assert found.interval == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert (found.improved, found.same, found.worse) == (9, 1, 0)


# Lakens (2013), "Calculating and reporting effect sizes", table 1: two films, judged by the same ten people.
MOVIES = ([9, 6, 7, 8, 7, 9, 8, 8, 8, 7], [9, 7, 8, 9, 8, 9, 9, 10, 9, 9])


def test_hedges_g_av_is_that_of_lakens() -> None:
    assert hedges_g_av(*MOVIES) == pytest.approx(1.08, abs=0.005)


def test_few_and_equal_values_have_no_spread() -> None:
    assert t_interval([2.0]) is None
    # No width would claim to know what nobody can: all alike says nothing of how they differ.
    assert t_interval([2.0, 2.0, 2.0]) is None
    assert hedges_g_av([3], [4]) is None
    assert hedges_g_av([3, 3], [4, 4]) is None
    with pytest.raises(ValueError, match="same people"):
        paired([], [])
    with pytest.raises(ValueError, match="same people"):
        paired([1], [1, 2])
