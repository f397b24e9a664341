"""The tables of the figures, and where a cell stands that a remark is about, also after they were changed.

A cell that was typed is known by its table, the name of its row (and which of several of that name it is) and
its column; one that is reckoned by its row and month or year. How a row is found again in changed figures
stands in `actions.following`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from varpa.businessplans.figures import ROWS, Shown, month_name
from varpa.businessplans.models import Remark
from varpa.businessplans.queries import Cell, Placed
from varpa.money import words
from varpa.money.figures import Amount, Employee, Monthly


@dataclass(frozen=True)
class Table:
    """A table of amounts: its heading, the labels of name, amount and month, and what a row of it is."""

    head: object
    labels: tuple[object, object, object]
    row: type[Amount | Monthly | Employee]


WHAT: Final = pgettext_lazy("figures", "What")
_ONCE: Final = (WHAT, gettext_lazy("Amount"), gettext_lazy("In which month"))
_MONTHLY: Final = (WHAT, gettext_lazy("A month"), gettext_lazy("From which month"))
_WAGES: Final = (
    pgettext_lazy("figures", "Who"),
    gettext_lazy("Wages a month, before tax"),
    gettext_lazy("From which month"),
)
PRODUCTS: Final = "products"
SOLD: Final = gettext_lazy("What you sell")
TABLES: Final = {
    "startup": Table(gettext_lazy("What you need to begin"), _ONCE, Amount),
    "sources": Table(gettext_lazy("Where the money to begin comes from"), _ONCE, Amount),
    "running": Table(gettext_lazy("What is paid every month"), _MONTHLY, Monthly),
    "staff": Table(pgettext_lazy("figures", "Who is paid wages"), _WAGES, Employee),
}
TYPED: Final = "typed."
YEARS: Final = "years."
MONEY, NUMBER, SHARE = "money", "number", "share"


class Value(NamedTuple):
    """What stands in a cell: the label of its column, cents, units or basis points, and which of these."""

    label: str
    amount: int
    kind: str

    @property
    def kept(self) -> str:
        """As a remark keeps it: in no language."""
        return f"{self.kind}:{self.amount}"


@dataclass(frozen=True)
class Row:
    """A row that can be remarked on: in which table, its name, its address, what stands in it by column.

    `named`: its name as it was typed, which is a part of its address; "" for what is reckoned.
    """

    table: str
    name: str
    address: str
    cells: Mapping[str, Value]
    named: str = ""

    @property
    def key(self) -> str:
        """How a form names the row."""
        return f"{self.address}:{self.named}" if self.named else self.address


@dataclass(frozen=True)
class Line:
    """A row that was typed, with its cells in words: label and value."""

    row: Row
    cells: list[tuple[str, str]]

    @property
    def table(self) -> str:
        return self.row.table


def rows(of: Shown) -> list[Row]:
    """All rows of the figures: those that were typed, then the months, then the years."""
    return [*typed_rows(of), *_reckoned(of)]


def typed_rows(of: Shown) -> list[Row]:
    """What was typed; a row without a name is none that could be found again."""
    named = [row for row in (*_products(of), *_amounts(of)) if row.named]
    return [*_numbered(named), *_loan(of)]


def _numbered(named: list[Row]) -> Iterator[Row]:
    """The second row of a name in its table, and every further one, says which it is."""
    seen: Counter[str] = Counter()
    for row in named:
        seen[row.key] += 1
        which = seen[row.key]
        if which == 1:
            yield row
        else:
            yield replace(row, name=f"{row.name} ({which})", address=nth(row.address, which))


def typed_lines(of: Shown) -> list[Line]:
    """What was typed, as a page shows it."""
    return [
        Line(row, [(value.label, in_words(value.kept, of)) for value in row.cells.values()])
        for row in typed_rows(of)
    ]


def _products(of: Shown) -> Iterator[Row]:
    for each in of.figures.products:
        months = {
            f"m{month}": Value(_("Month %(month)d") % {"month": month}, units, NUMBER)
            for month, units in enumerate(each.volumes, 1)
        }
        cells = {
            "price": Value(_("Price of one"), each.price, MONEY),
            "variable": Value(_("What one costs you"), each.variable, MONEY),
            **months,
        }
        yield Row(str(SOLD), each.name, f"{TYPED}{PRODUCTS}", cells, each.name)


def _amounts(of: Shown) -> Iterator[Row]:
    for name, table in TABLES.items():
        _label, amount, month = map(str, table.labels)
        for each in getattr(of.figures, name):
            cents = each.gross if isinstance(each, Employee) else each.cents
            starts = each.month if isinstance(each, Amount) else each.starts
            cells = {"cents": Value(amount, cents, MONEY), "month": Value(month, starts, NUMBER)}
            yield Row(str(table.head), each.name, f"{TYPED}{name}", cells, each.name)


def _loan(of: Shown) -> Iterator[Row]:
    loan = of.figures.loan
    if loan:
        cells = {
            "cents": Value(_("Loan"), loan.cents, MONEY),
            "rate": Value(_("Interest a year, %"), loan.rate, SHARE),
            "months": Value(_("Paid back in how many months"), loan.months, NUMBER),
            "starts": Value(_("The loan comes in month"), loan.starts, NUMBER),
        }
        yield Row(_("Time, taxes and loan"), _("Loan"), f"{TYPED}loan", cells)


def _reckoned(of: Shown) -> Iterator[Row]:
    # Said once, not in every row: a page has hundreds of cells.
    numbered = _("Month %(month)d")
    called = {
        month.month: f"{numbered % {'month': month.month}} ({month_name(of.figures, month.month)})"
        for month in of.statement.months
    }
    for name in ("units", *ROWS, "vat_due", "balance"):
        kind = NUMBER if name == "units" else MONEY
        months = {
            str(month.month): Value(called[month.month], getattr(month, name), kind)
            for month in of.statement.months
        }
        yield Row(_("The till month by month"), str(words.MONTH_ROWS[name]), name, months)
    years_called = {year.year: f"{_('Year')} {year.year}" for year in of.statement.years}
    for name, label in words.YEAR_ROWS.items():
        kind = NUMBER if name == "units" else MONEY
        years = {
            str(year.year): Value(years_called[year.year], getattr(year, name), kind)
            for year in of.statement.years
        }
        yield Row(_("Year by year"), str(label), f"{YEARS}{name}", years)


def remarks_on_figures(standing: QuerySet[Remark], of: Shown) -> list[Placed]:
    """The standing remarks on cells of the figures, the earliest first."""
    said = list(standing.exclude(cell=""))
    known = {row.key: row for row in rows(of)} if said else {}
    return [Placed(number, remark, None, _cell(remark, known, of)) for number, remark in enumerate(said, 1)]


def in_words(kept: str, of: Shown) -> str:
    """A value as a remark keeps it, in the language of the reader; "" for none."""
    kind, _colon, amount = kept.partition(":")
    told = {MONEY: of.money, NUMBER: words.number, SHARE: words.percent}
    return told[kind](int(amount)) if kind in told else ""


def _cell(remark: Remark, known: Mapping[str, Row], of: Shown) -> Cell:
    (address, column), then = parted(remark.cell), in_words(remark.before, of)
    row = known.get(f"{address}:{remark.place}" if remark.quote else address)
    if row is None:
        return Cell(_called(address, remark), then, "", is_gone=True)
    called = f"{row.table}: {row.name}"
    if column and column not in row.cells:
        month = f", {_('Month %(month)d') % {'month': int(column)}}" if column.isdigit() else ""
        return Cell(f"{called}{month}", then, "", is_gone=True)
    if not column:
        return Cell(called, "", "", is_gone=False)
    value = row.cells[column]
    return Cell(f"{called}, {value.label}", then, in_words(value.kept, of), is_gone=False)


def _called(address: str, remark: Remark) -> str:
    """What a row was called that is gone."""
    name, _which = table_of(address)
    table = TABLES.get(name)
    head = str(table.head) if table else str(SOLD) if name == PRODUCTS else _("Loan")
    return f"{head}: {remark.quote}" if remark.quote else head


def parted(cell: str) -> tuple[str, str]:
    """The address of a row, and the column: "" where the whole row is meant."""
    prefix = next((each for each in (TYPED, YEARS) if cell.startswith(each)), "")
    name, _dot, column = cell.removeprefix(prefix).partition(".")
    return f"{prefix}{name}", column


def nth(address: str, which: int) -> str:
    """The address of the so manieth row of a name: the first has none of its own."""
    return address if which == 1 else f"{address}#{which}"


def table_of(address: str) -> tuple[str, int]:
    """The table of a row that was typed, and which of the rows of its name it is."""
    table, _sign, which = address.removeprefix(TYPED).partition("#")
    return table, int(which) if which.isdecimal() else 1
