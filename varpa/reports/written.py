"""An edition on paper: PDF/UA."""

from collections.abc import Iterator
from typing import Final

from varpa.documents.blocks import blocks
from varpa.documents.glyphs import showable
from varpa.documents.render import pdf
from varpa.documents.report_shapes import DrawnChart, Report, ReportPart
from varpa.programmes.letterheads import letterhead
from varpa.reports.charts import Bar, bars
from varpa.reports.models import Edition
from varpa.reports.papers import Chart, Paper, Part
from varpa.ui import words

INK = "#25221b"
ON_PAGE: Final = 15
"""Bars of one drawing: a higher one would not fit on a page, which cuts off what it has no room for."""


def document(edition: Edition, paper: Paper, language: str) -> bytes:
    """The edition as PDF/UA; the same edition gives the same bytes."""
    programme = edition.report.programme
    with words.on_paper(language, programme.zone):
        shape: Report = {
            "letterhead": letterhead(programme),
            "period": paper["period"],
            "edition": str(edition.number),
            "published": words.dated(edition.at),
            "as_of": paper["as_of"],
            "early": paper.get("early", ""),
            "parts": [_shape(part) for part in paper["parts"]],
        }
        return pdf("report", shape, language=language, title=f"{paper['title']}. {paper['programme']}")


def _shape(part: Part) -> ReportPart:
    return {
        "name": part["name"],
        "blocks": blocks(part["text"]),
        "spoken": part["language"],
        "absent": part["absent"],
        "charts": [drawn for each in part["charts"] for drawn in drawn_charts(each)],
        "tables": [
            {"name": each["name"], "head": each["head"], "rows": each["rows"]} for each in part["tables"]
        ],
    }


def drawn_charts(chart: Chart) -> Iterator[DrawnChart]:
    """The chart as it is drawn, byte for byte: what no font can show is replaced before.

    A long one in several drawings of about the same height.
    """
    rows = [Bar(showable(label), done, of) for label, done, of in chart["bars"]]
    drawings = -(-len(rows) // ON_PAGE)
    each = -(-len(rows) // max(drawings, 1))
    for first in range(0, len(rows), max(each, 1)):
        shown = bars(rows[first : first + each], chart["name"], INK)
        caption = "" if first else chart["name"]
        yield {"name": chart["name"], "caption": caption, "svg": shown.encode()}
