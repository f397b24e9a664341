"""The figures of a plan as a workbook (XLSX): what was typed, and a statement whose formulas live.

Every formula rounds where `reckoning` rounds, so that page and workbook agree to the cent.
"""

import io
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from varpa.money import inputs
from varpa.money.cells import TWO_LINES, Page, amount_of, cents, changed_amount, formats_of, plain, points
from varpa.money.figures import MONTHS, Figures
from varpa.money.inputs import Inputs
from varpa.money.rates import Rates
from varpa.money.reckoning import TAX_MONTH, UNCHANGED, Scenario, WhatIf, reckon
from varpa.money.statement import BreakEven, Statement, Year
from varpa.money.words import FIGURES, MONTH_ROWS, YEAR_ROWS

_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Where the pages have their first column and rows of figures.
_FIRST: Final = 1
_NUMBERS: Final = 3
_ROWS: Final = {name: row for row, name in enumerate(MONTH_ROWS, start=_NUMBERS + 1)}
_UNITS: Final = 3


def workbook(
    figures: Figures,
    rates: Rates,
    *,
    language: str,
    title: str,
    scenario: Scenario = Scenario.EXPECTED,
    what_if: WhatIf = UNCHANGED,
) -> bytes:
    """Four sheets in a language: what was typed, units, month by month, results; `title` heads each."""
    statement = reckon(figures, rates, scenario=scenario, what_if=what_if)
    out = io.BytesIO()
    book = Workbook(out, _PLAIN)
    with translation.override(language):
        # The same figures give the same bytes: a workbook does not say when it was taken out.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        formats = formats_of(book)
        names = [_("Figures typed"), _("Units and prices"), _("Month by month"), _("Results of the years")]
        typed, units, months, results = (Page(book, formats, name) for name in names)
        amounts = _("Amounts in {currency}").format(currency=figures.currency)
        for page in (typed, units, months, results):
            page.text(0, 0, title, "title")
            page.text(1, 0, amounts)
        given = inputs.write(typed, figures, rates, scenario, what_if)
        _write_units(units, given, figures, statement)
        _write_months(months, units, results, given, figures, statement)
        _write_results(results, months, units, given, figures, statement)
    book.close()
    return out.getvalue()


def _month_heads(page: Page, first: int, figures: Figures, count: int) -> None:
    """The calendar's month, and below it which month of the plan it is, which formulas look at."""
    year, month = (int(part) for part in figures.starts.split("-"))
    for at in range(count):
        page.text(
            _NUMBERS - 1,
            first + at,
            f"{year + (month + at - 1) // 12}-{(month + at - 1) % 12 + 1:02}",
            "head_number",
        )
        page.sheet.write_number(_NUMBERS, first + at, at + 1, page.formats["bold"])
    page.sheet.set_row(_NUMBERS - 1, TWO_LINES)
    page.text(_NUMBERS, 0, _("Month of the plan"), "bold")
    page.sheet.set_column(0, 0, 40)
    page.sheet.set_column(1, first + count, 12)
    page.sheet.freeze_panes(_NUMBERS + 1, first)
    page.sheet.repeat_columns(0, 0)


def _write_units(page: Page, given: Inputs, figures: Figures, statement: Statement) -> None:
    """Each product's price and cost after the changes, and its units in every month of the plan."""
    cells, typed = given.cells, given.page
    _month_heads(page, _UNITS, figures, len(statement.months))
    page.sheet.set_column(1, 2, 18)
    page.text(_NUMBERS - 1, 1, _("Net price"), "head_number")
    page.text(_NUMBERS - 1, 2, _("Variable cost of one unit"), "head_number")
    lines = statement.lines or (None,)
    for row, (at, line) in enumerate(zip(given.products, lines, strict=True), start=_NUMBERS + 1):
        page.text(row, 0, plain(line.name if line else "", _("Without a name")))
        page.formula(row, 1, changed_amount(typed.address(at, 1), cells["price"]), line.price if line else 0)
        page.formula(
            row, 2, changed_amount(typed.address(at, 2), cells["cost"]), line.variable if line else 0
        )
        for month in range(len(statement.months)):
            if month < MONTHS:
                planned = f"ROUND({typed.address(at, month + 3)}*{points(cells['scenario'])}/10000,0)"
                formula = f"ROUND({planned}*(10000+{points(cells['volume'])})/10000,0)"
            else:
                growth = points(cells[f"growth{month // MONTHS + 1}"])
                before = page.address(row, _UNITS + month - MONTHS)
                formula = f"ROUND({before}*(10000+{growth})/10000,0)"
            page.formula(row, _UNITS + month, formula, line.units[month] if line else 0, "whole")


