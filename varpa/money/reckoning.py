"""The figures of a plan reckoned through, month by month: pure, in whole cents, each rounding half up.

closing = opening + receipts - payments; funding need = max(0, -lowest closing); break-even units =
ceil(fixed / (price - variable)). What else is assumed stands in docs/decisions/0013-money-of-a-plan.md.
"""

from collections.abc import Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final, NamedTuple

from varpa.money.figures import MONTHS, Figures, Loan
from varpa.money.rates import Rates
from varpa.money.statement import BreakEven, Line, Month, Statement, Year
from varpa.money.warnings import warnings_of

WHOLE: Final = 10_000
# The month of the next year in which the tax on a year's profit is paid.
TAX_MONTH: Final = 6
CHANGE: Final = (-5_000, 5_000)


class Scenario(StrEnum):
    """How much is sold, beside what was planned."""

    CAREFUL = "careful"
    EXPECTED = "expected"
    BOLD = "bold"

    @property
    def share(self) -> int:
        """Basis points of the planned units."""
        return {"careful": 7_000, "expected": WHOLE, "bold": 13_000}[self.value]


class WhatIf(NamedTuple):
    """Changes in basis points, -5000 to 5000: of prices, of units sold, of variable and running costs."""

    price: int = 0
    volume: int = 0
    cost: int = 0


UNCHANGED: Final = WhatIf()


def half_up(number: int, by: int) -> int:
    """A quotient rounded to a whole, a half upwards."""
    return (2 * number + by) // (2 * by)


def changed(number: int, change: int) -> int:
    """A number after a change in basis points."""
    return half_up(number * (WHOLE + change), WHOLE)


def reckon(
    figures: Figures, rates: Rates, *, scenario: Scenario = Scenario.EXPECTED, what_if: WhatIf = UNCHANGED
) -> Statement:
    """The statement of a plan under the rates of its first year, in a scenario and after changes."""
    lines = _lines(figures, scenario, what_if)
    flows = _flows(figures, rates, lines, what_if)
    vat = rates.vat if figures.vat else 0
    months: list[Month] = []
    years: list[Year] = []
    for at, flow in enumerate(flows):
        tax = years[-1].tax if years and at % MONTHS == TAX_MONTH - 1 else 0
        months.append(_month(flow, figures.loan, vat, tax, months[-1] if months else None))
        if len(months) % MONTHS == 0:
            year = len(months) // MONTHS
            people = sum(1 for each in figures.staff if each.starts <= len(months))
            years.append(_year(year, months[-MONTHS:], rates, people))
    lowest = min(months, key=attrgetter("closing"))
    fixed = years[0].running + years[0].staff + years[0].interest
    sold = [(line.price, line.variable, sum(line.units[:MONTHS])) for line in lines]
    break_even = _break_even(fixed, sold)
    return Statement(
        lines=lines,
        months=tuple(months),
        years=tuple(years),
        total=_total(years),
        funding_need=max(0, -lowest.closing),
        lowest=lowest.month,
        break_even=break_even,
        earned_back=_break_even(fixed + years[0].startup, sold),
        vat_left=months[-1].vat_due,
        tax_left=years[-1].tax,
        warnings=tuple(warnings_of(figures, rates, lines, months, years, break_even)),
    )


def _lines(figures: Figures, scenario: Scenario, what_if: WhatIf) -> tuple[Line, ...]:
    """Each step is rounded to whole units, the next year's from this year's, as a spreadsheet shows them."""
    lines = []
    for product in figures.products:
        planned = [half_up(units * scenario.share, WHOLE) for units in product.volumes]
        year = [changed(units, what_if.volume) for units in planned]
        units = list(year)
        for growth in figures.growth[: figures.years - 1]:
            year = [changed(each, growth) for each in year]
            units += year
        price, variable = changed(product.price, what_if.price), changed(product.variable, what_if.cost)
        lines.append(Line(product.name, price, variable, tuple(units)))
    return tuple(lines)


class _Flow(NamedTuple):
    """What a month brings and costs, whatever stands in the till."""

    month: int
    units: int
    sales: int
    variable: int
    running: int
    staff: int
    startup: int
    sources: int


