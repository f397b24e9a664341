"""Whether the result is fair: how many are placed, and how well, by country, school and language.

Groups of under five people are hidden and counted together (methodology §12; product R10): nobody is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SMALLEST = 5


@dataclass(frozen=True)
class Placed:
    """A mentee: the groups one belongs to, {kind: names}, and the points of the pair; None: not placed."""

    groups: dict[str, tuple[str, ...]]
    points: int | None


def fairness(people: Iterable[Placed]) -> dict[str, Any]:
    """{kind: {"groups": [[name, mentees, placed, mean or None]], "hidden": how many are not shown}}.

    Where one small group alone would be hidden, it could be worked out from the sum: the smallest of the
    others is hidden with it.
    """
    counted: dict[str, dict[str, list[int]]] = {}
    for each in people:
        for kind, names in each.groups.items():
            for name in names:
                row = counted.setdefault(kind, {}).setdefault(name, [0, 0, 0])
                row[0] += 1
                if each.points is not None:
                    row[1] += 1
                    row[2] += each.points
    return {kind: _shown(groups) for kind, groups in counted.items()}


def _shown(groups: dict[str, list[int]]) -> dict[str, Any]:
    by_size = sorted(groups.items(), key=lambda each: (-each[1][0], each[0]))
    shown = [(name, row) for name, row in by_size if row[0] >= SMALLEST]
    if len(by_size) - len(shown) == 1 and shown:
        shown.pop()
    # A mean over fewer than five says something of each of them.
    rows = [[name, of, placed, _mean(points, placed)] for name, (of, placed, points) in shown]
    return {"groups": rows, "hidden": len(by_size) - len(shown)}


def _mean(points: int, placed: int) -> int | None:
    return round(points / placed) if placed >= SMALLEST else None
