"""What a kind of document in a dossier is made of, and what it says of itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from varpa.documents.tables import Rows
from varpa.dossier.reach import Reach
from varpa.kernel.times import to_local
from varpa.methodology import Methodology


@dataclass(frozen=True)
class Table:
    """A table: it is written as CSV and as XLSX. A table without rows is left out."""

    name: str
    title: str
    heads: list[str]
    rows: Rows


@dataclass(frozen=True)
class Leaf:
    """A document, whole; `name` with its ending."""

    name: str
    title: str
    content: bytes


Piece = Table | Leaf


@dataclass(frozen=True)
class Paper:
    """One kind of document, with its rule of redaction: who and what appears, what is left out, and why.

    `write` gives its pieces; a kind that gives none stands in the index as “none”. `belongs`: whether a
    methodology asks for it at all; of one that does not, nothing is said.
    """

    key: str
    name: Any
    shows: Any
    leaves_out: Any
    why: Any
    write: Callable[[Reach], Iterator[Piece]]
    belongs: Callable[[Methodology], bool] = lambda _methodology: True


def heads(*words: Any) -> list[str]:
    """Headings of columns in the language of the dossier."""
    return [str(word) for word in words]


def stamp(moment: datetime | None, reach: Reach) -> str:
    """A moment by the programme's clock, such as 2025-10-14 12:00, for whoever sorts."""
    return f"{to_local(moment, reach.programme.zone):%Y-%m-%d %H:%M}" if moment else ""


def yes(so: object) -> str:
    """A cross where it is so."""
    return "x" if so else ""