def _write_months(
    page: Page, units: Page, results: Page, given: Inputs, figures: Figures, statement: Statement
) -> None:
    """The statement of every month: a row a figure, each a formula."""
    _month_heads(page, _FIRST, figures, len(statement.months))
    for name, words in MONTH_ROWS.items():
        page.text(_ROWS[name], 0, words, "bold" if name in ("receipts", "payments", "closing") else "text")
    for month in statement.months:
        for name, formula in _month_formulas(month.month, units, results, given).items():
            look = (
                "whole"
                if name == "units"
                else "sum"
                if name in ("receipts", "payments", "closing")
                else "amount"
            )
            page.formula(_ROWS[name], month.month, formula, getattr(month, name), look)


def _month_formulas(month: int, units: Page, results: Page, given: Inputs) -> dict[str, str]:
    """The formula of each figure of a month; `at` is a cell of this month, `back` of the one before."""
    cells = given.cells
    letter, before = xl_col_to_name(month), xl_col_to_name(month - 1)
    at = {name: f"{letter}{row + 1}" for name, row in _ROWS.items()}
    back = {name: f"{before}{row + 1}" if month > 1 else "0" for name, row in _ROWS.items()}
    number = f"{letter}${_NUMBERS + 1}"
    first, last = _NUMBERS + 1, _NUMBERS + len(given.products)
    sold = units.column(_UNITS + month - 1, first, last)
    last_part = f"{cells['loan_starts']}+{cells['loan_months']}"
    part = f"ROUND({cents(cells['loan'])}/MAX(1,{cells['loan_months']}),0)"
    vat = f"IF({cells['vat']}=1,{points(cells['vat_rate'])},0)"
    return {
        "units": f"SUM({sold})",
        "opening": back["closing"],
        "sales": f"ROUND(SUMPRODUCT({units.column(1, first, last)},{sold}),2)",
        "variable": f"ROUND(SUMPRODUCT({units.column(2, first, last)},{sold}),2)",
        "running": f'ROUND(SUMIF({given.running.months},"<="&{number},{given.running.amounts}),2)',
        "staff": f'ROUND(SUMIF({given.staff.months},"<="&{number},{given.staff.amounts}),2)',
        "startup": f"ROUND(SUMIF({given.startup.months},{number},{given.startup.amounts}),2)",
        "sources": f"ROUND(SUMIF({given.sources.months},{number},{given.sources.amounts}),2)",
        "loan": f"IF({number}={cells['loan_starts']},{cells['loan']},0)",
        "interest": amount_of(f"{cents(back['balance'])}*{points(cells['loan_rate'])}/120000"),
        "principal": f"IF({number}={last_part},{back['balance']},MIN({cents(back['balance'])},{part})/100)",
        "balance": f"ROUND({back['balance']}+{at['loan']}-{at['principal']},2)",
        "vat_collected": amount_of(f"{cents(at['sales'])}*{vat}/10000"),
        "vat_paid": amount_of(
            f"({cents(at['variable'])}+{cents(at['running'])}+{cents(at['startup'])})*{vat}/10000"
        ),
        "vat_due": f"ROUND({at['vat_collected']}-{at['vat_paid']},2)",
        "vat_settled": back["vat_due"],
        "tax": _tax_paid(month, results),
        "receipts": f"ROUND({at['sales']}+{at['vat_collected']}+{at['sources']}+{at['loan']}"
        f"+MAX(0,-{at['vat_settled']}),2)",
        "payments": f"ROUND({at['variable']}+{at['running']}+{at['staff']}+{at['startup']}+{at['vat_paid']}"
        f"+MAX(0,{at['vat_settled']})+{at['interest']}+{at['principal']}+{at['tax']},2)",
        "closing": f"ROUND({at['opening']}+{at['receipts']}-{at['payments']},2)",
    }


_RESULTS: Final = {name: row for row, name in enumerate((*YEAR_ROWS, "tax_rate"), start=_NUMBERS)}


def _tax_paid(month: int, results: Page) -> str:
    """The tax on the profit of the year before, in the month in which it is paid."""
    year, at = divmod(month - 1, MONTHS)
    return results.address(_RESULTS["tax"], year) if year and at == TAX_MONTH - 1 else "0"


def _write_results(
    page: Page, months: Page, units: Page, given: Inputs, figures: Figures, statement: Statement
) -> None:
    """Each year and all together, and what the plan comes to."""
    page.sheet.set_column(0, 0, 56)
    page.sheet.set_column(1, 4, 18)
    for name, words in (*YEAR_ROWS.items(), ("tax_rate", _("Rate of the tax on profit"))):
        page.text(_RESULTS[name], 0, words, "bold" if name == "result" else "text")
    for year in statement.years:
        page.text(_NUMBERS - 1, year.year, _("Year {number}").format(number=year.year), "head_number")
        for name, formula in _year_formulas(year.year, months, given).items():
            page.formula(_RESULTS[name], year.year, formula, _shown(year, name), _look(name))
    if figures.years > 1:
        _write_total(page, figures.years, statement.total)
    _write_outcome(page, months, units, given, statement)


def _write_total(page: Page, years: int, total: Year) -> None:
    page.text(_NUMBERS - 1, years + 1, _("All years"), "head_number")
    last = xl_col_to_name(years)
    for name in YEAR_ROWS:
        row = _RESULTS[name] + 1
        formula = f"{last}{row}" if name == "closing" else f"ROUND(SUM(B{row}:{last}{row}),2)"
        page.formula(row - 1, years + 1, formula, _shown(total, name), _look(name))


