"""What the columns of a roster may be called, in three languages."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from varpa.kernel.text import folded

SEVERAL: Final = frozenset({"place", "times"})
"""Fields that may stand in several columns: of places the first that is filled counts, of times all."""

MAPPABLE: Final = (
    *("name", "first", "last", "reversed", "role", "email", "phone", "born", "language", "country"),
    *("place", "topic", "means", "key", "languages", "interests", "region", "travel", "times"),
    *("capacity", "experience", "expectations", "wishes", "computer", "gender"),
    *("guardian_name", "guardian_email"),
)
"""What a column of a web form may hold, in the order in which it is offered."""

QUESTION: Final = "question-"
"""So begins the field of a column that answers a question of the programme's own; its key follows."""

ABILITY: Final = "ability-"
"""So begins the field of a column of one of the methodology's abilities; its key follows."""

_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_SIGNS = re.compile(r"[^\w]+|_")
_WORDS: Final = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return " ".join(_SIGNS.sub(" ", _BRACKETS.sub(" ", folded(heading))).split())


def listed(table: str) -> dict[str, str]:
    """The words of a table of words.toml, as they are compared, each with what it means."""
    return {plain(word): name for name, words in _WORDS[table].items() for word in words}


FIELDS: Final = listed("headings")
_OPENED: Final = dict.fromkeys(map(ord, "()[]{}"), " ")
_NAMED: Final = frozenset({"name", "vards", "uzvards", "vardas", "pavarde"})
_ASKING: Final = frozenset(listed("asking"))
_PRIVATE: Final = listed("private")
_STAMPS: Final = listed("stamps")
_OWN: Final = listed("own")
_WEEK: Final = listed("days") | listed("parts")
MARKED_WORDS: Final = frozenset(
    part
    for words in _WORDS["headings"].values()
    for word in words
    for part in re.findall(r"\w+", word.lower())
    if not part.isascii() and len(part) > 3
)
"""Words with marks that only a heading read in the right encoding has."""


@dataclass
class Layout:
    """Which column holds what: `columns` by field, `unread` the headings of what is left out.

    `known` are the columns of which the heading says what they hold, `unknown` the others. `about` is what a
    heading says in brackets: the row of a grid. `counter` is the heading of a form's count of its answers.
    """

    columns: dict[str, list[int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    about: dict[int, str] = field(default_factory=dict)
    counter: str = ""
    width: int = 0

    def has_name(self) -> bool:
        return any(name in self.columns for name in ("name", "reversed", "first"))

    def cell(self, cells: Sequence[str], name: str) -> str:
        """What stands in a field of a line; "" where there is no such column or nothing in it."""
        for place in self.columns.get(name, ()):
            if place < len(cells) and cells[place].strip():
                return cells[place].strip()
        return ""


def read_headings(cells: Sequence[str], mapped: Mapping[str, str] | None = None) -> Layout:
    """The layout that a line of headings gives; a field named twice is read from its first column.

    `mapped` are headings of which a manager has said what they hold, {compared heading: field, "" for none}:
    that stands above what the headings themselves say.
    """
    said, asked, unread = mapped or {}, asked_of(cells), set()
    filled = [place for place, heading in enumerate(cells) if heading.strip()]
    layout = Layout(width=filled[-1] + 1 if filled else 0)
    for place in sorted(filled, key=lambda place: asked[place] not in said):
        heading = plain(cells[place])
        name = said.get(asked[place], FIELDS.get(heading, ""))
        if heading in _PRIVATE:
            layout.private.append(shown(cells[place]))
            continue
        (layout.known if heading in FIELDS or heading in _OWN else layout.unknown).append(place)
        if name and (name not in layout.columns or name in SEVERAL):
            layout.columns.setdefault(name, []).append(place)
            layout.about[place] = _inside(cells[place])
        else:
            unread.add(place)
    layout.unread = [shown(cells[place]) for place in sorted(unread)]
    layout.known.sort()
    layout.unknown.sort()
    # "Name" beside "surname" is the given name.
    if "last" in layout.columns and "first" not in layout.columns and "name" in layout.columns:
        layout.columns["first"] = layout.columns.pop("name")
    if "first" in layout.columns and "last" not in layout.columns:
        layout.columns.setdefault("name", layout.columns.pop("first"))
    return layout


def asked_of(cells: Sequence[str]) -> list[str]:
    """The headings of a line as they are compared, each another one.

    Of several that are alike, what stands in brackets tells them apart, as in a grid; else their number.
    """
    alike, seen, found = Counter(map(plain, cells)), Counter[str](), []
    for cell in cells:
        asked = plain(cell) if alike[plain(cell)] == 1 else plain(cell.translate(_OPENED))
        seen[asked] += 1
        found.append(asked if seen[asked] == 1 else f"{asked} {seen[asked]}")
    return found


def shown(heading: str) -> str:
    """A heading as it is told, not too long."""
    return " ".join(heading.split())[:60]


def _inside(heading: str) -> str:
    """What a heading says in its last brackets, as it is compared; without any, all of it."""
    inside = _BRACKETS.findall(heading)
    return plain(inside[-1][1:-1] if inside else heading)


def counts_answers(cells: Sequence[str], place: int, values: Sequence[str]) -> bool:
    """Whether a column "ID" only counts the answers of a form: beside a time of sending, or up from 1."""
    if plain(cells[place]) != "id" or not values or not all(value.isdecimal() for value in values):
        return False
    numbers = [int(value) for value in values]
    rising = numbers == sorted(set(numbers))
    return rising and (numbers[0] == 1 or any(plain(cell) in _STAMPS for cell in cells))


def mark_of(cells: Sequence[str]) -> str:
    """The mark of a set of headings, in whatever order: the next list of the same form has the same."""
    asked = sorted({asked for asked, cell in zip(asked_of(cells), cells, strict=True) if cell.strip()})
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()


def proposed(heading: str) -> str:
    """What a question of a form most likely asks for: the field whose longest word it holds, "" for none."""
    if _inside(heading) in _WEEK:
        return "times"
    # What stands in brackets often says it best: "What are you called? (name and surname)".
    asked = f" {plain(heading.translate(_OPENED))} "
    found = [word for word in FIELDS if len(word) > 3 and f" {word} " in asked]
    return FIELDS[max(found, key=len)] if found else ""


def asks_as_a_form(cells: Sequence[str]) -> bool:
    """Whether a line whose headings are not known may be the questions of a form, and not answers."""
    filled = [cell for cell in cells if cell.strip()]
    words = {word for cell in filled for word in plain(cell).split()}
    stamped = any("?" in cell or plain(cell) in _STAMPS for cell in filled)
    return len(filled) > 1 and (stamped or bool(words & (_NAMED | _ASKING))) and not answers(cells)


def answers(cells: Sequence[str]) -> bool:
    """Whether a line can only be answers: an address or a number stands in it."""
    return any("@" in cell or plain(cell).isdigit() for cell in cells)


def known_headings(cells: Sequence[str], said: Collection[str] = ()) -> int:
    """How many cells of a line are headings that we know, or of which somebody has `said` what they hold."""
    asked = asked_of(cells) if said else [""] * len(cells)
    return sum(
        1
        for cell, name in zip(cells, asked, strict=True)
        if cell.strip() and ((len(cell) < 80 and plain(cell) in FIELDS) or name in said)
    )
