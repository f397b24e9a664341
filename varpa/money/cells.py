"""Cells of a workbook whose formulas live: each is written with its value, for whoever only previews it.

A spreadsheet reckons in binary fractions. So a formula takes whole cents out of its cells first, reckons in
whole numbers, rounds where `reckoning` does, and only then writes an amount again.
"""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from varpa.money.words import JOIN

LONGEST_SHEET: Final = 31
TWO_LINES: Final = 32
Formats = dict[str, Any]


def formats_of(book: Any) -> Formats:
    """The looks of cells: what is typed stands on yellow, what is reckoned on white."""
    typed = {"bg_color": "#FFF6D6", "border": 1, "border_color": "#E3D9B5"}
    amount, share, whole = {"num_format": "#,##0.00"}, {"num_format": "0.00%"}, {"num_format": "#,##0"}
    bold = {"bold": True}
    looks = {
        "title": {"bold": True, "font_size": 14},
        "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
        "head_number": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"},
        "text": {"text_wrap": True, "valign": "top"},
        "bold": bold,
        "amount": amount,
        "whole": whole,
        "share": share,
        "sum": amount | bold | {"top": 1},
        "typed_text": typed,
        "typed_amount": typed | amount,
        "typed_share": typed | share,
        "typed_whole": typed | whole,
    }
    return {name: book.add_format(look) for name, look in looks.items()}


class Page:
    """One sheet, written by row and column from 0; everything that writes answers the cell's address."""

    def __init__(self, book: Any, formats: Formats, name: str) -> None:
        self.name = name[:LONGEST_SHEET]
        self.sheet = book.add_worksheet(self.name)
        self.formats = formats
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def text(self, row: int, column: int, words: object, look: str = "text") -> str:
        self.sheet.write_string(row, column, str(words), self.formats[look])
        return self.address(row, column)

    def heads(self, row: int, words: Sequence[object | None]) -> None:
        """Headings of columns from the first on; a column without one is None. Two lines have room."""
        self.sheet.set_row(row, TWO_LINES)
        for column, each in enumerate(words):
            if each is None:
                self.sheet.write_blank(row, column, None, self.formats["head"])
            else:
                self.text(row, column, each, "head_number" if column else "head")

    def amount(self, row: int, column: int, cents: int) -> str:
        """An amount that is typed."""
        self.sheet.write_number(row, column, cents / 100, self.formats["typed_amount"])
        return self.address(row, column)

    def share(self, row: int, column: int, points: int) -> str:
        """A rate that is typed, shown in percent."""
        self.sheet.write_number(row, column, points / 10_000, self.formats["typed_share"])
        return self.address(row, column)

    def whole(self, row: int, column: int, number: int) -> str:
        """A whole number that is typed."""
        self.sheet.write_number(row, column, number, self.formats["typed_whole"])
        return self.address(row, column)

    def spare(self, row: int, looks: Sequence[str]) -> None:
        """Empty cells for what is added later."""
        for column, look in enumerate(looks):
            self.sheet.write_blank(row, column, None, self.formats[look])

    def formula(
        self, row: int, column: int, formula: str, value: int | float | str, look: str = "amount"
    ) -> str:
        """A formula with what it comes to: `value` in cents, or as it stands where no amount is meant."""
        known = value / 100 if look in ("amount", "sum") and isinstance(value, int) else value
        self.sheet.write_formula(row, column, f"={formula}", self.formats[look], known)
        return self.address(row, column)

    def address(self, row: int, column: int) -> str:
        """A cell as formulas of every sheet name it."""
        return f"{quote_sheetname(self.name)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def column(self, column: int, first: int, last: int) -> str:
        """The cells of a column as formulas of every sheet name them."""
        letter = xl_col_to_name(column, col_abs=True)
        return f"{quote_sheetname(self.name)}!{letter}${first + 1}:{letter}${last + 1}"


def cents(cell: str) -> str:
    """The whole cents of an amount."""
    return f"ROUND({cell}*100,0)"


def points(cell: str) -> str:
    """The whole basis points of a rate."""
    return f"ROUND({cell}*10000,0)"


def amount_of(whole_cents: str) -> str:
    """The amount of a term in cents, rounded to whole ones."""
    return f"ROUND({whole_cents},0)/100"


def changed_amount(cell: str, change: str) -> str:
    """An amount after a change in percent, as `reckoning.changed`."""
    return amount_of(f"{cents(cell)}*(10000+{points(change)})/10000")


def plain(name: str, otherwise: str) -> str:
    """A name that somebody typed, as a cell shows it; one of blanks only is shown by another."""
    return name if name.replace(JOIN, " ").strip() else otherwise
