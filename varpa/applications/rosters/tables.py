"""The lines of a roster, whatever kind of file it came in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.encodings import Encoding, encoding_of
from varpa.applications.rosters.headings import known_headings
from varpa.applications.rosters.workbooks import rows_of_workbook
from varpa.kernel.refusals import Refusal

SEPARATORS: Final = (";", ",", "\t", "|")
RARE: Final = (":", "~", "^", "#", "!", "¦", "§", "*", "&")
"""Separators that stand in texts as well: looked for where the usual ones give no headings."""

HEAD: Final = 21
"""Headings are looked for in so many lines."""

PAGES: Final = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")
LONGEST_LINE: Final = 40
"""A line of a table that goes on over more lines of the file than this has lost a quotation mark."""


class EmptyFile(Refusal):
    sentence = _("The file is empty. Look whether it is whole on your computer, then choose it again.")


class NoTable(Refusal):
    sentence = _("This file is no table that can be read here. Save it as CSV or XLSX and choose it again.")


class OldWorkbook(Refusal):
    sentence = _(
        "This is a workbook of another kind (XLS or ODS). Open it, save it as XLSX or CSV, and choose that "
        "file."
    )


class OpenQuotation(Refusal):
    sentence = _(
        "A quotation mark that opens on line {line} is never closed, so the lines after it cannot be told "
        "apart. Nothing was taken in: put the mark right and choose the file again."
    )


class LineTooLong(Refusal):
    sentence = _("Line {line} is too long to be read. Nothing was taken in: look at that line in the file.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `number` as the file counts it, from 1."""

    number: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """`told` says how the file was read: the encoding and the separator, or the name of the sheet.

    `left` are sheets of the workbook that hold lists too, and are not read.
    """

    kind: str
    told: str
    rows: Iterator[Row]
    left: tuple[str, ...] = ()


def read_table(content: bytes) -> Table:
    """The lines of a CSV or XLSX file; raises a Refusal where it is none."""
    if not content.strip(b"\x00\r\n\t ;,|\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile()
    if content.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis" in content[:200]:
            raise OldWorkbook()
        book = rows_of_workbook(content)
        return Table("xlsx", book.sheet, (Row(number, cells) for number, cells in book.rows), book.left)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook()
    encoding = encoding_of(content)
    if encoding is None or content.startswith((b"%PDF-", b"{\\rtf", b"[{", b'{"')):
        raise NoTable()
    if content[:200].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(PAGES):
        raise OldWorkbook()
    return Table("csv", encoding.name, _rows(_text_of(content, encoding)))


@dataclass(frozen=True)
class _Text:
    """A text with separators: its bytes, and how they are read."""

    content: bytes
    encoding: Encoding
    separator: str = SEPARATORS[0]
    quote: str = '"'

    def lines(self) -> io.TextIOWrapper:
        errors = "replace" if self.encoding.broken else "strict"
        return io.TextIOWrapper(
            io.BytesIO(self.content), encoding=self.encoding.codec, errors=errors, newline=""
        )

    def reader(self, *, strict: bool = False) -> Any:
        return csv.reader(
            self.lines(), delimiter=self.separator, quotechar=self.quote, skipinitialspace=True, strict=strict
        )

    def head(self) -> list[list[str]]:
        """The first lines; none where they cannot be read."""
        try:
            return list(islice(self.reader(), HEAD))
        except csv.Error:
            return []


def _text_of(content: bytes, encoding: Encoding) -> _Text:
    """The text, with the separator and the quotation marks with which it is read."""
    found = _Text(content, encoding)
    first = found.lines().readline().strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return replace(found, separator=first[4])
    known, text = _separated(found, SEPARATORS)
    if known < 2:
        known, text = max((known, text), _separated(found, RARE), key=lambda each: each[0])
    if not known and (bare := _unwrapped(text)):
        known, text = _separated(bare, SEPARATORS)
    quoted = [row for row in text.head() if known and known_headings(row) == known][:1]
    return replace(text, quote="'") if quoted and all(map(_in_apostrophes, quoted[0])) else text


def _separated(text: _Text, separators: tuple[str, ...]) -> tuple[int, _Text]:
    """What stands between the cells: what gives the most headings that we know, then the most cells."""
    best, chosen = (-1, -1), text
    for separator in separators:
        tried = replace(text, separator=separator)
        head = tried.head()
        found = max(map(known_headings, head), default=0), max(map(len, head), default=-1)
        if found > best:
            best, chosen = found, tried
    return best[0], chosen


def _in_apostrophes(cell: str) -> bool:
    return not cell.strip() or (len(cell) > 2 and cell.strip()[0] == cell.strip()[-1] == "'")


def _unwrapped(text: _Text) -> _Text | None:
    """The text inside, where each line was put into quotation marks as a whole; else None.

    So it comes out where a list was opened as one column and saved again.
    """
    if any(len(row) > 1 for row in text.head()):
        return None
    try:
        lines = [row[0] if row else "" for row in text.reader()]
    except csv.Error:
        return None
    encoding = replace(text.encoding, codec="utf_8", broken=False)
    return _Text("\n".join(lines).encode("utf_8", "replace"), encoding)


def _is_strict(text: _Text) -> bool:
    """Whether quotation marks stand as they should; one that is never closed raises OpenQuotation."""
    reader = text.reader(strict=True)
    begins = 1
    try:
        for _row in reader:
            begins = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise OpenQuotation(line=begins) from error
        if "field larger" in str(error):
            raise LineTooLong(line=begins) from error
        return False
    return True


def _rows(text: _Text) -> Iterator[Row]:
    """The lines, once it is sure that they can be told apart."""
    return _numbered(text.reader(strict=_is_strict(text)))


def _numbered(reader: Any) -> Iterator[Row]:
    begins = 1
    try:
        for cells in reader:
            if reader.line_num - begins > LONGEST_LINE:
                raise OpenQuotation(line=begins)
            yield Row(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise LineTooLong(line=begins) from error
