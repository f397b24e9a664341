"""The sheet of a workbook on which everything stands that was typed, rates and changes with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from varpa.money.cells import Page, cents, changed_amount, plain, points
from varpa.money.figures import MONTHS, Amount, Figures, Product
from varpa.money.rates import Rates
from varpa.money.reckoning import Scenario, WhatIf, changed, cost_of
from varpa.money.words import RATES, rates_sentences

# Empty rows under each list, which the formulas know already.
SPARE: Final = 3
NOBODY: Final = Product("", 0, 0, (0,) * MONTHS)


@dataclass(frozen=True, slots=True)
class Dated:
    """Two columns of one list: its amounts, and the months in which each comes or starts."""

    amounts: str
    months: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where everything stands, as formulas name it. `products`: the row of each on the sheet `page`."""

    page: Page
    cells: dict[str, str]
    products: tuple[int, ...]
    startup: Dated
    sources: Dated
    running: Dated
    staff: Dated


def write(page: Page, figures: Figures, rates: Rates, scenario: Scenario, what_if: WhatIf) -> Inputs:
    """The whole sheet, from above downwards."""
    page.sheet.set_column(0, 0, 60)
    page.sheet.set_column(1, 2, 18)
    page.sheet.set_column(3, MONTHS + 2, 13)
    cells: dict[str, str] = {}
    row = _settings(page, 2, figures, rates, cells)
    row = _changes(page, row + 1, figures, scenario, what_if, cells)
    row, products = _products(page, row + 1, figures)
    row, startup = _once(page, row + 1, _("Start-up costs"), figures.startup)
    row, sources = _once(page, row + 1, _("Own money and grants"), figures.sources)
    row, running = _running(page, row + 1, figures, what_if, cells["cost"])
    row, staff = _staff(page, row + 1, figures, rates, cells["employer"])
    _loan(page, row + 1, figures, cells)
    return Inputs(page, cells, products, startup, sources, running, staff)


Lines = Sequence[tuple[str, object, Callable[[int, int, int], str], int]]


def _listed(page: Page, row: int, lines: Lines, cells: dict[str, str]) -> int:
    """A name and a value on each line; answers the next free row."""
    for at, (key, words, write_it, value) in enumerate(lines, start=row):
        page.text(at, 0, words)
        cells[key] = write_it(at, 1, value)
    return row + len(lines)


def _settings(page: Page, row: int, figures: Figures, rates: Rates, cells: dict[str, str]) -> int:
    page.heads(row, [_("Settings"), None])
    lines: Lines = [
        ("vat", _("Registered for VAT (1: yes, 0: no)"), page.whole, int(figures.vat)),
        ("vat_rate", str(RATES["vat"]), page.share, rates.vat),
        ("employer", str(RATES["employer"]), page.share, rates.employer),
        ("profit", str(RATES["profit"]), page.share, rates.profit),
        ("small", str(RATES["small"]), page.share, rates.small),
        (
            "small_limit",
            _("Sales up to which a firm is small (0: no lower rate)"),
            page.amount,
            rates.small_limit,
        ),
        (
            "small_staff",
            _("People up to whom a firm is small (0: any number)"),
            page.whole,
            rates.small_staff,
        ),
    ]
    row = _listed(page, row + 1, lines, cells)
    for at, sentence in enumerate(rates_sentences(rates), start=row):
        page.sheet.merge_range(at, 0, at, MONTHS, "")
        page.text(at, 0, sentence)
    return row + len(rates_sentences(rates))


def _changes(
    page: Page, row: int, figures: Figures, scenario: Scenario, what_if: WhatIf, cells: dict[str, str]
) -> int:
    page.heads(row, [_("Scenario and changes"), None])
    lines: Lines = [
        ("scenario", _("Share of the planned units that is sold"), page.share, scenario.share),
        ("price", _("What if prices change"), page.share, what_if.price),
        ("volume", _("What if more or less is sold"), page.share, what_if.volume),
        ("cost", _("What if variable and running costs change"), page.share, what_if.cost),
        ("growth2", _("Growth of units in the second year"), page.share, figures.growth[0]),
        ("growth3", _("Growth of units in the third year"), page.share, figures.growth[1]),
    ]
    return _listed(page, row + 1, lines, cells)


