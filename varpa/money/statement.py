"""What follows from the figures of a plan: months, years, and what to look at. All amounts in cents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Line(NamedTuple):
    """A product as reckoned with: cents a unit after changes, and the units of each month of the plan."""

    name: str
    price: int
    variable: int
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month, in cents. `staff` is gross wages and the employer's contributions; `balance` the loan left.

    `vat_due` = collected - paid, of this month; `vat_settled`: the month before's, paid to the state now, or
    come back from it where it is negative. `tax`: on the profit of the year before, paid now.
    """

    month: int
    units: int
    sales: int
    variable: int
    running: int
    staff: int
    startup: int
    sources: int
    loan: int
    interest: int
    principal: int
    balance: int
    vat_collected: int
    vat_paid: int
    vat_due: int
    vat_settled: int
    tax: int
    receipts: int
    payments: int
    opening: int
    closing: int


@dataclass(frozen=True, slots=True)
class Year:
    """The result of a year (`year` 1 to 3), or of the whole plan (0). `margin` = sales - variable;

    `before_tax` = margin - running - staff - startup - interest; `tax` on it, whenever it is paid; `result`
    = before_tax - tax. `tax_rate` in basis points.
    """

    year: int
    units: int
    sales: int
    variable: int
    margin: int
    running: int
    staff: int
    startup: int
    interest: int
    before_tax: int
    tax_rate: int
    tax: int
    result: int
    receipts: int
    payments: int
    closing: int


class BreakEven(NamedTuple):
    """Units a year, in the planned mix, and the sales that they make."""

    units: int
    sales: int


class WarningKind(StrEnum):
    TILL_EMPTY = "till_empty"
    TILL_LOWEST = "till_lowest"
    BELOW_COST = "below_cost"
    AT_COST = "at_cost"
    NOTHING_SOLD = "nothing_sold"
    NO_BREAK_EVEN = "no_break_even"
    BREAK_EVEN_MISSED = "break_even_missed"
    LOSS = "loss"
    VAT_LIMIT = "vat_limit"
    BEYOND_PLAN = "beyond_plan"


class PlanWarning(NamedTuple):
    """What to look at: month (0: none; of LOSS the year), amount in cents or units (0: none), of what."""

    kind: WarningKind
    month: int = 0
    amount: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that follows from the figures. `lowest`: the month with the lowest closing.

    `break_even` is about the first year's running costs, wages and interest; `earned_back` about those and
    the start-up costs, so that it is reached where the first year's result is no loss. None: undefined.
    `vat_left`: the last month's VAT, which is settled after the plan's end; `tax_left`: the same of its tax.
    """

    lines: tuple[Line, ...]
    months: tuple[Month, ...]
    years: tuple[Year, ...]
    total: Year
    funding_need: int
    lowest: int
    break_even: BreakEven | None
    earned_back: BreakEven | None
    vat_left: int
    tax_left: int
    warnings: tuple[PlanWarning, ...]
