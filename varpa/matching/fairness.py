"""Whether the result is fair: how many are placed, and how well, by country, school, language and gender.

Groups of under five people are hidden and counted together, and so is what they could be worked out from by
adding and subtracting what is shown, of one kind or of several (methodology §12; product R10): nobody is
shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain, combinations, product
from operator import or_
from typing import Any, Final

SMALLEST: Final = 5

People = int
"""Some of those asked about, one bit each: thousands are compared in one step."""
Group = tuple[str, str]
"""A kind and a name of it."""
Groups = dict[Group, People]


@dataclass(frozen=True)
class Placed:
    """A mentee: the groups one belongs to, {kind: names}, and the points of the pair; None: not placed."""

    groups: dict[str, tuple[str, ...]]
    points: int | None


def fairness(people: Iterable[Placed]) -> dict[str, Any]:
    """{kind: {"groups": [[name, mentees, placed, mean or None]], "hidden": how many are not shown}}."""
    found = list(people)
    groups: Groups = {}
    points: dict[Group, int] = {}
    for at, each in enumerate(found):
        for kind, names in each.groups.items():
            for name in names:
                groups[kind, name] = groups.get((kind, name), 0) | 1 << at
                points[kind, name] = points.get((kind, name), 0) + (each.points or 0)
    with_mentor = sum(1 << at for at, each in enumerate(found) if each.points is not None)
    placed = {key: group & with_mentor for key, group in groups.items()}
    shown = told_together(groups, groups)
    # A mean over fewer than five says something of each of them.
    meant = set(told_together(placed, shown))
    report: dict[str, Any] = {kind: {"groups": [], "hidden": 0} for kind, _name in groups}
    for key in shown:
        count = placed[key].bit_count()
        mean = round(points[key] / count) if key in meant else None
        report[key[0]]["groups"].append([key[1], groups[key].bit_count(), count, mean])
    for kind, told in report.items():
        told["hidden"] = sum(of == kind for of, _name in groups) - len(told["groups"])
    return report


def told_together(groups: Groups, among: Iterable[Group]) -> list[Group]:
    """Which groups may be shown beside each other and beside the sum of all: by kind, the largest first.

    Whatever can be added and subtracted is told of *cells*: people whom no figure tells apart. A group is
    shown where each cell that it makes holds five people or more; so the schools of a country leave no
    handful of it, however many are subtracted (as decision 0044 has it for gender). One that runs across the
    cells, as a language does across schools, is shown where it, with or without two others that do, differs
    from every sum of cells by five people or more.
    """
    order = {kind: at for at, (kind, _name) in reversed(list(enumerate(groups)))}
    by_size = sorted(among, key=lambda key: (order[key[0]], -groups[key].bit_count(), key[1]))
    cells, shown = [_together(groups.values())], []
    across: list[People] = []
    for key in by_size:
        group = groups[key]
        if group.bit_count() < SMALLEST:
            continue
        finer = [part for cell in cells for part in (cell & group, cell & ~group) if part]
        if not any(map(_few, finer)) and all(_safe(finer, some) for some in _some(across)):
            cells = finer
        elif all(_safe(cells, (group, *some)) for some in [(), *_some(across, at_most=2)]):
            across.append(group)
        else:
            continue
        shown.append(key)
    return shown


def _some(across: list[People], at_most: int = 3) -> Iterator[tuple[People, ...]]:
    return chain.from_iterable(combinations(across, count) for count in range(1, at_most + 1))


def _safe(cells: list[People], groups: tuple[People, ...]) -> bool:
    """Whether no sum of these groups, each added or subtracted, and of any cells is about a handful."""
    return not any(
        0 < _left(cells, groups, (1, *signs)) < SMALLEST for signs in product((1, -1), repeat=len(groups) - 1)
    )


def _left(cells: list[People], groups: tuple[People, ...], signs: tuple[int, ...]) -> int:
    """Of how many people a sum is at least: each cell is taken off as often as most of it is in it.

    Counted no further than it must be.
    """
    left = 0
    for cell in cells:
        if left >= SMALLEST:
            break
        counted = {0: cell}
        for group, sign in zip(groups, signs, strict=True):
            again: dict[int, People] = {}
            for times, part in counted.items():
                again[times] = again.get(times, 0) | part & ~group
                again[times + sign] = again.get(times + sign, 0) | part & group
            counted = again
        left += cell.bit_count() - max(part.bit_count() for part in counted.values())
    return left


def tellable(groups: Mapping[str, People]) -> list[str]:
    """The same of one kind."""
    named = {("", name): group for name, group in groups.items()}
    return [name for _kind, name in told_together(named, named)]


def _few(group: People) -> bool:
    return 0 < group.bit_count() < SMALLEST


def _together(groups: Iterable[People]) -> People:
    return reduce(or_, groups, 0)
