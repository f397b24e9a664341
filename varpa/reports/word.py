"""An edition as DOCX, for whoever wants to work with it; its charts as pictures with their words."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from varpa.documents import word
from varpa.documents.blocks import blocks
from varpa.documents.glyphs import FONTS
from varpa.programmes.letterheads import letterhead
from varpa.reports.charts import EMPTY, FULL, Bar
from varpa.reports.models import Edition
from varpa.reports.papers import Chart, Paper, Part
from varpa.ui import words

SCALE, WIDTH, ROW, BAR = 3, 480, 34, 10
ON_PAGE = 150
"""Millimetres that a chart is wide."""


def docx(edition: Edition, paper: Paper, language: str) -> bytes:
    """The edition as a DOCX that a screen reader finds its way in."""
    programme = edition.report.programme
    title = f"{paper['title']}. {paper['programme']}"
    out = word.begin(title, paper["organisation"], language=language, at=edition.at)
    out.add_heading(paper["title"], 0)
    with words.on_paper(language, programme.zone):
        head = letterhead(programme)
        for line in _facts(edition, paper):
            out.add_paragraph(line)
        if early := paper.get("early"):
            out.add_paragraph(early)
        for part in paper["parts"]:
            _add_part(out, part)
    if head["funder_text"]:
        out.add_paragraph(head["funder_text"])
    return word.finished(out)


def _facts(edition: Edition, paper: Paper) -> list[str]:
    told = (
        (_("Programme"), paper["programme"]),
        (_("Lead partner"), paper["organisation"]),
        (_("Period"), paper["period"]),
        (_("Edition"), f"{edition.number}, {words.dated(edition.at)}"),
        (_("Figures as of"), paper["as_of"]),
    )
    return [f"{label}: {value}" for label, value in told]


def _add_part(out: word.Document, part: Part) -> None:
    out.add_heading(part["name"], 1)
    if part["absent"]:
        out.add_paragraph(_("This part is not written in this language."), style="Intense Quote")
    word.add_blocks(out, blocks(part["text"]), part["language"])
    for chart in part["charts"]:
        _add_chart(out, chart)
    for table in part["tables"]:
        out.add_heading(table["name"], 2)
        word.add_rows(out, table["head"], table["rows"])


def _add_chart(out: word.Document, chart: Chart) -> None:
    bars = [Bar(*row) for row in chart["bars"]]
    told = "; ".join(f"{bar.label}: {bar.done} / {bar.of}" for bar in bars)
    about = f"{chart['name']}. {told}"
    word.add_picture(out, _png(bars), title=chart["name"], about=about, wide=ON_PAGE)


def _png(bars: list[Bar]) -> bytes:
    """The bars as a picture, since a DOCX shows no SVG everywhere."""
    width, height = WIDTH * SCALE, (8 + len(bars) * ROW) * SCALE
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONTS / "AtkinsonHyperlegibleNext-400Regular.ttf"), 12 * SCALE)
    for at, bar in enumerate(bars):
        top = (4 + at * ROW) * SCALE
        pen.text((0, top - SCALE), bar.label[:70], font=font, fill="black")
        pen.text((width, top - SCALE), f"{bar.done} / {bar.of}", font=font, fill="black", anchor="ra")
        line = top + 16 * SCALE
        pen.rectangle((0, line, width, line + BAR * SCALE), fill=EMPTY)
        if bar.of > 0 and bar.done:
            part = min(bar.done / bar.of, 1)
            pen.rectangle((0, line, int(width * part), line + BAR * SCALE), fill=FULL)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
