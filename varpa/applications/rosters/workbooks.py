"""A roster in a workbook (XLSX): its archive is looked at before anything is unpacked; formulas are text."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any, Final
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.headings import known_headings
from varpa.kernel.refusals import Refusal

MEGABYTE: Final = 1024 * 1024
MOST_PARTS: Final = 1000
LARGEST_PART: Final = 160 * MEGABYTE
LARGEST_STRINGS: Final = 48 * MEGABYTE
LARGEST_WHOLE: Final = 256 * MEGABYTE
SMALL: Final = 8 * MEGABYTE
MOST_SWELLING: Final = 200
"""A part that is larger than `SMALL` unpacks to at most so many times its size; a long list, to 30 times."""

MOST_ELEMENTS: Final = 5_000_000
"""More than 50,000 lines of thirty columns have."""

MOST_CELLS: Final = 16_384
"""So many columns a sheet has at most; a longer row is built in memory before anybody could stop it."""

MOST_COLUMNS: Final = 100
LIST: Final = 2
"""A sheet with so many headings that we know holds a list."""

MOST_BLANK: Final = 5000
"""After so many empty lines in a row nothing more is looked for: some programs write a million of them."""


MOST_MERGED: Final = 20_000
"""So many cells that reach over several lines are filled in; nobody joins more by hand."""

_REACH = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})")


@dataclass(frozen=True)
class Book:
    """The sheet that holds the list, and its lines with their numbers; `left` are other sheets with lists."""

    sheet: str
    left: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


class BrokenWorkbook(Refusal):
    sentence = _(
        "The workbook cannot be read. Open it, save it once more as XLSX or CSV, and choose that file."
    )


class LockedWorkbook(Refusal):
    sentence = _("The workbook is locked with a password. Save it without one and choose it again.")


class SwollenWorkbook(Refusal):
    """An archive that unpacks to far more than it says, or far more than a roster needs."""

    sentence = _(
        "Unpacked, the workbook is far larger than a list of people. Copy the list alone into a new workbook."
    )


def rows_of_workbook(content: bytes) -> Book:
    """The list of a workbook; what one cell says for several lines, each of them says."""
    merged = _look_into(content)
    # It loads numpy where that is there, forty megabytes: only where somebody brings a workbook.
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet, left = _sheet(book)
    except Refusal:
        raise
    except Exception as error:
        # A stranger's archive can fail in any part of the reader, with any kind of error.
        raise BrokenWorkbook() from error
    reaches = merged.get(str(getattr(sheet, "_worksheet_path", "")), [])
    return Book(str(sheet.title), left, _filled(_lines(sheet), reaches))


def _look_into(content: bytes) -> dict[str, list[str]]:
    """Read the archive's directory: how many parts, how large each will be; then what is in them.

    Answers which cells reach over others, by the part of each sheet.
    """
    merged = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            whole = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or whole > LARGEST_WHOLE or any(map(_too_large, parts)):
                raise SwollenWorkbook()
            if any(part.flag_bits & 1 for part in parts):
                raise LockedWorkbook()
            names = {part.filename for part in parts}
            if "EncryptedPackage" in names or not any(name.startswith("xl/") for name in names):
                raise BrokenWorkbook()
            for part in parts:
                with archive.open(part) as unpacked:
                    merged[part.filename] = _count(unpacked)
    except Refusal:
        raise
    except Exception as error:
        raise BrokenWorkbook() from error
    return merged


def _count(part: IO[bytes]) -> list[str]:
    """Read a part once as cheaply as can be: how many elements, how many cells in a row, and no DTD.

    Answers the reaches of merged cells, such as E4:E20.
    """
    parser = expat.ParserCreate()
    merged: list[str] = []
    elements, cells, in_rows = 0, 0, False

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements, cells, in_rows
        elements += 1
        kind = name.rpartition(":")[2]
        if kind == "mergeCell" and len(merged) < MOST_MERGED:
            merged.append(attributes.get("ref", ""))
        in_rows = in_rows or kind == "row"  # the list of formulas has cells as well, and no rows
        cells = 0 if kind == "row" else cells + (in_rows and kind == "c")
        if cells > MOST_CELLS or elements > MOST_ELEMENTS:
            raise SwollenWorkbook()

    def defined(*_said: object) -> None:
        raise SwollenWorkbook()

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = opened, defined
    # A picture is no XML; a part that should be and is not fails when it is read.
    with suppress(expat.ExpatError):
        parser.ParseFile(part)
    return merged


def _too_large(part: zipfile.ZipInfo) -> bool:
    if part.file_size > max(SMALL, MOST_SWELLING * part.compress_size):
        return True
    most = LARGEST_STRINGS if part.filename.lower().endswith("sharedstrings.xml") else LARGEST_PART
    return part.file_size > most


def _sheet(book: Any) -> tuple[Any, tuple[str, ...]]:
    """The sheet with the most headings that we know, else the first; and the other sheets that hold lists.

    What somebody has hidden is read only where no other sheet holds a list.
    """
    best, chosen, lists = 0, None, []
    for sheet in sorted(book.worksheets[:20], key=_is_hidden):
        sheet.reset_dimensions()
        known = 0
        for number, cells in _lines(sheet):
            known = max(known, known_headings(cells))
            if number >= 20:
                break
        if known >= LIST:
            lists.append(sheet)
        better = known > best and not (_is_hidden(sheet) and best >= LIST)
        if chosen is None or better:
            best, chosen = known, sheet
    if chosen is None:
        raise BrokenWorkbook()
    return chosen, tuple(str(each.title) for each in lists if each is not chosen)


def _is_hidden(sheet: Any) -> bool:
    return bool(sheet.sheet_state != "visible")


def _filled(
    lines: Iterator[tuple[int, list[str]]], reaches: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The lines, each with what a cell above that reaches down to it says: one school for a whole class."""
    from openpyxl.utils import column_index_from_string

    begins: dict[int, list[tuple[int, int]]] = {}
    for found in filter(None, map(_REACH.fullmatch, reaches)):
        column, first, last = column_index_from_string(found[1]) - 1, int(found[2]), int(found[3])
        if last > first:
            begins.setdefault(first, []).append((column, last))
    reaching: dict[int, tuple[int, str]] = {}
    for number, cells in lines:
        reaching = {column: each for column, each in reaching.items() if each[0] >= number}
        if any(cells):
            cells += [""] * (max(reaching, default=-1) + 1 - len(cells))
            for column, (_last, text) in reaching.items():
                cells[column] = cells[column] or text
        for column, last in begins.get(number, ()):
            if column < len(cells):
                reaching[column] = last, cells[column]
        yield number, cells


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    blank = 0
    try:
        for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            cells = [_text(value) for value in values]
            blank = 0 if any(cells) else blank + 1
            if blank > MOST_BLANK:
                return
            yield number, cells
    except Exception as error:
        raise BrokenWorkbook() from error


def _text(value: object) -> str:
    """A cell as a person would type it; a formula is what is written in it, never what it gives."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(getattr(value, "text", value))
