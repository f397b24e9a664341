"""Whether a result is fair by gender, of which nobody may be told: not by all reports together either.

A board shows by name who waits, who is placed and with how many points. So each figure by gender counts among
people who are known, and two figures leave a count of those in whom they differ. Whoever has been counted is
therefore in a *lot*: people whom no figure told so far tells apart. A figure is told only where each lot that
it makes holds five people or more; so every sum and difference of all that was ever told in the programme
speaks of whole lots (product R10). A mean, beside the points of each, would still give single people away;
instead stands how many are in the half with the most points (decision 0044).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from varpa.matching.fairness import SMALLEST, tellable


@dataclass(frozen=True)
class Told:
    """A mentee who has been counted: with which gender, for it may be said anew since, and in which lot."""

    gender: str
    lot: int


Lots = dict[str, tuple[int, ...]]
"""By mentee; nobody knows yet who is in none: `()`."""


def by_gender(
    said: Mapping[str, str], points: Mapping[str, int | None], told: Mapping[str, Told]
) -> tuple[list[list[Any]], dict[str, Told]]:
    """The report on those who wait in a run, and in which lots everybody is by then; both empty: not told.

    Its rows: [gender, mentees, placed, in the better half]; None for a figure that is not told. `said` and
    `points` are of all who wait, `told` of all who have been counted in the programme.
    """
    genders = {key: told[key].gender if key in told else gender for key, gender in said.items()}
    placed = {key for key, got in points.items() if got is not None}
    known: Lots = dict.fromkeys(said, ()) | {key: (each.lot,) for key, each in told.items()}
    lots, figures = _parted(known, said), []
    if lots is None:
        return [], {}
    for counted in (placed, _better_half(points)):
        parted = _parted(lots, counted)
        lots = parted or lots
        figures.append(counted if parted else None)
    groups = {
        gender: sum(1 << at for at, each in enumerate(genders.values()) if each == gender)
        for gender in sorted(set(genders.values()))
    }
    shown = tellable(groups)
    if not shown or len(groups) < 2 or not any(each is not None for each in figures):
        return [], {}
    rows = [
        [gender, *(None if each is None else _count(genders, each, gender) for each in (said, *figures))]
        for gender in shown
    ]
    numbers = {lot: number for number, lot in enumerate(sorted(set(lots.values())))}
    everybody = {key: each.gender for key, each in told.items()} | genders
    return rows, {key: Told(everybody[key], numbers[lot]) for key, lot in lots.items()}


def _parted(lots: Lots, counted: Collection[str]) -> Lots | None:
    """The lots once it is told how many of these people are of a gender; None where one would be too small.

    A lot that a figure does not part stays as it was, also where somebody of it is gone.
    """
    parted = {key: (*lot, int(key in counted)) for key, lot in lots.items()}
    before, after = Counter(lots.values()), Counter(parted.values())
    for lot, people in after.items():
        whole = lot[:-1] and before[lot[:-1]] == people
        if people < SMALLEST and not whole:
            return None
    return parted


def _better_half(points: Mapping[str, int | None]) -> set[str]:
    """Those who are placed with the most points: half of them, and whoever has as many as the last."""
    got = sorted((each for each in points.values() if each is not None), reverse=True)
    least = got[(len(got) - 1) // 2] if got else 0
    return {key for key, each in points.items() if each is not None and each >= least}


def _count(genders: Mapping[str, str], among: Collection[str], gender: str) -> int:
    return sum(genders[key] == gender for key in among)
