"""What goes into the evaluation report; see `documents.shapes`."""

from typing import TypedDict

from varpa.documents.blocks import Block
from varpa.documents.shapes import Letterhead


class DrawnChart(TypedDict):
    """A chart as SVG; `name` are its words for the ear, a table beside it says the same."""

    name: str
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
    """The evaluation report of a programme, as it was published (methodology §9)."""

    letterhead: Letterhead
    period: str
    edition: str
    published: str
    as_of: str
    parts: list[ReportPart]
