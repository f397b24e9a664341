"""The lines of a roster, whatever kind of file it came in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.encodings import Encoding, encoding_of
from varpa.applications.rosters.headings import known_headings
from varpa.applications.rosters.workbooks import rows_of_workbook
from varpa.kernel.refusals import Refusal

SEPARATORS: Final = (";", ",", "\t", "|")
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
    """`told` says how the file was read: the encoding and the separator, or the name of the sheet."""

    kind: str
    told: str
    rows: Iterator[Row]


def read_table(content: bytes) -> Table:
    """The lines of a CSV or XLSX file; raises a Refusal where it is none."""
    if not content.strip(b"\x00\r\n\t ;,|\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile()
    if content.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis" in content[:200]:
            raise OldWorkbook()
        sheet, found = rows_of_workbook(content)
        return Table("xlsx", sheet, (Row(number, cells) for number, cells in found))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook()
    encoding = encoding_of(content)
    if encoding is None or content.startswith((b"%PDF-", b"{\\rtf")):
        raise NoTable()
    separator = _separator(content, encoding)
    strict = _is_strict(content, encoding, separator)
    return Table("csv", encoding.name, _rows(content, encoding, separator, strict=strict))


def _lines(content: bytes, encoding: Encoding) -> io.TextIOWrapper:
    errors = "replace" if encoding.broken else "strict"
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding.codec, errors=errors, newline="")


def _separator(content: bytes, encoding: Encoding) -> str:
    """What stands between the cells: what gives the most headings that we know, then the most cells."""
    first = _lines(content, encoding).readline().strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, chosen = (-1, -1), SEPARATORS[0]
    for separator in SEPARATORS:
        known = cells = 0
        reader = csv.reader(_lines(content, encoding), delimiter=separator)
        try:
            for number, row in enumerate(reader):
                known, cells = max(known, known_headings(row)), max(cells, len(row))
                if number == 20:
                    break
        except csv.Error:
            continue
        if (known, cells) > best:
            best, chosen = (known, cells), separator
    return chosen


def _is_strict(content: bytes, encoding: Encoding, separator: str) -> bool:
    """Whether quotation marks stand as they should; one that is never closed raises OpenQuotation."""
    reader = csv.reader(_lines(content, encoding), delimiter=separator, strict=True)
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


def _rows(content: bytes, encoding: Encoding, separator: str, *, strict: bool) -> Iterator[Row]:
    reader = csv.reader(_lines(content, encoding), delimiter=separator, strict=strict)
    begins = 1
    try:
        for cells in reader:
            if reader.line_num - begins > LONGEST_LINE:
                raise OpenQuotation(line=begins)
            yield Row(begins, cells)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise LineTooLong(line=begins) from error
