"""Before and after: how each competence stands at the end against the start (R10). Computed by the worker.

Two comparisons of one competence are never shown so that their difference speaks of fewer than five.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from varpa.statistics.paired import paired
from varpa.statistics.proportions import wilson
from varpa.surveys.hiding import LEAST, WHOLE, Cell, Group, of_group, shown_groups, tells_of_few
from varpa.surveys.models import Question
from varpa.surveys.values import numbers

Change = dict[str, Any]
Values = Mapping[int, Mapping[str, Any]]
"""The values of a sheet by the key of whose it is."""


class Member(NamedTuple):
    """Somebody who was asked, with where one counts."""

    key: int
    cell: Cell


def changes(
    questions: Sequence[Question], before: Values, after: Values, members: Sequence[Member]
) -> list[Change]:
    """The changes of each question, and of each row of a matrix, that both surveys ask.

    `questions` are those of the survey at the end; one that looks back gives a second comparison of its rows.
    """
    looking_back = {row: each for each in reversed(questions) if each.again for row in _rows(each)}
    found: list[Change] = []
    for question in questions:
        if question.again:
            continue
        for row in _rows(question):
            late = _one(question, row, after)
            early = _one(question, row, before)
            pairs = {key: (early[key], late[key]) for key in early if key in late}
            found += _by_group(question, row, pairs, members, looking_back=False)
            if row in looking_back:
                back = _one(looking_back[row], row, after)
                remembered = {key: (back[key], late[key]) for key in back if key in late}
                found += _remembered(question, row, pairs, remembered, members)
    return found


def unless_too_near(found: list[Change], earlier: list[Change]) -> list[Change]:
    """The changes, or those that were shown before where too few have answered since (R10).

    Whoever looks twice learns nothing of one to four people: groups and what is remembered stay as they were
    first shown, the whole until five more stand behind it.
    """
    shown = {_question(line) for line in earlier if line["n"] is not None}
    now = {_line(line): line for line in found}
    held = [_of_enough(now.get(_line(line)), line) for line in earlier if _question(line) in shown]
    return held + [line for line in found if _question(line) not in shown]


def _of_enough(now: Change | None, before: Change) -> Change:
    whole = not (before["looking_back"] or before["role"] or before["country"])
    if now is None or now["n"] is None or before["n"] is None or not whole:
        return before
    return now if now["n"] - before["n"] >= LEAST else before


def _question(line: Change) -> tuple[Any, ...]:
    return line["question"], line["row"]


def _line(line: Change) -> tuple[Any, ...]:
    return line["question"], line["row"], line["looking_back"], line["role"], line["country"]


def compared_keys(questions: Iterable[Question], known: Container[str]) -> set[str]:
    """The keys that two surveys share, and what looks back: shown as a change only, never beside it."""
    return {each.key for each in questions if each.key in known or each.again}


def _remembered(
    question: Question,
    row: str,
    pairs: Mapping[int, tuple[int, int]],
    remembered: dict[int, tuple[int, int]],
    members: Sequence[Member],
) -> list[Change]:
    """The comparison with what is remembered, of those whom the first one counts, in the same groups.

    Nothing of it where both comparisons together would speak of few: of those in both, or in the first alone.
    """
    if not pairs:
        return _by_group(question, row, remembered, members, looking_back=True)
    both = {key: value for key, value in remembered.items() if key in pairs}
    visible = shown_groups(_cells(members, pairs))
    parts = [_cells(members, both), _cells(members, pairs.keys() - both.keys())]
    if not both or any(tells_of_few(part, visible) for part in parts if part):
        return []
    return _by_group(question, row, both, members, looking_back=True, visible=visible)


def _by_group(
    question: Question,
    row: str,
    pairs: Mapping[int, tuple[int, int]],
    members: Sequence[Member],
    *,
    looking_back: bool,
    visible: frozenset[Group] | None = None,
) -> list[Change]:
    if visible is None:
        visible = shown_groups(_cells(members, pairs))
    asked = Counter(member.cell for member in members)
    names = {("role", cell[0]) for cell in asked} | {("country", cell[1]) for cell in asked}
    found = []
    for group in (WHOLE, *sorted(group for group in names if group[1])):
        here = [member for member in members if of_group(group, member.cell)]
        matched = [pairs[member.key] for member in here if member.key in pairs]
        line = {"question": question.key, "row": row, "looking_back": looking_back, **_place(group)}
        line |= {"n": None, "missing": len(here) - len(matched)}
        found.append(line | (_change(matched) if matched and group in visible else {}))
    # Of one role or one country alone, the group is the whole once more.
    alone = {by for by, at in (("role", 0), ("country", 1)) if len({cell[at] for cell in asked}) < 2}
    return [line for line in found if not any(line[by] for by in alone)]


def _cells(members: Sequence[Member], keys: Container[int]) -> Counter[Cell]:
    return Counter(member.cell for member in members if member.key in keys)


def _rows(question: Question) -> list[str]:
    return [each["key"] for each in question.rows] or [""]


def _place(group: Group) -> dict[str, str]:
    by, name = group
    return {"role": name if by == "role" else "", "country": name if by == "country" else ""}


def _change(matched: list[tuple[int, int]]) -> Change:
    found = paired([early for early, _late in matched], [late for _early, late in matched])
    counts = (found.improved, found.same, found.worse)
    interval = found.interval
    return {
        "n": found.n,
        "before": round(found.before, 4),
        "after": round(found.after, 4),
        "change": round(found.change, 4),
        "low": round(interval.low, 4) if interval else None,
        "high": round(interval.high, 4) if interval else None,
        "g": round(found.g, 4) if found.g is not None else None,
        **dict(zip(("improved", "same", "worse"), counts, strict=True)),
        "intervals": [[round(100 * edge) for edge in wilson(count, found.n)] for count in counts],
    }


def _one(question: Question, row: str, values: Values) -> dict[int, int]:
    """What each has said to one question, or in one row of it."""
    return {
        key: number
        for key, sheet in values.items()
        for found, number in numbers(question, sheet)
        if found == row
    }
