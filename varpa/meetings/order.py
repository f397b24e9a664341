"""The order of an agenda: each of the two adds a line, puts one elsewhere, takes one off (R5, R13).

The agenda stays one text, so that whoever writes it at a stretch and whoever moves a line have the same
before them. The marks (a dash, a number) and the empty lines stay where they are; the words move.
"""

import re
from typing import NamedTuple

_BULLET = re.compile(r"[-–—•*]\s+")
_NUMBER = re.compile(r"(\d{1,2})([.)]\s+)")
FIRST_MARK = "- "


class _Row(NamedTuple):
    mark: str
    words: str


def lines_of(agenda: str) -> list[str]:
    """The words of each line, without its mark."""
    return [row.words for row in _rows(agenda) if row.words]


def plain(words: str) -> str:
    """One line without a mark of its own, as it is added to an agenda."""
    line = " ".join(words.split())
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line


def is_list(agenda: str) -> bool:
    """Whether each line begins with a mark."""
    rows = [row for row in _rows(agenda) if row.words]
    return all(row.mark for row in rows)


def with_line(agenda: str, words: str) -> str:
    """The agenda with one line more at its end, marked as the one above it."""
    rows = _rows(agenda)
    last = rows[-1].mark if rows else FIRST_MARK
    number = _NUMBER.fullmatch(last)
    mark = f"{int(number[1]) + 1}{number[2]}" if number else last
    return _text([*rows, _Row(mark, words)])


def moved(agenda: str, words: str, was: int, to: int) -> str | None:
    """The agenda with the line of these words in place `to`; None where it has no such line.

    Places count from 0. `was` is where the line stood when somebody looked: of two alike the nearer is meant.
    """
    lines = lines_of(agenda)
    found = _place(lines, words, was)
    if found is None:
        return None
    lines.insert(max(to, 0), lines.pop(found))
    return _filled(agenda, lines)


def without(agenda: str, words: str, was: int) -> str | None:
    """The agenda without the line of these words; None where it has no such line."""
    lines = lines_of(agenda)
    found = _place(lines, words, was)
    if found is None:
        return None
    del lines[found]
    return _filled(agenda, lines)


def _place(lines: list[str], words: str, was: int) -> int | None:
    alike = [place for place, line in enumerate(lines) if line == words]
    return min(alike, key=lambda place: abs(place - was)) if alike else None


def _filled(agenda: str, lines: list[str]) -> str:
    """The same marks and empty lines with other words; a place too many falls away at the end."""
    left, rows = list(lines), []
    for row in _rows(agenda):
        if row.words and not left:
            continue
        rows.append(_Row(row.mark, left.pop(0)) if row.words else row)
    return _text(rows)


def _rows(agenda: str) -> list[_Row]:
    """Each line as mark and words. A number is a mark only where the lines are counted from 1 on."""
    lines = [line.strip() for line in agenda.strip().splitlines()]
    numbers = [int(found[1]) for line in lines if (found := _NUMBER.match(line))]
    counted = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return [_row(line, counted) for line in lines]


def _row(line: str, counted: bool) -> _Row:
    found = _BULLET.match(line) or (_NUMBER.match(line) if counted else None)
    return _Row(found[0], line[found.end() :]) if found else _Row("", line)


def _text(rows: list[_Row]) -> str:
    return "\n".join(row.mark + row.words for row in rows).strip()
