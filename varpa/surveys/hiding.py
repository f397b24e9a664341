"""Which groups may be shown, so that no figure tells of fewer than five people (R10).

Nor may one be reckoned out of others: by taking a group from the whole, or one sum of groups from another.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, TypeVar

LEAST: Final = 5
LEAST_WORDS: Final = 10
"""Open answers under ten are shown as themes only."""

Cell = tuple[str, str]
Group = tuple[str, str]
WHOLE: Final[Group] = ("", "")
BY: Final = ("role", "country")
Key = TypeVar("Key", bound=Hashable)
Nearer = tuple[bool, Mapping[Cell, int]]
"""A batch that was counted at one time, in groups too or in the whole alone: of each cell how many were
counted, or how many waited then if they were fewer."""


def shown_groups(cells: Mapping[Cell, int]) -> frozenset[Group]:
    """Of what may be shown of so many people by (role, country): the whole, ("role", …), ("country", …)."""
    return _shown(frozenset((cell, count) for cell, count in cells.items() if count))


def labels(cells: Mapping[Cell, int], held: Iterable[tuple[Cell, Cell]] = ()) -> dict[Cell, Cell]:
    """What may stand beside an anonymous answer of each cell: the cell, its role alone, or nothing.

    Everybody stands with at least five who carry the same words, as far as there are five at all. `held` is
    what stands beside some already, as (cell, label): it is never made finer, or newcomers stood apart.
    """
    found: dict[Cell, Cell] = {}
    held = set(held)
    for role in {role for role, _country in cells}:
        here: dict[Cell, int] = {cell: count for cell, count in cells.items() if cell[0] == role}
        found |= {cell: (role, "") if cell in too_small(here) else cell for cell in here}
    by_role = Counter[str]()
    for (role, _country), count in cells.items():
        by_role[role] += count
    lost = too_small(by_role) | {cell[0] for cell, label in held if label == WHOLE}
    coarse = {cell for cell, label in held if not label[1]}
    found |= {cell: (cell[0], "") for cell in coarse}
    return {cell: WHOLE if cell[0] in lost else label for cell, label in found.items()}


def of_group(group: Group, cell: Cell) -> bool:
    """Whether a cell belongs to a group."""
    by, name = group
    return not by or cell[BY.index(by)] == name


def too_small(sizes: Mapping[Key, int]) -> set[Key]:
    """The groups under five, and as many of the next ones as make five with them."""
    small = {key for key, count in sizes.items() if count < LEAST}
    while 0 < sum(sizes[key] for key in small) < LEAST and len(small) < len(sizes):
        rest = [key for key in sizes if key not in small]
        small.add(min(rest, key=lambda key: (sizes[key], str(key))))
    return small


@lru_cache(maxsize=4096)
def _shown(counted: frozenset[tuple[Cell, int]]) -> frozenset[Group]:
    cells = dict(counted)
    if sum(cells.values()) < LEAST:
        return frozenset()
    sizes = {(by, name): count for by in BY for name, count in _sizes(cells, by).items()}
    found: set[Group] = {WHOLE}
    for by in BY:
        own = {group: count for group, count in sizes.items() if group[0] == by}
        # One group alone is the whole once more; what has no name is in no group.
        if len(own) > 1:
            small = too_small(own)
            found |= {group for group in own if group[1] and group not in small}
    while len(found) > 1 and tells_of_few(cells, found):
        found.remove(min(found - {WHOLE}, key=lambda group: (sizes[group], group)))
    return frozenset(found)


def _sizes(cells: Mapping[Cell, int], by: str) -> Counter[str]:
    sizes = Counter[str]()
    for cell, count in cells.items():
        sizes[cell[BY.index(by)]] += count
    return sizes


def live_groups(batches: Sequence[Nearer], shown: Collection[Group]) -> frozenset[Group]:
    """What may be shown while answers come: `shown` and what joins it; nothing: the newest batch waits.

    Between two looks lie whole batches, and after the last one those who waited then: so a group is safe for
    good if no batch in which it is counted tells of few (proof: decision 0016).
    """
    cells = {cell for for_groups, batch in batches for cell in batch if for_groups}
    named = [sorted({(by, cell[at]) for cell in cells if cell[at]}) for at, by in enumerate(BY)]
    # One group alone is the whole once more.
    joining = [WHOLE, *(group for own in named if len(own) > 1 for group in own)]
    found = set(shown)
    if any(_tells(batch, found) for batch in batches):
        return frozenset()
    for group in joining:
        if not any(_tells(batch, found | {group}) for batch in batches):
            found.add(group)
        if WHOLE not in found:
            break
    return frozenset(found if WHOLE in found else ())


def _tells(nearer: Nearer, groups: Collection[Group]) -> bool:
    for_groups, batch = nearer
    return tells_of_few(batch, groups if for_groups else [group for group in groups if group == WHOLE])


def tells_of_few(cells: Mapping[Cell, int], groups: Collection[Group]) -> bool:
    """Whether some sum and difference of the groups speaks of at most four people alone."""
    named = sorted(cells)
    sums = [[int(of_group(group, cell)) for cell in named] for group in groups]
    return sums_tell_of_few([cells[cell] for cell in named], sums)


def sums_tell_of_few(sizes: Sequence[int], sums: Sequence[Sequence[int]]) -> bool:
    """The same of any sums over cells of these sizes: a row says how often each cell stands in it."""
    from numpy.linalg import matrix_rank

    # A cell of nobody is among whatever few there are.
    nobody = [at for at, size in enumerate(sizes) if not size]
    few = [at for at, size in enumerate(sizes) if 0 < size < LEAST]
    if not sums or not (nobody or few):
        return False
    rows = [list(each) for each in sums]
    rank = matrix_rank(rows)
    for number in range(LEAST):
        for chosen in combinations(few, number):
            if sum(sizes[at] for at in chosen) >= LEAST:
                continue
            alone = [[int(at == each) for at in range(len(sizes))] for each in (*nobody, *chosen)]
            if alone and rank + len(alone) > matrix_rank(rows + alone):
                return True
    return False
