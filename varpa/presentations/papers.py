"""The presentation as one file: a page a slide, without the notes."""

from varpa.documents import works
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.presentations.figures import Figure, figures_on
from varpa.presentations.models import Presentation, Version
from varpa.presentations.queries import handed_in, rows_of, version_rows
from varpa.programmes.letterheads import letterhead


def document(presentation: Presentation, language: str, version: Version | None = None) -> bytes:
    """The slides as PDF/UA, 16 to 9; headings in the language of the frame, texts as they were written.

    With `version`, or once submitted, as they were submitted.
    """
    maker, version = presentation.membership.person, version or handed_in(presentation)
    rows = [row for row in (version_rows(version) if version else rows_of(presentation)) if row.is_filled]
    figures = figures_on((row.figure for row in rows), presentation, version)
    shape: works.Slides = {
        "letterhead": letterhead(presentation.membership.programme),
        "maker": maker.name,
        "spoken": maker.language,
        "slides": [
            {
                "name": str(row.part.name),
                "blocks": blocks(row.text),
                "figure": _figure(figures.get(row.figure)),
            }
            for row in rows
        ],
    }
    return pdf("slides", shape, language=language, title=version.title if version else presentation.title)


def _figure(figure: Figure | None) -> works.SlideFigure | None:
    if figure is None:
        return None
    last = len(figure.rows) - 1
    return {
        "name": figure.name,
        "sentence": figure.sentence,
        "svg": str(figure.drawing).encode() if figure.drawing else None,
        "drawn": figure.drawn,
        "head": list(figure.head),
        "rows": [
            {"cells": list(row), "sum": figure.sums and place == last}
            for place, row in enumerate(figure.rows)
        ],
    }
