"""What a reader of a plan's figures should look at, as kinds with month and amount; words.py says them."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from varpa.money.figures import MONTHS, Figures
from varpa.money.rates import Rates
from varpa.money.statement import BreakEven, Line, Month, PlanWarning, WarningKind, Year


def warnings_of(
    figures: Figures,
    rates: Rates,
    lines: Iterable[Line],
    months: Sequence[Month],
    years: Sequence[Year],
    break_even: BreakEven | None,
) -> Iterable[PlanWarning]:
    """In the order in which a reader wants to know them: the till, the prices, the year, the state."""
    yield from _of_the_till(months)
    for line in lines:
        if line.price < line.variable:
            yield PlanWarning(WarningKind.BELOW_COST, 0, line.variable - line.price, line.name)
        elif line.price == line.variable and any(line.units):
            yield PlanWarning(WarningKind.AT_COST, 0, line.price, line.name)
    if figures.products and not years[0].units:
        yield PlanWarning(WarningKind.NOTHING_SOLD)
    elif break_even is None and figures.products:
        yield PlanWarning(WarningKind.NO_BREAK_EVEN)
    elif break_even and break_even.units > years[0].units:
        yield PlanWarning(WarningKind.BREAK_EVEN_MISSED, 0, break_even.units - years[0].units)
    for year in years:
        if year.result < 0:
            yield PlanWarning(WarningKind.LOSS, year.year, -year.result)
    if not figures.vat and rates.vat_limit:
        yield from _of_the_vat_limit(rates.vat_limit, months)
    last = len(months)
    dated = [(each.name, each.month) for each in figures.startup + figures.sources]
    dated += [(each.name, each.starts) for each in figures.running]
    dated += [(each.name, each.starts) for each in figures.staff]
    dated += [("", figures.loan.starts)] if figures.loan else []
    yield from (PlanWarning(WarningKind.BEYOND_PLAN, month, 0, name) for name, month in dated if month > last)


def _of_the_till(months: Sequence[Month]) -> Iterable[PlanWarning]:
    """The first month in which the till is empty, and the worst one where that is another."""
    empty = [month for month in months if month.closing < 0]
    if not empty:
        return
    first, worst = empty[0], min(empty, key=attrgetter("closing"))
    yield PlanWarning(WarningKind.TILL_EMPTY, first.month, -first.closing)
    if worst is not first:
        yield PlanWarning(WarningKind.TILL_LOWEST, worst.month, -worst.closing)


def _of_the_vat_limit(limit: int, months: Sequence[Month]) -> Iterable[PlanWarning]:
    """The first month by which twelve months' sales have passed the limit."""
    for at, month in enumerate(months):
        year = sum(each.sales for each in months[max(0, at - MONTHS + 1) : at + 1])
        if year > limit:
            yield PlanWarning(WarningKind.VAT_LIMIT, month.month, year)
            return
