"""The hard rules: which pairs each of them forbids. Who has said nothing is not kept out by a rule."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from varpa.kernel.text import folded
from varpa.matching.cohort import Cohort
from varpa.matching.grids import Grid, Rows, Values, merged, numbered, paired
from varpa.matching.suitability import shared

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Named:
    """Single pairs that somebody has named: the columns of each row."""

    columns: Mapping[int, list[int]]
    width: int

    def block(self, rows: Rows) -> Mask:
        found = np.zeros((len(rows), self.width), dtype=bool)
        for place, row in enumerate(rows):
            found[place, self.columns.get(int(row), [])] = True
        return found

    def row(self, row: int) -> Mask:
        found: Mask = self.block(np.array([row]))[0]
        return found

    def __getitem__(self, place: tuple[int, int]) -> bool:
        row, column = place
        return column in self.columns.get(row, [])


Rule = Grid | Named


def forbidden(cohort: Cohort, distances: Grid) -> dict[str, Rule]:
    """Each rule that was asked for by its name, with the pairs that it forbids."""
    mentees, mentors, rules = cohort.mentees, cohort.mentors, cohort.rules
    found: dict[str, Rule] = {}
    if rules.shared_language:
        found["language"] = _none(shared([e.languages for e in mentees], [e.languages for e in mentors]))
    if rules.shared_means:
        found["means"] = _none(shared([each.means for each in mentees], [each.means for each in mentors]))
    if rules.apart:
        places = [folded(each.school) for each in mentees], [folded(each.company) for each in mentors]
        found["apart"] = paired(*places, _same)
    if rules.furthest is not None:
        furthest = rules.furthest
        found["distance"] = distances.changed(lambda distance: distance > furthest)
    if rules.within_travel:
        found["travel"] = _too_far([each.travel for each in mentees], distances)
    return found | {name: _named(cohort, pairs) for name, pairs in rules.named.items() if pairs}


def together(blocked: Mapping[str, Rule]) -> list[Rule]:
    """The rules in as few as forbid the same: what is allowed is asked again and again."""
    grids = [rule for rule in blocked.values() if isinstance(rule, Grid)]
    named = [rule for rule in blocked.values() if isinstance(rule, Named)]
    return [*merged(grids, np.logical_or), *named]


def allowed(rules: Sequence[Rule], rows: Rows, width: int) -> Mask:
    """For these mentees which mentors no rule forbids."""
    none = np.zeros((len(rows), width), dtype=bool)
    return ~reduce(np.logical_or, (rule.block(rows) for rule in rules), none)


def _none(counts: Grid) -> Grid:
    return counts.changed(lambda count: count == 0)


def _same(schools: list[str], companies: list[str]) -> "_Same":
    return _Same(np.array(schools, dtype=object), np.array(companies, dtype=object))


@dataclass(frozen=True)
class _Same:
    schools: Values
    companies: Values

    def __call__(self, rows: Rows) -> Values:
        mine = self.schools[rows][:, None]
        same: Values = (mine == self.companies[None, :]) & (mine != "")
        return same.astype(bool)


def _too_far(travel: list[int | None], distances: Grid) -> Grid:
    said, row_of = numbered(list(zip(distances.row_of.tolist(), travel, strict=True)))
    towns = np.array([town for town, _far in said], dtype=np.int64)
    furthest = np.array([math.inf if far is None else far for _town, far in said])
    return Grid(row_of, distances.column_of, lambda rows: distances.of(towns[rows]) > furthest[rows][:, None])


def _named(cohort: Cohort, pairs: Collection[tuple[str, str]]) -> Named:
    rows = {each.key: place for place, each in enumerate(cohort.mentees)}
    columns = {each.key: place for place, each in enumerate(cohort.mentors)}
    found: dict[int, list[int]] = {}
    for mentee, mentor in sorted(pairs):
        if mentee in rows and mentor in columns:
            found.setdefault(rows[mentee], []).append(columns[mentor])
    return Named(found, len(columns))
