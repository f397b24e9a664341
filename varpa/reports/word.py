"""An edition as DOCX, for whoever wants to work with it; its charts as pictures with their words."""

import io
from functools import cache

from django.utils.translation import gettext as _
from PIL import Image, ImageColor, ImageDraw, ImageFont

from varpa.documents import word
from varpa.documents.blocks import blocks
from varpa.documents.glyphs import FONTS
from varpa.programmes.letterheads import letterhead
from varpa.reports.charts import EMPTY, FULL, Bar
from varpa.reports.models import Edition
from varpa.reports.papers import Chart, Paper, Part
from varpa.ui import words

SCALE, WIDTH, ROW, BAR = 3, 480, 34, 10
BLACK, TRACK, WHITE = 0, 254, 255
ON_PAGE = 150
"""Millimetres that a chart is wide."""


def docx(edition: Edition, paper: Paper, language: str) -> bytes:
    """The edition as a DOCX that a screen reader finds its way in."""
    programme = edition.report.programme
    title = f"{paper['title']}. {paper['programme']}"
    out = word.begin(title, paper["organisation"], language=language, at=edition.at)
    word.add_heading(out, paper["title"], 0)
    with words.on_paper(language, programme.zone):
        head = letterhead(programme)
        for line in _facts(edition, paper):
            out.add_paragraph(line)
        if early := paper.get("early"):
            out.add_paragraph(early)
        for part in paper["parts"]:
            _add_part(out, part)
        word.add_funder(out, head)
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
    word.add_heading(out, part["name"], 1)
    if part["absent"]:
        word.add_paragraph(out, _("This part is not written in this language."), "Intense Quote")
    word.add_blocks(out, blocks(part["text"]), part["language"])
    for chart in part["charts"]:
        _add_chart(out, chart)
    for table in part["tables"]:
        word.add_heading(out, table["name"], 2)
        word.add_rows(out, table["head"], table["rows"])


def _add_chart(out: word.Document, chart: Chart) -> None:
    bars = [Bar(*row) for row in chart["bars"]]
    told = "; ".join(f"{bar.label}: {bar.done} / {bar.of}" for bar in bars)
    about = f"{chart['name']}. {told}"
    word.add_picture(out, _png(bars), title=chart["name"], about=about, wide=ON_PAGE)


def _png(bars: list[Bar]) -> bytes:
    """The bars as a picture, since a DOCX shows no SVG everywhere."""
    width, height = WIDTH * SCALE, (8 + len(bars) * ROW) * SCALE
    # In shades of grey, two of which the palette colours: a third of the work of a picture in full colour.
    picture = Image.new("L", (width, height), WHITE)
    pen, font = ImageDraw.Draw(picture), _font()
    for at, bar in enumerate(bars):
        top = (4 + at * ROW) * SCALE
        pen.text((0, top - SCALE), bar.label[:70], font=font, fill=BLACK)
        pen.text((width, top - SCALE), f"{bar.done} / {bar.of}", font=font, fill=BLACK, anchor="ra")
        line = top + 16 * SCALE
        pen.rectangle((0, line, width, line + BAR * SCALE), fill=TRACK)
        if bar.of > 0 and bar.done:
            part = min(bar.done / bar.of, 1)
            pen.rectangle((0, line, int(width * part), line + BAR * SCALE), fill=BLACK + 1)
    picture.putpalette(_palette())
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "AtkinsonHyperlegibleNext-400Regular.ttf"), 12 * SCALE)


@cache
def _palette() -> list[int]:
    """Greys for the letters, whose edges are soft; beside black and white lie the bars' colours."""
    greys = [(shade, shade, shade) for shade in range(256)]
    greys[TRACK], greys[BLACK + 1] = ImageColor.getrgb(EMPTY)[:3], ImageColor.getrgb(FULL)[:3]
    return [part for grey in greys for part in grey]
