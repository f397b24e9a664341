"""Documents as DOCX, for whoever wants to work with them: headings, lists, tables and pictures as such."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _

from varpa.documents.archives import packed
from varpa.documents.blocks import Block, Runs
from varpa.documents.shapes import Letterhead

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A4: Final = (210, 297)
STYLES: Final = {"paragraph": "", "quotation": "Quote"}
LONGEST: Final = 250
EMBLEM: Final = 16
"""Millimetres that the emblem is high, as in PDF."""
LARGEST: Final = (1600, 400)
"""Dots of it: twice as many as paper shows."""
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


def add_heading(out: Document, text: str, level: int) -> Any:
    """A heading; level 0 is the title of the document."""
    made = add_paragraph(out, style=f"Heading {level}" if level else "Title")
    if text:
        made.add_run(plain(text))
    return made


def add_paragraph(out: Document, text: str = "", style: str = "") -> Any:
    """A paragraph, in a style by its name.

    The library seeks a style among all of them, attribute by attribute, whenever one is named: in a report
    that takes longer than everything else. So its key is sought once and written.
    """
    made = out.add_paragraph(text)
    if style:
        made._p.style = _style(style)
    return made


@cache
def _style(name: str) -> str:
    """The key of a style of the library's own template; all documents begin from it."""
    import docx

    return str(docx.Document().styles[name].style_id)


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
            _add_runs(add_heading(out, "", 2), block["runs"], language)
        elif block["kind"] == "list":
            for item in block["items"]:
                style = "List Number" if block["ordered"] else "List Bullet"
                _add_runs(add_paragraph(out, style=style), item, language)
        elif block["kind"] == "table":
            rows = [[_said(cell) for cell in row] for row in block["rows"]]
            add_rows(out, [_said(cell) for cell in block["head"]], rows)
        else:
            _add_runs(add_paragraph(out, style=STYLES[block["kind"]]), block["runs"], language)


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
    from docx.text.paragraph import Paragraph

    made = out.add_table(rows=1 + len(rows), cols=len(head))
    made._tbl.tblStyle_val = _style("Table Grid")
    # Cells are reached as they lie there: asking the table for each takes seconds at a hundred rows.
    for number, (line, cells) in enumerate(zip(made._tbl.tr_lst, [head, *rows], strict=True)):
        for place, (cell, text) in enumerate(zip(line.tc_lst, cells, strict=False)):
            _add_words(cell.p_lst[0], text, strong=number == 0 or number - 1 in sums)
            if amounts and place:
                Paragraph(cell.p_lst[0], made).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Repeated on each page, and read as the heading of the columns.
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out.add_paragraph()


def add_picture(out: Document, content: bytes, *, title: str, about: str, wide: int) -> None:
    """A JPEG or PNG, `wide` millimetres; `about` says in words what it shows."""
    from docx.shared import Mm

    described = out.add_picture(io.BytesIO(content), width=Mm(wide))._inline.docPr
    described.set("descr", plain(about))
    described.set("title", plain(title))


def add_funder(out: Document, head: Letterhead) -> None:
    """Who pays for it: the emblem of the programme and the funder's words (product §5)."""
    from docx.shared import Mm

    if head["emblem"]:
        made = out.add_picture(_png(head["emblem"]), height=Mm(EMBLEM))
        made._inline.docPr.set("descr", plain(head["emblem_text"] or _("Emblem of the programme")))
    if head["funder_text"]:
        out.add_paragraph(plain(head["funder_text"]))


def _png(picture: bytes) -> io.BytesIO:
    """A picture as PNG, not larger than it is printed: such a file knows no WebP."""
    from PIL import Image

    file = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        drawn = image.convert("RGBA")
        drawn.thumbnail(LARGEST)
        drawn.save(file, "PNG")
    file.seek(0)
    return file


def _add_runs(paragraph: Any, runs: Runs, language: str) -> None:
    for run in runs:
        words = f"{' ' if run['gap'] else ''}{run['text']}"
        made = _add_words(paragraph._p, words, strong=run["strong"], language=language)
        if run["end"]:
            made.append(_element("w:br"))


def _add_words(paragraph: Any, words: str, *, strong: bool = False, language: str = "") -> Any:
    """Words of one weight and language, as elements: the library asks three times where each may stand."""
    from docx.oxml.ns import qn

    made = paragraph.add_r()
    if strong or language:
        told = made.get_or_add_rPr()
        if strong:
            told.append(_element("w:b"))
        if language:
            spoken = _element("w:lang")
            spoken.set(qn("w:val"), language)
            told.append(spoken)
    first, *others = plain(words).splitlines() or [""]
    made.add_t(first)
    for line in others:
        made.append(_element("w:br"))
        made.add_t(line)
    return made


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _said(runs: Runs) -> str:
    return "".join(f"{' ' if run['gap'] else ''}{run['text']}" for run in runs)


def _speak(element: Any, language: str) -> None:
    """Say in which language the words are: a screen reader and a spelling check then know it."""
    from docx.oxml.ns import qn

    for each in element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
