"""Documents as DOCX, for whoever wants to work with them: headings, lists, tables and pictures as such."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from zipfile import ZipFile

from varpa.documents.archives import packed
from varpa.documents.blocks import Block, Runs

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A4: Final = (210, 297)
STYLES: Final = {"paragraph": "Normal", "quotation": "Quote"}
LONGEST: Final = 250
Document = Any
"""A document of python-docx, which says nothing of its types."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def begin(title: str, author: str, *, language: str, at: datetime) -> Document:
    """An empty document with its title; `at`: when it was written, so that its bytes stay the same."""
    # The library is loaded when somebody asks for the file, never with a page.
    import docx
    from docx.shared import Mm

    out: Document = docx.Document()
    told = out.core_properties
    told.title, told.author = plain(title)[:LONGEST], plain(author)[:LONGEST]
    told.language, told.comments = language, ""
    told.created = told.modified = at.replace(tzinfo=None, microsecond=0)
    page = out.sections[0]
    page.page_width, page.page_height = (Mm(length) for length in A4)
    _speak(out.styles.element, language)
    return out


def finished(out: Document) -> bytes:
    """The document as a file, without the time at which it was packed."""
    file = io.BytesIO()
    out.save(file)
    with ZipFile(file) as made:
        return packed({name: made.read(name) for name in made.namelist()})


def plain(text: str) -> str:
    """A text without the few signs that no such file can hold."""
    return _UNFIT.sub("", text)


def add_blocks(out: Document, blocks: Iterable[Block], language: str) -> None:
    """What a person wrote, in the language in which it was written; its headings on the second level."""
    for block in blocks:
        if block["kind"] == "heading":
            _add_runs(out.add_heading("", 2), block["runs"], language)
        elif block["kind"] == "list":
            for item in block["items"]:
                style = "List Number" if block["ordered"] else "List Bullet"
                _add_runs(out.add_paragraph(style=style), item, language)
        elif block["kind"] == "table":
            rows = [[_said(cell) for cell in row] for row in block["rows"]]
            add_rows(out, [_said(cell) for cell in block["head"]], rows)
        else:
            _add_runs(out.add_paragraph(style=STYLES[block["kind"]]), block["runs"], language)


def add_rows(
    out: Document,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    sums: Sequence[int] = (),
    *,
    amounts: bool = False,
) -> None:
    """A table with a row of headings; `sums` are the rows set heavier, `amounts` stand to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    made = out.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    # Cells are reached once: asking the table for each anew takes seconds at a hundred rows.
    for number, (line, cells) in enumerate(zip(made.rows, [head, *rows], strict=True)):
        for place, (cell, text) in enumerate(zip(line.cells, cells, strict=False)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(plain(text))
            run.bold = True if number == 0 or number - 1 in sums else None
            if amounts and place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Repeated on each page, and read as the heading of the columns.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out.add_paragraph()


def add_picture(out: Document, content: bytes, *, title: str, about: str, wide: int) -> None:
    """A JPEG or PNG, `wide` millimetres; `about` says in words what it shows."""
    from docx.shared import Mm

    described = out.add_picture(io.BytesIO(content), width=Mm(wide))._inline.docPr
    described.set("descr", plain(about))
    described.set("title", plain(title))


def _add_runs(paragraph: Any, runs: Runs, language: str) -> None:
    for run in runs:
        made = paragraph.add_run(plain(f"{' ' if run['gap'] else ''}{run['text']}"))
        made.bold = run["strong"] or None
        _speak(made._element.get_or_add_rPr(), language, made=True)
        if run["end"]:
            made.add_break()


def _said(runs: Runs) -> str:
    return "".join(f"{' ' if run['gap'] else ''}{run['text']}" for run in runs)


def _speak(element: Any, language: str, *, made: bool = False) -> None:
    """Say in which language the words are: a screen reader and a spelling check then know it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if made:
        element.append(OxmlElement("w:lang"))
    for each in element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
