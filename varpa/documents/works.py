"""The shapes of what a mentee makes: business plan, company profile, presentation; as `shapes` are."""

from typing import TypedDict

from varpa.documents.blocks import Block
from varpa.documents.shapes import AmountRow, AmountTable, Letterhead, PlacedPicture


class WrittenPart(TypedDict):
    """One part of an outline and what stands in it."""

    name: str
    blocks: list[Block]
    pictures: list[PlacedPicture]


class Drawing(TypedDict):
    """A drawing under a heading, an SVG; `said` tells in words what it shows."""

    name: str
    svg: bytes
    said: str


class BusinessPlan(TypedDict):
    """A business plan (methodology §6, 2); `spoken` is the language in which the mentee writes.

    `facts` say in sentences what follows from the figures, `source` where the taxes are from.
    """

    letterhead: Letterhead
    writer: str
    version: str
    spoken: str
    parts: list[WrittenPart]
    facts: list[str]
    drawings: list[Drawing]
    tables: list[AmountTable]
    source: str


class SourcedPart(TypedDict):
    """A part of a profile; `notes` say where it is from and who may read it."""

    name: str
    blocks: list[Block]
    pictures: list[PlacedPicture]
    notes: list[str]


class CompanyProfile(TypedDict):
    """The profile of the mentor's company (methodology §6, 3); `spoken` is the mentee's language."""

    letterhead: Letterhead
    mentor: str
    mentee: str
    stands: str
    spoken: str
    parts: list[SourcedPart]


class SlideFigure(TypedDict):
    """Figures on a slide: a chart with its words, if there is one, and a table that says the same."""

    name: str
    sentence: str
    svg: bytes | None
    drawn: str
    head: list[str]
    rows: list[AmountRow]


class Slide(TypedDict):
    """One slide."""

    name: str
    blocks: list[Block]
    figure: SlideFigure | None


class Slides(TypedDict):
    """A presentation (methodology §3.3, 3), a page a slide; `spoken` is the mentee's language."""

    letterhead: Letterhead
    maker: str
    spoken: str
    slides: list[Slide]