def _products(page: Page, row: int, figures: Figures) -> tuple[int, tuple[int, ...]]:
    page.heads(row, [_("Product or service"), _("Net price"), _("Variable cost of one unit")])
    for month in range(1, MONTHS + 1):
        page.text(row, month + 2, _("Units in month {month}").format(month=month), "head_number")
    products = figures.products or (NOBODY,)
    for at, product in enumerate(products, start=row + 1):
        page.text(at, 0, plain(product.name, _("Without a name")), "typed_text")
        page.amount(at, 1, product.price)
        page.amount(at, 2, product.variable)
        for month, units in enumerate(product.volumes):
            page.whole(at, month + 3, units)
    last = row + len(products)
    return last + 1, tuple(range(row + 1, last + 1))


def _once(page: Page, row: int, title: str, rows: Sequence[Amount]) -> tuple[int, Dated]:
    page.heads(row, [title, _("Amount"), _("Month")])
    for at, each in enumerate(rows, start=row + 1):
        page.text(at, 0, plain(each.name, _("Without a name")), "typed_text")
        page.amount(at, 1, each.cents)
        page.whole(at, 2, each.month)
    last = row + len(rows) + SPARE
    for at in range(row + len(rows) + 1, last + 1):
        page.spare(at, ("typed_text", "typed_amount", "typed_whole"))
    return last + 1, Dated(page.column(1, row + 1, last), page.column(2, row + 1, last))


def _running(page: Page, row: int, figures: Figures, what_if: WhatIf, change: str) -> tuple[int, Dated]:
    heads = [_("Running costs"), _("Amount a month"), _("From month"), _("After the change")]
    rows = [(each.name, each.cents, each.starts) for each in figures.running]
    return _monthly(
        page,
        row,
        heads,
        rows,
        lambda cell: changed_amount(cell, change),
        lambda amount: changed(amount, what_if.cost),
    )


def _staff(page: Page, row: int, figures: Figures, rates: Rates, employer: str) -> tuple[int, Dated]:
    heads = [_("Employee"), _("Gross wages a month"), _("From month"), _("With contributions")]
    rows = [(each.name, each.gross, each.starts) for each in figures.staff]
    return _monthly(
        page,
        row,
        heads,
        rows,
        lambda cell: f"({cents(cell)}+ROUND({cents(cell)}*{points(employer)}/10000,0))/100",
        lambda gross: cost_of(gross, rates),
    )


def _monthly(
    page: Page,
    row: int,
    heads: Sequence[str],
    rows: Sequence[tuple[str, int, int]],
    formula: Callable[[str], str],
    value: Callable[[int], int],
) -> tuple[int, Dated]:
    """A list of what comes every month, with a column of what each row comes to."""
    page.heads(row, heads)
    last = row + len(rows) + SPARE
    for at in range(row + 1, last + 1):
        page.spare(at, ("typed_text", "typed_amount", "typed_whole"))
        page.formula(at, 3, formula(page.address(at, 1)), 0)
    for at, (name, amount, starts) in enumerate(rows, start=row + 1):
        page.text(at, 0, plain(name, _("Without a name")), "typed_text")
        page.formula(at, 3, formula(page.amount(at, 1, amount)), value(amount))
        page.whole(at, 2, starts)
    return last + 1, Dated(page.column(3, row + 1, last), page.column(2, row + 1, last))


def _loan(page: Page, row: int, figures: Figures, cells: dict[str, str]) -> None:
    loan = figures.loan
    page.heads(row, [_("Loan"), None])
    lines: Lines = [
        ("loan", _("Amount of the loan"), page.amount, loan.cents if loan else 0),
        ("loan_rate", _("Interest a year"), page.share, loan.rate if loan else 0),
        ("loan_months", _("Paid back in so many months"), page.whole, loan.months if loan else 1),
        ("loan_starts", _("Month in which it comes"), page.whole, loan.starts if loan else 1),
    ]
    _listed(page, row + 1, lines, cells)
