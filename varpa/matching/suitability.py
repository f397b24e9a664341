"""How well each mentee and mentor would suit each other: stated parts, with weights that a manager may move.

A part is nought to a thousand, or unknown. Points are the weighted mean of the parts, nought to 10,000; what
nobody has answered counts half, neither for nor against. Nothing of sex, nationality, marks or money goes in.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from varpa.matching.cohort import Cohort, Names
from varpa.matching.grids import Grid, Rows, Values, merged, paired
from varpa.matching.parts import FULL, WEIGHTS, PartKey
from varpa.matching.sayings import words_of
from varpa.matching.wishes import wished

Nearness = Callable[[str, str], int]

FIRST_ALONE, OTHER_ALONE = 0.8, 0.6
"""What the first wish, and any other, is worth when a mentor answers it and nothing else."""
ENOUGH_HOURS = 3
"""Shared times in a week that are as good as more of them."""
NEAR, FAR = 15, 150
"""Kilometres: as good as next door, and as good as nothing."""


@dataclass(frozen=True)
class Suitability:
    """The parts of every possible pair, nan where one is unknown, and their weights."""

    parts: Mapping[PartKey, Grid]
    weights: Mapping[PartKey, int]
    distance: Grid

    def points(self, rows: Rows) -> NDArray[np.int32]:
        """Of these mentees beside every mentor: the weighted mean of all parts, where unknown counts half.

        So whoever answers nothing stands in the middle: behind who suits, before who does not. Left out of
        the mean, silence would win, since the few parts that are left are easily full.
        """
        counting = sum(self.weights.get(key, 0) for key in self.parts)
        if not counting:
            return np.full((len(rows), len(self.distance.column_of)), FULL * 10 // 2, dtype=np.int32)
        first, *others = self._weighed
        total = first.block(rows)
        for each in others:
            total += each.block(rows)
        total *= np.float32(10 / counting)
        points: NDArray[np.int32] = np.rint(total, out=total).astype(np.int32)
        return points

    @cached_property
    def _weighed(self) -> list[Grid]:
        # Parts and weights are whole and small: their sums are exact, in whatever order.
        weights = {key: self.weights.get(key, 0) for key in self.parts}
        grids = [self.parts[key].changed(_weighed(weight)) for key, weight in weights.items() if weight > 0]
        return [each.kept() for each in merged(grids, np.add)]


def _weighed(weight: int) -> Callable[[Values], Values]:
    def weighed(part: Values) -> Values:
        known: Values = np.where(np.isnan(part), FULL / 2, np.rint(part)).astype(np.float32)
        return known * np.float32(weight)

    return weighed


def measure(
    cohort: Cohort, nearness: Nearness, distances: Grid, weights: Mapping[PartKey, int] = WEIGHTS
) -> Suitability:
    """Every part of every pair. `distances` are kilometres, nan where one place is not known.

    Where nobody has wished for anybody who is here, there is no such part: it would tell nobody apart.
    """
    mentees, mentors = cohort.mentees, cohort.mentors
    interests = _known([each.interests for each in mentees], [each.sectors for each in mentors], nearness)
    parts = {
        PartKey.INTERESTS: paired(*interests, lambda ours, theirs: _interests(ours, theirs, nearness)),
        PartKey.TOPIC: paired(
            [each.topic for each in mentees], [each.experience for each in mentors], _words
        ),
        PartKey.LANGUAGE: _shared(
            [each.languages for each in mentees], [each.languages for each in mentors], 1
        ),
        PartKey.DISTANCE: distances.changed(_near_by),
        PartKey.AVAILABILITY: _shared(
            [each.availability for each in mentees], [each.availability for each in mentors], ENOUGH_HOURS
        ),
        PartKey.MEANS: _shared([each.means for each in mentees], [each.means for each in mentors], 2),
    }
    wished_for = wished(cohort)
    if wished_for:
        parts[PartKey.WISHES] = wished_for
    return Suitability(parts, weights, distances)


def _near_by(distance: Values) -> Values:
    part: Values = np.clip((FAR - distance) / (FAR - NEAR), 0, 1) * FULL
    return part


def shared(mentees: Sequence[Names], mentors: Sequence[Names]) -> Grid:
    """How many of a kind each two have in common; nan where one side has said nothing."""
    return paired(mentees, mentors, _counted)


def _counted(
    mentees: Sequence[Collection[str]], mentors: Sequence[Collection[str]]
) -> Callable[[Rows], Values]:
    vocabulary = {name: place for place, name in enumerate(sorted({*_all(mentees), *_all(mentors)}))}
    ours, theirs = _ticked(mentees, vocabulary), _ticked(mentors, vocabulary).T.tocsc()
    silent = [np.array([not each for each in side], dtype=bool) for side in (mentees, mentors)]

    def counted(rows: Rows) -> Values:
        counts: Values = (ours[rows] @ theirs).toarray()
        counts[silent[0][rows], :] = np.nan
        counts[:, silent[1]] = np.nan
        return counts

    return counted


def _all(names: Sequence[Collection[str]]) -> set[str]:
    return {name for each in names for name in each}


def _ticked(names: Sequence[Collection[str]], vocabulary: Mapping[str, int]) -> Any:
    """Who has named what: a sparse matrix, for there are as many words as people."""
    lengths = [len(each) for each in names]
    columns = [vocabulary[name] for each in names for name in each]
    ends = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_array((ones, columns, ends), shape=(len(names), len(vocabulary)))


def _shared(mentees: Sequence[Names], mentors: Sequence[Names], enough: int) -> Grid:
    def measured(ours: list[Names], theirs: list[Names]) -> Callable[[Rows], Values]:
        counted = _counted(ours, theirs)
        return lambda rows: np.minimum(counted(rows) / enough, 1) * FULL

    return paired(mentees, mentors, measured)


def _interests(
    wishes: list[tuple[str, ...]], sectors: list[tuple[str, ...]], nearness: Nearness
) -> Callable[[Rows], Values]:
    """For each wish the nearest sector of the mentor; the first weighs as much as all others together."""
    nearest = _nearest({wish for each in wishes for wish in each}, sectors, nearness)

    def measured(rows: Rows) -> Values:
        found = np.full((len(rows), len(sectors)), np.nan)
        for place, row in enumerate(rows):
            own = wishes[row]
            if own:
                found[place] = _answered(nearest[own[0]], [nearest[wish] for wish in own[1:]])
        return found

    return measured


def _known(
    wishes: list[tuple[str, ...]], sectors: list[tuple[str, ...]], nearness: Nearness
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Both sides without what nobody knows: a code that is gone says as little as silence.

    A word that no sector knows and that both sides name is known to them.
    """
    ours, theirs = ({code for each in side for code in each} for side in (wishes, sectors))
    known = {code for code in ours | theirs if code in ours & theirs or nearness(code, code)}
    mine, yours = ([tuple(filter(known.__contains__, each)) for each in side] for side in (wishes, sectors))
    return mine, yours


def _nearest(wishes: set[str], sectors: Sequence[tuple[str, ...]], nearness: Nearness) -> dict[str, Values]:
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


def _answered(first: Values, rest: list[Values]) -> Values:
    """A mentor who answers one wish whole is worth more than one who is somewhat near to all."""
    if not rest:
        return first
    others: Values = np.array(rest)
    part: Values = np.maximum((first + others.sum(axis=0) / len(rest)) / 2, first * FIRST_ALONE)
    np.maximum(part, others.max(axis=0) * OTHER_ALONE, out=part)
    return part


def _words(topics: list[str], experiences: list[str]) -> Callable[[Rows], Values]:
    """The share of a topic's words that the mentor's experience knows; half of them is all one can ask."""
    wanted = [words_of(each) for each in topics]
    counted = _counted(wanted, [words_of(each) for each in experiences])
    lengths = np.array([max(len(each), 1) for each in wanted], dtype=np.float32)
    return lambda rows: np.minimum(counted(rows) / lengths[rows][:, None] * 2, 1) * FULL
