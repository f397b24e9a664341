"""How well each mentee and mentor would suit each other: stated parts, with weights that a manager may move.

A part is nought to a thousand, or unknown. Points are the weighted mean of the parts, nought to 10,000; what
nobody has answered counts half, neither for nor against. Nothing of sex, nationality, marks or money goes in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varpa.matching.cohort import Cohort, Names
from varpa.matching.parts import FULL, WEIGHTS, PartKey, stems

Part = NDArray[np.float64]
"""One row a mentee, one column a mentor; nan where it is unknown."""
Nearness = Callable[[str, str], int]

FIRST_ALONE, OTHER_ALONE = 0.8, 0.6
"""What the first wish, and any other, is worth when a mentor answers it and nothing else."""
ENOUGH_HOURS = 3
"""Shared times in a week that are as good as more of them."""
NEAR, FAR = 15, 150
"""Kilometres: as good as next door, and as good as nothing."""


@dataclass(frozen=True)
class Suitability:
    """The parts of every possible pair, and the points that they come to; `points` are integers."""

    parts: Mapping[PartKey, Part]
    points: NDArray[np.int64]
    weights: Mapping[PartKey, int]
    distance: Part


def measure(
    cohort: Cohort, nearness: Nearness, distances: Part, weights: Mapping[PartKey, int] = WEIGHTS
) -> Suitability:
    """Every part of every pair. `distances` are kilometres, nan where one place is not known."""
    mentees, mentors = cohort.mentees, cohort.mentors
    parts = {
        PartKey.INTERESTS: _interests(
            [each.interests for each in mentees], [each.sectors for each in mentors], nearness
        ),
        PartKey.TOPIC: _words([each.topic for each in mentees], [each.experience for each in mentors]),
        PartKey.LANGUAGE: _shared(
            [each.languages for each in mentees], [each.languages for each in mentors], 1
        ),
        PartKey.DISTANCE: np.clip((FAR - distances) / (FAR - NEAR), 0, 1) * FULL,
        PartKey.AVAILABILITY: _shared(
            [each.availability for each in mentees], [each.availability for each in mentors], ENOUGH_HOURS
        ),
        PartKey.MEANS: _shared([each.means for each in mentees], [each.means for each in mentors], 2),
    }
    return Suitability(parts, combine(parts, weights), weights, distances)


def combine(parts: Mapping[PartKey, Part], weights: Mapping[PartKey, int]) -> NDArray[np.int64]:
    """Points of every pair: the weighted mean of all parts, where what is not known counts half.

    So whoever answers nothing stands in the middle: behind who suits, before who does not. Left out of the
    mean, silence would win, since the few parts that are left are easily full.
    """
    shape = next(iter(parts.values())).shape
    counting = {key: weights[key] for key in parts if weights.get(key, 0) > 0}
    if not counting:
        return np.full(shape, FULL * 10 // 2)
    total = np.zeros(shape)
    for key, weight in counting.items():
        total += np.nan_to_num(parts[key], nan=FULL / 2) * weight
    points: NDArray[np.int64] = np.rint(total * (10 / sum(counting.values()))).astype(np.int64)
    return points


def count_shared(mentees: Sequence[Names], mentors: Sequence[Names]) -> Part:
    """How many of a kind each two have in common; nan where one side has said nothing."""
    vocabulary = {name: place for place, name in enumerate(sorted({*_all(mentees), *_all(mentors)}))}
    ours, theirs = _ticked(mentees, vocabulary), _ticked(mentors, vocabulary)
    counts = ours @ theirs.T
    counts[~ours.any(axis=1), :] = np.nan
    counts[:, ~theirs.any(axis=1)] = np.nan
    return counts


def _all(names: Sequence[Names]) -> set[str]:
    return {name for each in names for name in each}


def _ticked(names: Sequence[Names], vocabulary: Mapping[str, int]) -> Part:
    ticked = np.zeros((len(names), len(vocabulary)))
    rows = np.repeat(np.arange(len(names)), [len(each) for each in names])
    ticked[rows, [vocabulary[name] for each in names for name in each]] = 1
    return ticked


def _shared(mentees: Sequence[Names], mentors: Sequence[Names], enough: int) -> Part:
    part: Part = np.minimum(count_shared(mentees, mentors) / enough, 1) * FULL
    return part


def _interests(
    wishes: Sequence[tuple[str, ...]], sectors: Sequence[tuple[str, ...]], nearness: Nearness
) -> Part:
    """For each wish the nearest sector of the mentor; the first weighs as much as all others together."""
    found = np.full((len(wishes), len(sectors)), np.nan)
    nearest = _nearest({wish for each in wishes for wish in each}, sectors, nearness)
    for row, own in enumerate(wishes):
        if own:
            found[row] = _answered(nearest[own[0]], [nearest[wish] for wish in own[1:]])
    return found


def _nearest(wishes: set[str], sectors: Sequence[tuple[str, ...]], nearness: Nearness) -> dict[str, Part]:
    """For each wish how near each mentor comes to it; every two codes are compared once."""
    known = {code: place for place, code in enumerate(sorted({code for each in sectors for code in each}))}
    named = sorted(wishes)
    table = np.array([[_near(wish, code, nearness) for code in known] for wish in named], dtype=np.float64)
    best = np.full((len(named), len(sectors)), np.nan)
    for column, own in enumerate(sectors):
        if own and named:
            best[:, column] = table[:, [known[code] for code in own]].max(axis=1)
    return dict(zip(named, best, strict=True))


def _near(one: str, other: str, nearness: Nearness) -> int:
    # A word that no sector knows is still the same as itself.
    return FULL if one == other else nearness(one, other)


def _answered(first: Part, rest: list[Part]) -> Part:
    """A mentor who answers one wish whole is worth more than one who is somewhat near to all."""
    if not rest:
        return first
    mean = (first + np.mean(rest, axis=0)) / 2
    part: Part = np.maximum(mean, np.maximum(first * FIRST_ALONE, np.max(rest, axis=0) * OTHER_ALONE))
    return part


def _words(topics: Sequence[str], experiences: Sequence[str]) -> Part:
    """The share of a topic's words that the mentor's experience knows; half of them is all one can ask."""
    wanted, known = [stems(each) for each in topics], [stems(each) for each in experiences]
    counts = count_shared(wanted, known)
    lengths = np.array([max(len(each), 1) for each in wanted])
    part: Part = np.minimum(counts / lengths[:, None] * 2, 1) * FULL
    return part
