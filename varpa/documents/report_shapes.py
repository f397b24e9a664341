"""What goes into the evaluation report and into the results of a survey; see `documents.shapes`."""

from typing import TypedDict

from varpa.documents.blocks import Block
from varpa.documents.shapes import Letterhead


class DrawnChart(TypedDict):
    """A chart as SVG; `name` are its words for the ear, a table beside it says the same.

    `caption` stands above it; "" where the drawing goes on with what another one began.
    """

    name: str
    caption: str
    svg: bytes


class TextTable(TypedDict):
    """A table of words and figures under a heading."""

    name: str
    head: list[str]
    rows: list[list[str]]


class ReportPart(TypedDict):
    """One part of the evaluation report; `absent`: it is not written in the language of the document."""

    name: str
    blocks: list[Block]
    spoken: str
    absent: bool
    charts: list[DrawnChart]
    tables: list[TextTable]


class Report(TypedDict):
    """The evaluation report of a programme, as it was published (methodology §9).

    `early` says why it was published before people had their time for comments; "" where they had it.
    """

    letterhead: Letterhead
    period: str
    edition: str
    published: str
    as_of: str
    early: str
    parts: list[ReportPart]


class ResultsPart(TypedDict):
    """One question with what was answered; `svg` are bars, `alt` their words for the ear.

    `left`: so many columns of its tables hold words, the others figures.
    """

    name: str
    said: str
    svg: bytes | None
    alt: str
    themes: list[str]
    tables: list[TextTable]
    left: int


class Results(TypedDict):
    """What came of a survey, as its page shows it (R10); `facts` are pairs of a label and a value."""

    letterhead: Letterhead
    facts: list[tuple[str, str]]
    notes: list[str]
    parts: list[ResultsPart]
