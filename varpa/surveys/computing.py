"""From sheets to figures that may be shown: done by the worker, kept as data (R10).

A group is shown of five at least, and only where nothing under five can be reckoned out of it (`hiding`).
Until the survey closes, a part of the answers is counted, drawn by lot, batch after batch; a figure steps
forward by a whole batch or stays. After it has closed everything is shown, once (decision 0016).
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple

from varpa.methodology.surveys import AskKind
from varpa.surveys.hiding import LEAST, WHOLE, Cell, Group, Nearer, live_groups, of_group, shown_groups
from varpa.surveys.models import Drawn, Question
from varpa.surveys.values import numbers

STEPPED: Final = (AskKind.SCALE, AskKind.MATRIX)
Figure = dict[str, Any]
Kept = Mapping[tuple[str, str, str, str], Figure]
Answer = tuple[Cell, Any, int]
"""An answer to one question: of which cell, what, and where it is counted."""
Batch = tuple[int, list[tuple[str, str, int, int]]]
"""Where it is counted; of each (role, country) how many were counted at one time, and how many waited."""
ENOUGH: Final = 12
"""So many of one role and country have answered before half of them are counted: one may skip a question."""


class Answers(NamedTuple):
    """One sheet: where it counts, what stands in it, and in what of that which is shown live."""

    cell: Cell
    values: Mapping[str, Any]
    drawn: int = Drawn.WAITS


def figures(
    questions: Sequence[Question], sheets: Sequence[Answers], *, earlier: list[Figure]
) -> list[Figure]:
    """Every figure of a survey that has closed; `earlier` are those that were shown live."""
    shown: Kept = {_key(each): each for each in earlier}
    found: list[Figure] = []
    for question in questions:
        for row in _rows(question):
            own = [(cell, value) for cell, value, _drawn in _answers(question, row, sheets)]
            visible = shown_groups(Counter(cell for cell, _value in own))
            whole, *groups = _figures(question, row, own, visible)
            told = _unless_too_near(whole, shown)
            # All groups together would be the whole as it is now, so near to the one that was shown.
            found += [whole, *groups] if told is whole else [told, *_figures(question, row, own, ())[1:]]
    return found


def draw(cells: Sequence[Cell], asked: Mapping[Cell, int]) -> dict[int, Drawn]:
    """Of answers that wait, the places of those to count now, by lot: half of each cell at most.

    A cell counts in groups, once it has enough; of cells where too few are asked ever to be enough, some
    together count in the whole alone.
    """
    places: dict[Cell, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(cell, []).append(place)
    lot = random.SystemRandom()
    found: dict[int, Drawn] = {}
    small: list[int] = []
    for cell, own in places.items():
        half = lot.sample(own, len(own) // 2)
        if asked.get(cell, 0) < ENOUGH:
            small += half
        elif len(own) >= ENOUGH:
            found |= dict.fromkeys(half, Drawn.GROUPS)
    return found | dict.fromkeys(small if len(small) >= LEAST else (), Drawn.WHOLE)


def live(
    questions: Sequence[Question],
    sheets: Sequence[Answers],
    *,
    earlier: list[Figure],
    batches: Mapping[str, list[Batch]],
) -> tuple[list[Figure], dict[str, list[Batch]]]:
    """The figures of a survey that is open, and of each the batches of which it is made.

    A question steps forward only if every group shown of it, and whatever is hidden beside them, gains
    nobody or five at least; otherwise all its figures stay as they are.
    """
    found: list[Figure] = []
    kept: dict[str, list[Batch]] = {}
    for question in questions:
        for row in _rows(question):
            name = f"{question.key}.{row}"
            before = [each for each in earlier if (each["question"], each["row"]) == (question.key, row)]
            held = batches.get(name, [])
            own = _answers(question, row, sheets)
            steps = _newest(own, held)
            stood = [(each["by"], each["group"]) for each in before if each["n"] is not None]
            # What an older version has shown has no batches: it stays until the survey closes.
            visible = None if not steps or (stood and not held) else live_groups(_nearer(held + steps), stood)
            if visible:
                found += _live(question, row, own, visible)
            else:
                found += before or _figures(question, row, [], ())
            kept[name] = held + steps if visible else held
    return found, kept


def _live(question: Question, row: str, own: list[Answer], visible: Collection[Group]) -> list[Figure]:
    """The whole of all that is counted, groups of what is counted in groups."""
    whole = [(cell, value) for cell, value, drawn in own if drawn != Drawn.WAITS]
    groups = [(cell, value) for cell, value, drawn in own if drawn == Drawn.GROUPS]
    return _figures(question, row, whole, visible)[:1] + _figures(question, row, groups, visible)[1:]


def _newest(own: Iterable[Answer], batches: Iterable[Batch]) -> list[Batch]:
    """Who is counted since the last batch, and who waits now: a batch for groups, one for the whole, or none.

    None as well where somebody counted before is gone, or stands elsewhere since another wave.
    """
    counted: dict[Drawn, Counter[Cell]] = {Drawn.GROUPS: Counter(), Drawn.WHOLE: Counter()}
    waits = Counter[Cell]()
    for cell, _value, drawn in own:
        (waits if drawn == Drawn.WAITS else counted[Drawn(drawn)])[cell] += 1
    for drawn, lines in batches:
        for role, country, number, _waited in lines:
            counted[Drawn(drawn)][role, country] -= number
    if any(number < 0 for each in counted.values() for number in each.values()):
        return []
    found = {
        drawn: [(*cell, number, waits[cell]) for cell, number in sorted(each.items()) if number]
        for drawn, each in counted.items()
    }
    return [(int(drawn), lines) for drawn, lines in found.items() if lines]


def _nearer(batches: Iterable[Batch]) -> list[Nearer]:
    return [
        (drawn == Drawn.GROUPS, {(role, country): min(counts) for role, country, *counts in lines})
        for drawn, lines in batches
    ]


def _figures(
    question: Question, row: str, own: list[tuple[Cell, Any]], visible: Collection[Group]
) -> list[Figure]:
    """The whole and each group, hidden where it is not among the visible ones."""
    cells = {cell for cell, _value in own}
    names = {("role", role) for role, _country in cells} | {("country", country) for _role, country in cells}
    found = []
    for group in (WHOLE, *sorted(group for group in names if group[1])):
        values = [value for cell, value in own if of_group(group, cell)]
        found.append(_figure(question, row, group, values, group in visible))
    return found


def _unless_too_near(figure: Figure, shown: Kept) -> Figure:
    """The figure, or the one shown before where fewer than five people lie between the two."""
    before = shown.get(_key(figure))
    if before is None or before["n"] is None or figure["n"] is None:
        return figure
    return before if abs(figure["n"] - before["n"]) < LEAST else figure


def _figure(question: Question, row: str, group: Group, values: list[Any], visible: bool) -> Figure:
    told = values if visible else []
    numbered = question.kind in (AskKind.SCALE, AskKind.MATRIX, AskKind.NUMBER)
    return {
        "question": question.key,
        "row": row,
        "by": group[0],
        "group": group[1],
        "n": len(values) if visible else None,
        "mean": round(fmean(told), 4) if told and numbered else None,
        "shares": _shares(question, told),
    }


def _shares(question: Question, values: list[Any]) -> list[tuple[str, int]]:
    if not values or question.kind in (AskKind.TEXT, AskKind.NUMBER):
        return []
    counted = Counter[Any]()
    for value in values:
        counted.update(value if isinstance(value, list) else [value])
    keys: list[Any] = [each["key"] for each in question.options]
    if question.kind in STEPPED:
        keys = list(range(question.least, question.most + 1))
    return [(str(key), round(100 * counted[key] / len(values))) for key in keys]


def _answers(question: Question, row: str, sheets: Sequence[Answers]) -> list[Answer]:
    found = []
    for cell, values, drawn in sheets:
        said = dict(numbers(question, values)).get(row)
        value = said if question.kind == AskKind.MATRIX else values.get(question.key)
        if value is not None:
            found.append((cell, value, drawn))
    return found


def _rows(question: Question) -> list[str]:
    return [each["key"] for each in question.rows] if question.kind == AskKind.MATRIX else [""]


def _key(figure: Figure) -> tuple[str, str, str, str]:
    return figure["question"], figure["row"], figure["by"], figure["group"]
