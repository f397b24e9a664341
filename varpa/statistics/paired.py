"""Two measures of the same people, before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from varpa.statistics.proportions import Interval


@dataclass(frozen=True)
class Paired:
    """What became of `n` people's measure. Nothing in it says why.

    `change` is the mean of after less before, `interval` its 95 % interval by Student's t of the differences;
    with fewer than two people, or where all have changed alike, there is none. `g` is Hedges' g_av (Lakens
    2013): the change by the mean of the two standard deviations, corrected for small numbers; None where
    nobody differs from anybody.
    """

    n: int
    before: float
    after: float
    change: float
    interval: Interval | None
    g: float | None
    improved: int
    same: int
    worse: int


def paired(before: Sequence[float], after: Sequence[float], confidence: float = 0.95) -> Paired:
    """Compare two measures of the same people, in the same order. ValueError where nobody is compared."""
    if len(before) != len(after) or not before:
        raise ValueError("two measures of the same people are needed")
    differences = [late - early for early, late in zip(before, after, strict=True)]
    return Paired(
        n=len(differences),
        before=fmean(before),
        after=fmean(after),
        change=fmean(differences),
        interval=t_interval(differences, confidence),
        g=hedges_g_av(before, after),
        improved=sum(each > 0 for each in differences),
        same=sum(each == 0 for each in differences),
        worse=sum(each < 0 for each in differences),
    )


def t_interval(values: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """The interval of a mean by Student's t; None for fewer than two values, and where all are alike.

    Of what never differs nobody can say how much it would: an interval of no width would claim to know.
    """
    if len(set(values)) < 2:
        return None
    from scipy.stats import ttest_1samp

    found = ttest_1samp(values, 0).confidence_interval(confidence)
    return Interval(float(found.low), float(found.high))


def hedges_g_av(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Hedges' g_av of paired measures (Lakens 2013): d_av with the correction for two groups of this size."""
    n = len(before)
    if n < 2:
        return None
    spread = (stdev(before) + stdev(after)) / 2
    if spread == 0:
        return None
    return (fmean(after) - fmean(before)) / spread * (1 - 3 / (4 * (2 * n) - 9))
