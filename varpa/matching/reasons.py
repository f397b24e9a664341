"""What a run knows of two, and of a mentee for whom nobody was found; `telling` puts it into words."""

import math
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from varpa.matching.matching import Run
from varpa.matching.rules import Mask
from varpa.matching.telling import SHOWN, Facts, Reasons, Unplaced, Without, told, told_without


def facts_of(run: Run, row: int, column: int) -> Facts:
    """What was measured of a mentee (by row) and a mentor (by column)."""
    return several_facts_of(run, row, [column])[0]


def several_facts_of(run: Run, row: int, columns: Sequence[int]) -> list[Facts]:
    """What was measured of a mentee and each of some mentors."""
    measured = {key.value: grid.row(row)[columns].tolist() for key, grid in run.suitability.parts.items()}
    distances = run.suitability.distance.row(row)[columns].tolist()
    return [
        Facts(
            {key: round(parts[place]) for key, parts in measured.items() if not math.isnan(parts[place])},
            None if math.isnan(distance) else round(distance, 1),
        )
        for place, distance in enumerate(distances)
    ]


def reasons(run: Run, row: int, column: int, means: Mapping[str, Any] | None = None) -> Reasons:
    """What speaks for and against two, in words. `means`: names of means of communication by their keys."""
    mentee, mentor = run.cohort.mentees[row], run.cohort.mentors[column]
    return told(mentee, mentor, facts_of(run, row, column), means)


def why_unplaced(run: Run, row: int) -> Unplaced:
    """Why a mentee has no mentor and what would help, in words."""
    return told_without(
        without_of(run, row), {each.key: each.name for each in run.cohort.mentors if each.name}
    )


def without_of(run: Run, row: int) -> Without:
    """Of one mentee who has no mentor: no place is left with whom it could be, or a rule forbids all."""
    mentors = run.cohort.mentors
    if not mentors:
        return Without("nobody")
    points, allowed = (each[0] for each in run.people.block(np.array([row])))
    possible = np.flatnonzero(allowed)
    if not len(possible):
        return _forbidden(run, row)
    best = possible[np.argsort(-points[possible], kind="stable")]
    # Also somebody with whom it could not be: whoever moves there leaves a place.
    places = np.arange(0) if run.further is None else np.flatnonzero(run.further == row)
    named = [*best[np.isin(best, places)], *places[~np.isin(places, best)]]
    helps, opens = _opening(run, row, run.openable)
    keys = tuple(mentors[each].key for each in (named or best.tolist())[:SHOWN])
    return Without("full", len(possible), helps, keys, opens, more=1 if named else run.left)


def _forbidden(run: Run, row: int) -> Without:
    """Which rule forbids most mentors, and which would open most."""
    helps, opens = _opening(run, row, run.openable)
    anybody = np.ones(len(run.cohort.mentors), dtype=bool)
    taken = 0 if opens else _opening(run, row, anybody)[1]
    worst = max(run.blocked, key=lambda name: int(run.blocked[name].row(row).sum()), default="")
    return Without(worst, opens, helps, taken=taken)


def _opening(run: Run, row: int, among: Mask) -> tuple[str, int]:
    """Which single rule, if it were lifted, would open most of these mentors, and how many."""
    rules = {name: rule.row(row) for name, rule in run.blocked.items()}
    alone = {name: int((mask & among & ~_others(rules, name)).sum()) for name, mask in rules.items()}
    name, count = max(alone.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return name if count else "", count


def _others(rules: Mapping[str, Mask], name: str) -> Mask:
    rest = [mask for other, mask in rules.items() if other != name]
    return reduce(np.logical_or, rest, np.zeros_like(rules[name]))
