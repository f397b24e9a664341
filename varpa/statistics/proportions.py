"""Shares of a few: how far a share may lie from what a small number shows."""

from typing import NamedTuple


class Interval(NamedTuple):
    """From `low` to `high`, both inclusive."""

    low: float
    high: float


def wilson(count: int, of: int, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of a share (Wilson 1927; Newcombe 1998, method 3); of nobody: from 0 to 1.

    ValueError where `count` is not between 0 and `of`.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return Interval(0.0, 1.0)
    from scipy.stats import binomtest

    found = binomtest(count, of).proportion_ci(confidence, method="wilson")
    return Interval(float(found.low), float(found.high))
