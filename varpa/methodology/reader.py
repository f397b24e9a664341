"""Reads a TOML file and keeps the line on which each key stands, for errors in plain words."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from varpa.methodology.syntax import KEY, after, told

Place = tuple[str | int, ...]

LARGEST_FILE: Final = 2_000_000
MOST_SYNTAX_ERRORS: Final = 20
_DOTTED: Final = rf"{KEY}(?:\s*\.\s*{KEY})*"
_HEADER: Final = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_ASSIGNMENT: Final = re.compile(rf"\s*({_DOTTED})\s*=")


class Problem(NamedTuple):
    """One thing that is wrong in a methodology folder; line 0 is the file as a whole.

    `place` is where in the file it stands, () where it is the file itself.
    """

    file: str
    line: int
    words: str
    place: Place = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


@dataclass
class Page:
    """A TOML file as read: its data, its lines by place, and whether all of it could be read.

    `torn`: a heading could not be read, so what stands where is not certain.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    torn: bool = False

    @property
    def whole(self) -> bool:
        return not self.problems

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place:
            for near in (place, (*place, 0)):
                if near in self.lines:
                    return self.lines[near]
            place = place[:-1]
        return 1


def read_text(folder: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file of a folder, or an empty one and what is wrong with it. Never raises."""
    path = folder / name
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        return "", [Problem(name, 0, f"this file cannot be read: {error.strerror or 'unknown reason'}")]
    if raw is None:
        return "", [Problem(name, 0, f"this file is larger than {LARGEST_FILE // 1_000_000} MB")]
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Problem(name, line, "this is not UTF-8 text; save the file as UTF-8")]


def read_page(folder: Path, name: str) -> Page:
    """A TOML file; broken lines are reported, left out, and the rest is read all the same."""
    text, problems = read_text(folder, name)
    page = Page(name, problems=problems)
    lines = text.split("\n")
    for _attempt in range(MOST_SYNTAX_ERRORS):
        try:
            page.data = tomllib.loads("\n".join(lines))
        except RecursionError:
            page.problems.append(Problem(page.file, 0, "brackets are nested too deeply"))
            return page
        except ValueError as error:
            number, words = told(str(error), lines)
            page.problems.append(Problem(page.file, number, f"this is not TOML: {words}"))
            if not lines[number - 1].strip():
                return page
            page.torn |= _leave_out(lines, number - 1)
        else:
            page.lines = positions(lines)
            return page
    return page


def _leave_out(lines: list[str], at: int) -> bool:
    """Empty a broken line; where it is a header, also what stands below it and would fall to another one.

    Answers whether it was a header.
    """
    header = lines[at].lstrip().startswith("[")
    lines[at] = ""
    while header and at + 1 < len(lines) and not lines[at + 1].lstrip().startswith("["):
        at += 1
        lines[at] = ""
    return header


def positions(lines: list[str]) -> dict[Place, int]:
    """The line number of each table and key of a TOML text that is known to be right."""
    places: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    around: Place = ()
    quote, depth = "", 0
    for number, line in enumerate(lines, start=1):
        if not quote and not depth:
            header, assignment = _HEADER.match(line), _ASSIGNMENT.match(line)
            if header:
                around = _open(_names(header[2]), header[1] == "[[", counts)
                places.setdefault(around, number)
                continue
            if assignment:
                _mark(places, around, _names(assignment[1]), number)
                line = line[assignment.end() :]
        quote, depth = after(line, quote, depth)
    return places


def _names(dotted: str) -> list[str]:
    return [found.strip("\"'") for found in re.findall(KEY, dotted)]


def _open(names: list[str], repeated: bool, counts: dict[Place, int]) -> Place:
    """The place that a table header opens: the newest member of each array on the way."""
    place: Place = ()
    for position, name in enumerate(names, start=1):
        place = (*place, name)
        if repeated and position == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _mark(places: dict[Place, int], around: Place, names: list[str], number: int) -> None:
    for length in range(1, len(names) + 1):
        places.setdefault((*around, *names[:length]), number)
