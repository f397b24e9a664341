"""Tables as files: CSV and XLSX, in which nothing that people wrote becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

Value = str | int | Decimal | date | None
CSV: Final = "csv"
XLSX: Final = "xlsx"
TYPES: Final = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")
_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Rows = Iterable[Sequence[Value]]


LONGEST: Final = 1_048_575
"""Rows that one sheet holds below its headings."""


def csv_of(heads: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with its mark and semicolons, as the spreadsheets of the two countries open it by themselves."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([tame(head) for head in heads])
    for row in rows:
        writer.writerow([tame(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(heads: Sequence[str], rows: Rows, title: str) -> bytes:
    """A workbook of one sheet with a row of headings that stays in sight."""
    return book_of([(title, heads, rows)])


def book_of(sheets: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """A workbook of several sheets, each its title, its headings and its rows."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _PLAIN)
    for title, heads, rows in sheets:
        sheet = _Sheet(book, heads, title)
        for row in rows:
            sheet.write(row)
    book.close()
    return out.getvalue()


def write_both(
    heads: Sequence[str], rows: Rows, *, csv_path: Path, xlsx_path: Path, title: str, made: datetime
) -> int:
    """One table as CSV and as XLSX, read once and kept in no memory; how many rows it has.

    The same rows give the same bytes: `made` is what the workbook says of when it was made. Where a sheet
    is full the next one goes on.
    """
    from xlsxwriter import Workbook

    book = Workbook(str(xlsx_path), {**_PLAIN, "in_memory": False, "constant_memory": True})
    book.set_properties({"created": made.replace(tzinfo=None), "title": title})
    sheet, count = _Sheet(book, heads, title), 0
    with csv_path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([tame(head) for head in heads])
        for count, row in enumerate(rows, 1):
            writer.writerow([tame(value) for value in row])
            if sheet.full:
                sheet = _Sheet(book, heads, f"{title[:26]} {count // LONGEST + 1}")
            sheet.write(row)
    book.close()
    return count


class _Sheet:
    """One sheet with its headings, written row by row."""

    def __init__(self, book: Any, heads: Sequence[str], title: str) -> None:
        self.sheet, self.line = book.add_worksheet(title[:31]), 0
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.part = book.add_format({"num_format": "#,##0.00"})
        bold = book.add_format({"bold": True})
        # Before the rows: where nothing is kept in memory, columns are written first.
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_column(0, max(len(heads) - 1, 0), 22)
        for at, head in enumerate(heads):
            self.sheet.write_string(0, at, head, bold)

    @property
    def full(self) -> bool:
        return self.line >= LONGEST

    def write(self, row: Sequence[Value]) -> None:
        self.line += 1
        for at, value in enumerate(row):
            if isinstance(value, date):
                self.sheet.write_datetime(self.line, at, value, self.day)
            elif isinstance(value, int):
                self.sheet.write_number(self.line, at, value)
            elif isinstance(value, Decimal):
                self.sheet.write_number(self.line, at, value, self.part)
            elif value:
                self.sheet.write_string(self.line, at, value[:32_000])


def untamed(text: str) -> str:
    """What stood in a cell before `tame`: a list that was handed out comes back as it was."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_LIVE) else text


def tame(value: Value) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_LIVE) else text
