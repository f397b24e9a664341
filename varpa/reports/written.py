"""An edition on paper: PDF/UA."""

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
        "charts": [_drawn(each) for each in part["charts"]],
        "tables": [
            {"name": each["name"], "head": each["head"], "rows": each["rows"]} for each in part["tables"]
        ],
    }


def _drawn(chart: Chart) -> DrawnChart:
    """The chart as it is drawn, byte for byte: what no font can show is replaced before."""
    rows = [Bar(showable(label), done, of) for label, done, of in chart["bars"]]
    return {"name": chart["name"], "svg": bars(rows, chart["name"], INK).encode()}
