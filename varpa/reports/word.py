"""An edition as DOCX, for whoever wants to work with it: headings, lists, tables and pictures as such."""

import io
from typing import Any, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from varpa.documents.archives import packed
from varpa.documents.blocks import Block, Runs, blocks
from varpa.documents.glyphs import FONTS
from varpa.programmes.letterheads import letterhead
from varpa.reports.charts import EMPTY, FULL, Bar
from varpa.reports.models import Edition
from varpa.reports.papers import Chart, Paper, Part, Table
from varpa.ui import words

SCALE, WIDTH, ROW, BAR = 3, 480, 34, 10
STYLES: Final = {"paragraph": "Normal", "quotation": "Quote"}


def docx(edition: Edition, paper: Paper, language: str) -> bytes:
    """The edition as a DOCX that a screen reader finds its way in; charts as pictures with their words."""
    # The library is loaded when somebody asks for the file, never with a page.
    from docx import Document

    programme = edition.report.programme
    out: Any = Document()
    told = out.core_properties
    told.title, told.author = f"{paper['title']}. {paper['programme']}"[:250], paper["organisation"][:250]
    told.language, told.comments = language, ""
    told.created = told.modified = edition.at.replace(tzinfo=None)
    _speak(out.styles.element, language)
    out.add_heading(paper["title"], 0)
    with words.on_paper(language, programme.zone):
        head = letterhead(programme)
        for line in _facts(edition, paper):
            out.add_paragraph(line)
        for part in paper["parts"]:
            _add_part(out, part)
    if head["funder_text"]:
        out.add_paragraph(head["funder_text"])
    file = io.BytesIO()
    out.save(file)
    return _timeless(file)


def _timeless(file: io.BytesIO) -> bytes:
    """The same file without the time at which it was packed: the same edition gives the same bytes."""
    with ZipFile(file) as made:
        return packed({name: made.read(name) for name in made.namelist()})


def _facts(edition: Edition, paper: Paper) -> list[str]:
    told = (
        (_("Programme"), paper["programme"]),
        (_("Lead partner"), paper["organisation"]),
        (_("Period"), paper["period"]),
        (_("Edition"), f"{edition.number}, {words.dated(edition.at)}"),
        (_("Figures as of"), paper["as_of"]),
    )
    return [f"{label}: {value}" for label, value in told]


def _add_part(out: Any, part: Part) -> None:
    out.add_heading(part["name"], 1)
    if part["absent"]:
        out.add_paragraph(_("This part is not written in this language."), style="Intense Quote")
    for block in blocks(part["text"]):
        _add_block(out, block, part["language"])
    for chart in part["charts"]:
        _add_chart(out, chart)
    for table in part["tables"]:
        _add_table(out, table)


def _add_block(out: Any, block: Block, language: str) -> None:
    if block["kind"] == "heading":
        _add_runs(out.add_heading("", 2), block["runs"], language)
    elif block["kind"] == "list":
        for item in block["items"]:
            style = "List Number" if block["ordered"] else "List Bullet"
            _add_runs(out.add_paragraph(style=style), item, language)
    elif block["kind"] == "table":
        rows = [[_said(cell) for cell in row] for row in block["rows"]]
        _add_rows(out, [_said(cell) for cell in block["head"]], rows)
    else:
        _add_runs(out.add_paragraph(style=STYLES[block["kind"]]), block["runs"], language)


def _add_runs(paragraph: Any, runs: Runs, language: str) -> None:
    for run in runs:
        made = paragraph.add_run(f"{' ' if run['gap'] else ''}{run['text']}")
        made.bold = run["strong"] or None
        _speak(made._element.get_or_add_rPr(), language, made=True)
        if run["end"]:
            made.add_break()


def _said(runs: Runs) -> str:
    return "".join(f"{' ' if run['gap'] else ''}{run['text']}" for run in runs)


def _add_table(out: Any, table: Table) -> None:
    out.add_heading(table["name"], 2)
    _add_rows(out, table["head"], table["rows"])


def _add_rows(out: Any, head: list[str], rows: list[list[str]]) -> None:
    from docx.oxml import OxmlElement

    made = out.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    # Cells are reached once: asking the table for each anew takes seconds at a hundred rows.
    for line, cells in zip(made.rows, [head, *rows], strict=True):
        for cell, text in zip(line.cells, cells, strict=False):
            run = cell.paragraphs[0].add_run(text)
            run.bold = True if cells is head else None
    # Repeated on each page, and read as the heading of the columns.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out.add_paragraph()


def _add_chart(out: Any, chart: Chart) -> None:
    from docx.shared import Cm

    bars = [Bar(*row) for row in chart["bars"]]
    picture = out.add_picture(io.BytesIO(_png(bars)), width=Cm(15))
    told = "; ".join(f"{bar.label}: {bar.done} / {bar.of}" for bar in bars)
    described = picture._inline.docPr
    described.set("descr", f"{chart['name']}. {told}")
    described.set("title", chart["name"])


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


def _speak(element: Any, language: str, *, made: bool = False) -> None:
    """Say in which language the words are: a screen reader and a spelling check then know it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if made:
        element.append(OxmlElement("w:lang"))
    for each in element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