def _flows(figures: Figures, rates: Rates, lines: Sequence[Line], what_if: WhatIf) -> list[_Flow]:
    months = range(1, MONTHS * figures.years + 1)
    running = [(each.starts, changed(each.cents, what_if.cost)) for each in figures.running]
    staff = [(each.starts, cost_of(each.gross, rates)) for each in figures.staff]
    return [
        _Flow(
            month=month,
            units=sum(line.units[month - 1] for line in lines),
            sales=sum(line.price * line.units[month - 1] for line in lines),
            variable=sum(line.variable * line.units[month - 1] for line in lines),
            running=sum(cents for starts, cents in running if starts <= month),
            staff=sum(cents for starts, cents in staff if starts <= month),
            startup=sum(each.cents for each in figures.startup if each.month == month),
            sources=sum(each.cents for each in figures.sources if each.month == month),
        )
        for month in months
    ]


def _month(flow: _Flow, borrowed: Loan | None, vat: int, tax: int, before: Month | None) -> Month:
    opening, owed, settled = (before.closing, before.balance, before.vat_due) if before else (0, 0, 0)
    loan, interest, principal = _loan(borrowed, owed, flow.month)
    bought = flow.variable + flow.running + flow.startup
    collected, paid = half_up(flow.sales * vat, WHOLE), half_up(bought * vat, WHOLE)
    receipts = flow.sales + collected + flow.sources + loan + max(0, -settled)
    payments = bought + paid + flow.staff + interest + principal + max(0, settled) + tax
    return Month(
        **flow._asdict(),
        loan=loan,
        interest=interest,
        principal=principal,
        balance=owed + loan - principal,
        vat_collected=collected,
        vat_paid=paid,
        vat_due=collected - paid,
        vat_settled=settled,
        tax=tax,
        receipts=receipts,
        payments=payments,
        opening=opening,
        closing=opening + receipts - payments,
    )


def cost_of(gross: int, rates: Rates) -> int:
    """What a month of somebody's work costs: gross wages and the employer's contributions."""
    return gross + half_up(gross * rates.employer, WHOLE)


def _loan(loan: Loan | None, owed: int, month: int) -> tuple[int, int, int]:
    """What comes in, the interest, and what is paid back, in a month that begins with so much owed."""
    if loan is None or month < loan.starts:
        return 0, 0, 0
    if month == loan.starts:
        return loan.cents, 0, 0
    is_last = month == loan.starts + loan.months
    part = owed if is_last else min(owed, half_up(loan.cents, loan.months))
    return 0, half_up(owed * loan.rate, WHOLE * MONTHS), part


def _year(year: int, months: Sequence[Month], rates: Rates, people: int) -> Year:
    def of(name: str) -> int:
        return sum(map(attrgetter(name), months))

    sales, variable, running, staff = of("sales"), of("variable"), of("running"), of("staff")
    startup, interest = of("startup"), of("interest")
    before_tax = sales - variable - running - staff - startup - interest
    rate = rates.profit_rate(sales, people)
    tax = half_up(max(0, before_tax) * rate, WHOLE)
    return Year(
        year=year,
        units=of("units"),
        sales=sales,
        variable=variable,
        margin=sales - variable,
        running=running,
        staff=staff,
        startup=startup,
        interest=interest,
        before_tax=before_tax,
        tax_rate=rate,
        tax=tax,
        result=before_tax - tax,
        receipts=of("receipts"),
        payments=of("payments"),
        closing=months[-1].closing,
    )


_ADDED: Final = (
    "units",
    "sales",
    "variable",
    "margin",
    "running",
    "staff",
    "startup",
    "interest",
    "before_tax",
    "tax",
    "result",
    "receipts",
    "payments",
)


def _total(years: Sequence[Year]) -> Year:
    added = {name: sum(map(attrgetter(name), years)) for name in _ADDED}
    return Year(year=0, tax_rate=0, closing=years[-1].closing, **added)


def _break_even(fixed: int, sold: Sequence[tuple[int, int, int]]) -> BreakEven | None:
    """Of (price, variable, units of the year) each; None where what is sold leaves nothing for the rest."""
    if len(sold) == 1:
        price, variable, _units = sold[0]
        sold = [(price, variable, 1)]
    units = sum(each for _price, _variable, each in sold)
    left = sum((price - variable) * each for price, variable, each in sold)
    if left <= 0:
        return None
    needed = -(-fixed * units // left)
    return BreakEven(needed, half_up(needed * sum(price * each for price, _cost, each in sold), units))
