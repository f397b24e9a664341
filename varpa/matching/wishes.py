"""Whom each side has wished for, as a part of suitability."""

import warnings
from collections.abc import Callable, Sequence

import numpy as np

from varpa.kernel.text import folded
from varpa.matching.cohort import Cohort
from varpa.matching.grids import Grid, Rows, Values, grid, numbered
from varpa.matching.parts import FULL
from varpa.matching.sayings import Called, named, plain_words, within

Wishes = tuple[str, ...]
NOBODY = Called()


def wished(cohort: Cohort) -> Grid | None:
    """How well two answer each other's wishes; None where nobody here answers any.

    The mean of both sides' wishes. A wish that nobody here answers is unknown for everybody: it is no
    mentor's fault that the one who was wished for does not take part.
    """
    mentees = [Called(each.key, each.name, each.school, each.interests) for each in cohort.mentees]
    # Who has no place does not answer a wish either, and has none.
    mentors = [
        Called(each.key, each.name, each.company, each.sectors) if each.capacity > 0 else NOBODY
        for each in cohort.mentors
    ]
    ours = _Side([each.wishes for each in cohort.mentees], mentors)
    theirs = _Side([each.wishes if each.capacity > 0 else () for each in cohort.mentors], mentees)
    if not (ours.best or theirs.best):
        return None
    rows, row_of = numbered(list(zip(ours.wishes_of.tolist(), theirs.called_of.tolist(), strict=True)))
    columns, column_of = numbered(list(zip(ours.called_of.tolist(), theirs.wishes_of.tolist(), strict=True)))
    return grid(row_of, column_of, _both(ours, theirs, rows, columns), (len(rows), len(columns)))


def _both(
    ours: "_Side", theirs: "_Side", rows: list[tuple[int, int]], columns: list[tuple[int, int]]
) -> Callable[[Rows], Values]:
    mine, here = (np.array([each[side] for each in rows], dtype=np.int64) for side in (0, 1))
    there, yours = (np.array([each[side] for each in columns], dtype=np.int64) for side in (0, 1))

    def measured(some: Rows) -> Values:
        asked, given = ours.answered(mine[some], there), theirs.answered(yours, here[some]).T
        with warnings.catch_warnings():
            # Neither has a wish: unknown, and the library warns of a mean of nothing.
            warnings.simplefilter("ignore", RuntimeWarning)
            mean: Values = np.nanmean(np.stack([asked, given]), axis=0)
        return mean

    return measured


def _by_word(called: Sequence[Called]) -> dict[str, list[int]]:
    """Who has a word in key, name or place: of a thousand people a wish can name but these."""
    found: dict[str, list[int]] = {}
    for place, each in enumerate(called):
        for word in {folded(each.key), *plain_words(each.name), *plain_words(each.place)}:
            found.setdefault(word, []).append(place)
    return found


class _Side:
    """The wishes of one side and how well each of the other side answers them."""

    def __init__(self, wishes: Sequence[Wishes], others: Sequence[Called]) -> None:
        self.said, self.wishes_of = numbered(wishes)
        # Where nobody wishes, all of the other side are alike.
        self.called, self.called_of = numbered(others if any(wishes) else [NOBODY] * len(others))
        self.fields, self.field_of = numbered([each.codes for each in self.called])
        self.by_word = _by_word(self.called)
        found = {wish: self._answers(wish) for wish in sorted({wish for own in self.said for wish in own})}
        self.best = {wish: row for wish, row in found.items() if row.any()}

    def _answers(self, wish: str) -> Values:
        fields = np.array([within(wish, codes) for codes in self.fields], dtype=np.float64)
        answers: Values = fields[self.field_of]
        some = self.by_word.get(wish.split()[0], [])
        answers[[place for place in some if named(wish, self.called[place])]] = FULL
        return answers

    def answered(self, rows: Rows, columns: Rows) -> Values:
        """For each of these sets of wishes how well each of those called so answers the best of them."""
        found = np.full((len(rows), len(columns)), np.nan)
        for place, row in enumerate(rows):
            known = [self.best[wish] for wish in self.said[row] if wish in self.best]
            if known:
                found[place] = np.max(known, axis=0)[columns]
        return found
