"""Whether the result is fair: how many are placed, and how well, by country, school, language and gender.

Groups of under five people are hidden and counted together, and so is what they could be worked out from by
adding and subtracting what is shown (methodology §12; product R10): nobody is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any, Final

SMALLEST: Final = 5

People = int
"""Some of those asked about, one bit each: thousands are compared in one step."""


@dataclass(frozen=True)
class Placed:
    """A mentee: the groups one belongs to, {kind: names}, and the points of the pair; None: not placed."""

    groups: dict[str, tuple[str, ...]]
    points: int | None


def fairness(people: Iterable[Placed]) -> dict[str, Any]:
    """{kind: {"groups": [[name, mentees, placed, mean or None]], "hidden": how many are not shown}}."""
    found = list(people)
    kinds = list(dict.fromkeys(kind for each in found for kind in each.groups))
    return {kind: _shown(found, kind) for kind in kinds}


def _shown(people: list[Placed], kind: str) -> dict[str, Any]:
    groups: dict[str, People] = {}
    with_mentor: dict[str, People] = {}
    points: dict[str, int] = {}
    for at, each in enumerate(people):
        for name in each.groups[kind]:
            groups[name] = groups.get(name, 0) | 1 << at
            with_mentor[name] = with_mentor.get(name, 0) | (each.points is not None) << at
            points[name] = points.get(name, 0) + (each.points or 0)
    shown = tellable(groups, groups)
    # A mean over fewer than five says something of each of them.
    meant = tellable(with_mentor, shown)
    rows = []
    for name in shown:
        placed = with_mentor[name].bit_count()
        mean = round(points[name] / placed) if name in meant else None
        rows.append([name, groups[name].bit_count(), placed, mean])
    return {"groups": rows, "hidden": len(groups) - len(shown)}


def tellable(groups: Mapping[str, People], among: Iterable[str]) -> list[str]:
    """Which of the groups may be shown beside each other and beside the sum of all, the largest first."""
    by_size = sorted(among, key=lambda name: (-groups[name].bit_count(), name))
    large = [name for name in by_size if groups[name].bit_count() >= SMALLEST]
    everybody = _together(groups.values())
    if sum(each.bit_count() for each in groups.values()) > everybody.bit_count():
        return _apart(groups, large, everybody)
    while large and _few(everybody & ~_together(groups[name] for name in large)):
        large.pop()
    return large


def _apart(groups: Mapping[str, People], large: list[str], everybody: People) -> list[str]:
    """Of groups that share people those that, with two others or with all, leave no handful."""
    told, kept = [everybody], []
    for name in large:
        if groups[name] == everybody:
            kept.append(name)
        elif not _tells_apart(groups[name], told):
            told.append(groups[name])
            kept.append(name)
    return kept


def _tells_apart(group: People, told: list[People]) -> bool:
    """Whether a group less, or with, one or two of those told is a figure of a handful of people."""
    if any(_few(group ^ each) for each in told):
        return True
    # Two less a third: nothing is left of whoever is in the third and in one of the two, or in none.
    return any(
        _few(one & two | one ^ two ^ less)
        for each, other in combinations(told, 2)
        for one, two, less in ((group, each, other), (group, other, each), (each, other, group))
    )


def _few(group: People) -> bool:
    return 0 < group.bit_count() < SMALLEST


def _together(groups: Iterable[People]) -> People:
    return reduce(or_, groups, 0)
