"""What a run knows of two, and of a mentee for whom nobody was found; `telling` puts it into words."""

import numpy as np
from numpy.typing import NDArray

from varpa.matching.matching import Run
from varpa.matching.parts import PartKey
from varpa.matching.telling import SHOWN, Facts, Reasons, Unplaced, Without, told, told_without


def facts_of(run: Run, row: int, column: int) -> Facts:
    """What was measured of a mentee (by row) and a mentor (by column)."""
    found = {key: run.suitability.parts[key][row, column] for key in PartKey}
    distance = run.suitability.distance[row, column]
    return Facts(
        {key.value: round(part) for key, part in found.items() if not np.isnan(part)},
        None if np.isnan(distance) else round(float(distance), 1),
    )


def reasons(run: Run, row: int, column: int) -> Reasons:
    """What speaks for and against two, in words."""
    mentee, mentor = run.cohort.mentees[row], run.cohort.mentors[column]
    return told(mentee, mentor, facts_of(run, row, column))


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
    possible = np.flatnonzero(run.allowed[row])
    if not len(possible):
        return _forbidden(run, row)
    best = possible[np.argsort(-run.suitability.points[row, possible], kind="stable")][:SHOWN]
    return Without("full", len(possible), best=tuple(mentors[each].key for each in best))


def _forbidden(run: Run, row: int) -> Without:
    """Which single rule, if it were lifted, would open most mentors."""
    alone = {name: int((mask[row] & ~_others(run, name, row)).sum()) for name, mask in run.blocked.items()}
    name, count = max(alone.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    worst = max(run.blocked, key=lambda each: int(run.blocked[each][row].sum()), default="")
    return Without(worst, count, name if count else "")


def _others(run: Run, name: str, row: int) -> NDArray[np.bool_]:
    rest = [mask[row] for other, mask in run.blocked.items() if other != name]
    either: NDArray[np.bool_] = np.logical_or.reduce([*rest, np.zeros(len(run.cohort.mentors), dtype=bool)])
    return either