def _look(name: str) -> str:
    return {"units": "whole", "tax_rate": "share", "result": "sum"}.get(name, "amount")


def _shown(year: Year, name: str) -> int | float:
    value: int = getattr(year, name)
    return value / 10_000 if name == "tax_rate" else value


def _year_formulas(year: int, months: Page, given: Inputs) -> dict[str, str]:
    cells, letter = given.cells, xl_col_to_name(year)
    at = {name: f"{letter}{row + 1}" for name, row in _RESULTS.items()}

    def added(name: str) -> str:
        first = months.address(_ROWS[name], (year - 1) * MONTHS + 1)
        last = months.address(_ROWS[name], year * MONTHS).rpartition("!")[2]
        return f"ROUND(SUM({first}:{last}),2)"

    people = f'COUNTIF({given.staff.months},"<={year * MONTHS}")'
    is_small = (
        f"AND({cents(cells['small_limit'])}>0,{cents(at['sales'])}<={cents(cells['small_limit'])},"
        f"OR({cells['small_staff']}=0,{people}<={cells['small_staff']}))"
    )
    costs = ("running", "staff", "startup", "interest")
    return {
        **{name: added(name) for name in ("units", "sales", "variable", *costs, "receipts", "payments")},
        "margin": f"ROUND({at['sales']}-{at['variable']},2)",
        "before_tax": f"ROUND({at['margin']}-{'-'.join(at[name] for name in costs)},2)",
        "tax_rate": f"IF({is_small},{cells['small']},{cells['profit']})",
        "tax": amount_of(f"{cents('MAX(0,' + at['before_tax'] + ')')}*{points(at['tax_rate'])}/10000"),
        "result": f"ROUND({at['before_tax']}-{at['tax']},2)",
        "closing": months.address(_ROWS["closing"], year * MONTHS),
    }


def _write_outcome(page: Page, months: Page, units: Page, given: Inputs, statement: Statement) -> None:
    """Funding need and break-even: what is missing at most, and how much has to be sold."""
    row = max(_RESULTS.values()) + 2
    count = len(statement.months)
    closing = (
        f"{months.address(_ROWS['closing'], 1)}:{months.address(_ROWS['closing'], count).rpartition('!')[2]}"
    )
    page.text(row, 0, FIGURES["funding_need"], "bold")
    page.formula(row, 1, f"MAX(0,-MIN({closing}))", statement.funding_need)
    page.text(row + 1, 0, FIGURES["lowest"])
    page.formula(row + 1, 1, f"MATCH(MIN({closing}),{closing},0)", statement.lowest, "whole")
    page.text(row + 2, 0, FIGURES["vat_left"])
    page.formula(row + 2, 1, months.address(_ROWS["vat_due"], count), statement.vat_left)
    page.text(row + 3, 0, FIGURES["tax_left"])
    page.formula(row + 3, 1, page.address(_RESULTS["tax"], len(statement.years)), statement.tax_left)
    page.heads(row + 5, [None, _("Costs to be covered"), _("Units a year"), _("Sales of a year")])
    first = statement.years[0]
    fixed = ("running", "staff", "interest")
    for at, name, costs in (
        (row + 6, "break_even", fixed),
        (row + 7, "earned_back", (*fixed, "startup")),
    ):
        page.text(at, 0, FIGURES[name])
        added = "+".join(page.address(_RESULTS[cost], 1) for cost in costs)
        value = sum(getattr(first, cost) for cost in costs)
        cell = page.formula(at, 1, f"ROUND({added},2)", value)
        _write_break_even(page, at, cell, units, given, getattr(statement, name))


def _write_break_even(
    page: Page, row: int, fixed: str, units: Page, given: Inputs, told: BreakEven | None
) -> None:
    """ceil(fixed / what a unit leaves), for one product; for several, of their mix in the first year.

    A whole quotient is found by rounding and one comparison: division alone might miss it by a hair.
    """
    sales, unit, count = page.address(_RESULTS["sales"], 1), _NUMBERS + 1, page.address(_RESULTS["units"], 1)
    left = cents(page.address(_RESULTS["margin"], 1))
    if len(given.products) == 1:
        sales, count = units.address(unit, 1), "1"
        left = f"({cents(units.address(unit, 1))}-{cents(units.address(unit, 2))})"
    needed, undefined = f"{cents(fixed)}*{count}", _("not defined")
    near = f"ROUND({needed}/{left},0)"
    formula = f'IF({left}>0,IF({near}*{left}>={needed},{near},{near}+1),"{undefined}")'
    cell = page.formula(row, 2, formula, told.units if told else undefined, "whole")
    worth = f'IF(ISNUMBER({cell}),ROUND({cell}*{cents(sales)}/{count},0)/100,"{undefined}")'
    page.formula(row, 3, worth, told.sales if told else undefined)
