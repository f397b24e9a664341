"""Remarks follow their words through every change of the text, and their rows through those of the figures.

A row is found again as it was; else by its name, where as many have that name as before; else under a name
that no row had, by all else that stands in it or by its likeness. Where another could be meant it is gone.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from varpa.businessplans.anchors import Found, alike, around, find, without
from varpa.businessplans.cells import TYPED, nth, parted, table_of
from varpa.businessplans.models import BusinessPlan, Remark

Rows = Sequence[Mapping[str, Any]]
_DIGITS = re.compile(r"\d+")


def follow(plan: BusinessPlan, key: str, before: str, text: str) -> None:
    """Let every remark of a part find its words in the new text; words that came back are found again."""
    changed = []
    for remark in plan.remarks.filter(part=key, cell="").exclude(quote=""):
        stood = remark.before, remark.after
        found = _still(remark, before, text) if remark.place else _back(remark, text)
        stands = (found.words, *around(text, found)) if found else ("", *stood)
        if stands != (remark.place, *stood):
            remark.place, remark.before, remark.after = stands
            changed.append(remark)
    plan.remarks.bulk_update(changed, ["place", "before", "after"])


def _still(remark: Remark, before: str, text: str) -> Found | None:
    """Where words that stood in the text before stand now, also a little changed."""
    near = remark.before, remark.after
    stood = find(before, remark.place, *near, changed=False)
    found = find(text, remark.place, *near, elsewhere=without(before, stood) if stood else "")
    # Changed step by step into something else: these are not the words that were meant.
    return found if found and alike(remark.quote, found.words) else None


def _back(remark: Remark, text: str) -> Found | None:
    """Words that were gone, as they were: where they stood last, or where they were marked."""
    last = find(text, remark.quote, remark.before, remark.after, changed=False)
    marked = remark.marked_before, remark.marked_after
    return last or (find(text, remark.quote, *marked, changed=False) if any(marked) else None)


def follow_cells(plan: BusinessPlan, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Let every remark on a typed row find it in the new figures; a row that came back is found again."""
    changed: list[Remark] = []
    paired: dict[str, dict[int, int]] = {}
    for remark in plan.remarks.filter(cell__startswith=TYPED).exclude(quote=""):
        address, column = parted(remark.cell)
        table, which = table_of(address)
        old, new = before.get(table) or [], after.get(table) or []
        if table not in paired:
            paired[table] = _paired(old, new)
        place = _stayed(remark, which, old, paired[table])
        if place is None:
            place = _came_back(remark, column, old, new, paired[table])
        stands = ("", remark.cell)
        if place is not None:
            name = new[place]["name"]
            now = nth(f"{TYPED}{table}", sum(row["name"] == name for row in new[: place + 1]))
            stands = (name, f"{now}.{column}" if column else now)
        if stands != (remark.place, remark.cell):
            remark.place, remark.cell = stands
            changed.append(remark)
    plan.remarks.bulk_update(changed, ["place", "cell"])


def _stayed(remark: Remark, which: int, old: Rows, paired: Mapping[int, int]) -> int | None:
    """Where the row of a remark stands now; None where it is gone, or was already."""
    named = [at for at, row in enumerate(old) if remark.place and row["name"] == remark.place]
    return paired.get(named[which - 1]) if which <= len(named) else None


def _came_back(remark: Remark, column: str, old: Rows, new: Rows, paired: Mapping[int, int]) -> int | None:
    """A row that no other one became: of its name, where none had that, or with what stood there then."""
    named = [at for at, row in enumerate(new) if row["name"] == remark.quote and at not in paired.values()]
    if any(row["name"] == remark.quote for row in old):
        named = [at for at in named if column and _kept(new[at], column) == remark.before]
    return named[0] if len(named) == 1 else None


def _kept(row: Mapping[str, Any], column: str) -> str:
    """What stands in a cell, as a remark keeps it (`cells.Value`)."""
    if column == "month":
        return f"number:{row.get('month', row.get('starts'))}"
    if column.removeprefix("m").isdecimal():
        return f"number:{row['volumes'][int(column.removeprefix('m')) - 1]}"
    return f"money:{row.get(column, row.get('gross'))}"


def _paired(old: Rows, new: Rows) -> dict[int, int]:
    """By the place of a row in a table: its place in the new one."""
    pairing = _Pairing(old, new)
    pairing.pair(lambda one, other: one == other and old[one] == new[other])
    pairing.pair(lambda one, other: old[one] == new[other])
    pairing.pair_by_name()
    renamed, same = pairing.is_renamed, len(old) == len(new)
    pairing.pair(lambda one, other: same and one == other and renamed(one, other))
    gone = {row["name"] for row in old} - {row["name"] for row in new}
    pairing.pair(lambda one, other: old[one]["name"] in gone and renamed(one, other), alone=True)
    pairing.pair(pairing.is_respelt, alone=True)
    return pairing.found


class _Pairing:
    """Rows of a table and of the new one; a row that has found the other one is out of it."""

    def __init__(self, old: Rows, new: Rows) -> None:
        self.old, self.new = old, new
        self.found: dict[int, int] = {}
        self.names = {row["name"] for row in old}, {row["name"] for row in new}

    def pair(self, is_same: Callable[[int, int], bool], *, alone: bool = False) -> None:
        """In their order; `alone`: where neither of two could be another one's."""
        taken = set(self.found.values())
        ones = [one for one in range(len(self.old)) if one not in self.found]
        others = [other for other in range(len(self.new)) if other not in taken]
        both = [(one, other) for one in ones for other in others if is_same(one, other)]
        often = Counter(one for one, _other in both), Counter(other for _one, other in both)
        for one, other in both:
            is_free = one not in self.found and other not in self.found.values()
            if is_free and not (alone and max(often[0][one], often[1][other]) > 1):
                self.found[one] = other

    def pair_by_name(self) -> None:
        """Rows whose amounts changed; one elsewhere in the table only if no new name has what stood in it."""
        taken = set(self.found.values())
        for name in self.names[0] & self.names[1]:
            ones = [at for at, row in enumerate(self.old) if row["name"] == name and at not in self.found]
            others = [at for at, row in enumerate(self.new) if row["name"] == name and at not in taken]
            if len(ones) != len(others):
                continue
            for one, other in zip(ones, others, strict=True):
                if one == other or not any(self.is_renamed(one, each) for each in range(len(self.new))):
                    self.found[one] = other

    def is_renamed(self, one: int, other: int) -> bool:
        """Whether all but the name stands as it stood, and no row had that name."""
        old, new = self.old[one], self.new[other]
        return new["name"] not in self.names[0] and {**new, "name": ""} == {**old, "name": ""}

    def is_respelt(self, one: int, other: int) -> bool:
        """Whether the name is nearly the same, with the same numbers in it."""
        old, new = self.old[one]["name"], self.new[other]["name"]
        is_new = new not in self.names[0] and old not in self.names[1]
        return is_new and _DIGITS.findall(old) == _DIGITS.findall(new) and alike(old, new)
