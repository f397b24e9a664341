"""Tables as files: CSV and XLSX, in which nothing that people wrote becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from xlsxwriter import Workbook

Value = str | int | date | None
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


def csv_of(heads: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with its mark and semicolons, as the spreadsheets of the two countries open it by themselves."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_tame(head) for head in heads])
    for row in rows:
        writer.writerow([_tame(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(heads: Sequence[str], rows: Rows, title: str) -> bytes:
    """A workbook of one sheet with a row of headings that stays in sight."""
    out = io.BytesIO()
    book = Workbook(out, _PLAIN)
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, at, value, day)
            elif isinstance(value, int):
                sheet.write_number(line, at, value)
            elif value:
                sheet.write_string(line, at, value[:32_000])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, max(len(heads) - 1, 0), 22)
    book.close()
    return out.getvalue()


def _tame(value: Value) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_LIVE) else text
