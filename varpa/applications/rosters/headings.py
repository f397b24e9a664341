"""What the columns of a roster may be called, in three languages."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from varpa.kernel.text import folded

SEVERAL: Final = frozenset({"place"})
"""Fields that may stand in two columns (school and company): the first that is filled counts."""

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
_PRIVATE: Final = listed("private")
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
    """Which column holds what: `columns` by field, `unread` the headings that say nothing to us."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
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

    `mapped` are headings of which a manager has said what they hold, {compared heading: field, "" for none}.
    """
    said = mapped or {}
    layout = Layout()
    for place, heading in enumerate(cells):
        if not heading.strip():
            continue
        layout.width = place + 1
        shown = " ".join(heading.split())[:60]
        asked = plain(heading)
        name = said.get(asked, FIELDS.get(asked, ""))
        if asked not in FIELDS and asked not in _PRIVATE:
            layout.unknown.append(place)
        if asked in _PRIVATE:
            layout.private.append(shown)
        elif name and (name not in layout.columns or name in SEVERAL):
            layout.columns.setdefault(name, []).append(place)
        else:
            layout.unread.append(shown)
    # "Name" beside "surname" is the given name.
    if "last" in layout.columns and "first" not in layout.columns and "name" in layout.columns:
        layout.columns["first"] = layout.columns.pop("name")
    if "first" in layout.columns and "last" not in layout.columns:
        layout.columns.setdefault("name", layout.columns.pop("first"))
    return layout


def mark_of(cells: Sequence[str]) -> str:
    """The mark of a set of headings, in whatever order: the next list of the same form has the same."""
    asked = sorted({plain(cell) for cell in cells if cell.strip()})
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()


def proposed(heading: str) -> str:
    """What a question of a form most likely asks for: the field whose longest word it holds, "" for none."""
    # What stands in brackets often says it best: "What are you called? (name and surname)".
    asked = f" {plain(heading.translate(_OPENED))} "
    found = [word for word in FIELDS if len(word) > 3 and f" {word} " in asked]
    return FIELDS[max(found, key=len)] if found else ""


def asks_as_a_form(cells: Sequence[str]) -> bool:
    """Whether a line whose headings are not known may be the questions of a form, and not answers."""
    filled = [cell for cell in cells if cell.strip()]
    questions = any("?" in cell or _NAMED & set(plain(cell).split()) for cell in filled)
    return len(filled) > 1 and questions and not any("@" in cell or plain(cell).isdigit() for cell in filled)


def known_headings(cells: Sequence[str]) -> int:
    """How many cells of a line are headings that we know."""
    return sum(1 for cell in cells if cell.strip() and len(cell) < 80 and plain(cell) in FIELDS)
