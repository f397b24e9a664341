"""From sheets to figures that may be shown: done by the worker, kept as data (R10).

Four things keep a person hidden. A group is shown of five at least, and only where nothing under five can be
reckoned out of it (`hiding`). Groups are shown once, after the survey has closed. Whoever looks again and
again learns nothing from the difference: a figure stays as it was until five more stand behind it. And until
the survey closes five answers, drawn by lot, are left out: what is shown then is of five others at least.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple

from varpa.methodology.surveys import AskKind
from varpa.surveys.hiding import LEAST, WHOLE, Cell, Group, of_group, shown_groups
from varpa.surveys.models import Question
from varpa.surveys.values import numbers

STEPPED: Final = (AskKind.SCALE, AskKind.MATRIX)
Figure = dict[str, Any]
Kept = Mapping[tuple[str, str, str, str], Figure]


class Answers(NamedTuple):
    """One sheet: where it counts, and what stands in it."""

    cell: Cell
    values: Mapping[str, Any]


def figures(
    questions: Sequence[Question], sheets: Sequence[Answers], *, earlier: list[Figure], groups: bool
) -> list[Figure]:
    """The figures of a survey; `earlier` are those that were shown before, `groups` whether it has closed."""
    shown: Kept = {_key(each): each for each in earlier}
    grouped = groups and not any(each["by"] and each["n"] is not None for each in earlier)
    found: list[Figure] = []
    for question in questions:
        for row in _rows(question):
            own = _answers(question, row, sheets)
            if not groups:
                own = random.SystemRandom().sample(own, max(0, len(own) - LEAST))
            found += _figures(question, row, own, shown, grouped)
    return found + ([each for each in earlier if each["by"]] if not grouped else [])


def _figures(
    question: Question, row: str, own: list[tuple[Cell, Any]], shown: Kept, grouped: bool
) -> Iterable[Figure]:
    cells = Counter(cell for cell, _value in own)
    visible = shown_groups(cells)
    whole = _figure(question, row, WHOLE, [value for _cell, value in own], WHOLE in visible)
    told = _unless_too_near(whole, shown)
    yield told
    if not grouped:
        return
    if told is not whole:
        # All groups together would be the whole as it is now, so near to the one that is shown.
        visible = frozenset()
    names = {("role", role) for role, _country in cells} | {("country", country) for _role, country in cells}
    for group in sorted(group for group in names if group[1]):
        values = [value for cell, value in own if of_group(group, cell)]
        yield _figure(question, row, group, values, group in visible)


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


def _answers(question: Question, row: str, sheets: Sequence[Answers]) -> list[tuple[Cell, Any]]:
    if question.kind == AskKind.MATRIX:
        rows = ((sheet.cell, dict(numbers(question, sheet.values)).get(row)) for sheet in sheets)
    else:
        rows = ((sheet.cell, sheet.values.get(question.key)) for sheet in sheets)
    return [(cell, value) for cell, value in rows if value is not None]


def _rows(question: Question) -> list[str]:
    return [each["key"] for each in question.rows] if question.kind == AskKind.MATRIX else [""]


def _key(figure: Figure) -> tuple[str, str, str, str]:
    return figure["question"], figure["row"], figure["by"], figure["group"]
