"""The figures of a plan as its pages show them: the statement, what to look at, a drawing of the till."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varpa.businessplans.drawn import bars
from varpa.businessplans.models import BusinessPlan
from varpa.money import rates as taxes
from varpa.money import words
from varpa.money.amounts import amounts_in
from varpa.money.figures import MONTHS, Amount, Figures, Monthly, empty, from_json
from varpa.money.rates import Rates
from varpa.money.reckoning import UNCHANGED, Scenario, WhatIf, reckon
from varpa.money.statement import Month, Statement
from varpa.programmes.models import Programme
from varpa.taxes.queries import rates_in

COUNTRY: Final = "LV"
NOTHING: Final = "–"
ROWS: Final = (
    "opening",
    "sales",
    "vat_collected",
    "sources",
    "loan",
    "receipts",
    "variable",
    "running",
    "staff",
    "startup",
    "vat_paid",
    "vat_settled",
    "interest",
    "principal",
    "tax",
    "payments",
    "closing",
)
SUMS: Final = frozenset({"receipts", "payments", "closing"})


@dataclass(frozen=True)
class Line:
    """One row of the table of months; `cells` are amounts in words."""

    name: str
    cells: list[str]
    is_sum: bool


class Drawn(NamedTuple):
    """A drawing, and the words for whoever does not see it."""

    svg: SafeString
    said: str


@dataclass(frozen=True)
class Shown:
    """Everything that the page of the figures says."""

    figures: Figures
    rates: Rates
    statement: Statement
    currency: str

    def money(self, cents: int) -> str:
        return words.money(cents, self.currency)

    @property
    def typed(self) -> list[str]:
        """Everything that was typed, a row each, in words."""
        figures, said = self.figures, self.money
        rows = [f"{each.name}: {said(each.price)}, {said(each.variable)}" for each in figures.products]
        once: tuple[Amount | Monthly, ...] = (*figures.startup, *figures.sources, *figures.running)
        rows += [f"{each.name}: {said(each.cents)}" for each in once]
        rows += [f"{each.name}: {said(each.gross)}" for each in figures.staff]
        return rows + ([said(figures.loan.cents)] if figures.loan else [])

    @property
    def warnings(self) -> list[str]:
        return [words.warning_sentence(each, self.currency) for each in self.statement.warnings]

    @property
    def need(self) -> str:
        return self.money(self.statement.funding_need)

    @property
    def need_is_nought(self) -> bool:
        return not self.statement.funding_need

    @property
    def loss(self) -> str:
        return self.money(-self.statement.years[0].result)

    @property
    def result(self) -> str:
        return self.money(self.statement.years[0].result)

    @property
    def result_is_loss(self) -> bool:
        return self.statement.years[0].result < 0

    @property
    def break_even(self) -> str:
        """Units a year, "" where it is undefined."""
        found = self.statement.break_even
        return words.number(found.units) if found else ""

    @property
    def outcome(self) -> list[str]:
        """How the first year ends, and from where on nothing is lost, in sentences."""
        ends = _("The first year ends with a profit of %(amount)s.") % {"amount": self.result}
        if self.result_is_loss:
            ends = _("The first year ends with a loss of %(amount)s.") % {"amount": self.loss}
        found = self.statement.break_even
        if found is None:
            return [ends]
        told = {"units": self.break_even, "sales": self.money(found.sales)}
        return [ends, _("Break-even: %(units)s units a year, sales of %(sales)s.") % told]

    @property
    def source(self) -> list[str]:
        """Which taxes it is reckoned with, and where they stand."""
        return words.rates_sentences(self.rates)

    @property
    def heads(self) -> list[tuple[int, str]]:
        """The number of each month and its place in the calendar."""
        return [(month.month, month_name(self.figures, month.month)) for month in self.statement.months]

    @property
    def lines(self) -> list[Line]:
        """The rows of the months; a row in which nothing happens is left out, but for the sums."""
        return spans(self.statement.months, 1)

    @property
    def years(self) -> list[Line]:
        rows = []
        for name, label in words.YEAR_ROWS.items():
            amounts = [getattr(year, name) for year in self.statement.years]
            told = words.number if name == "units" else self.money
            rows.append(Line(str(label), [told(amount) for amount in amounts], name == "result"))
        return rows

    @property
    def till(self) -> Drawn:
        """The till at each month's end as bars above and below nought; the table beside it says the same."""
        closings = [month.closing for month in self.statement.months]
        return _drawn(closings, till_said(closings, self))

    @property
    def sales(self) -> Drawn:
        """The sales of each month as bars; the table beside them says the same."""
        amounts = [month.sales for month in self.statement.months]
        return _drawn(amounts, sales_said(amounts, self))


def figures_of(plan: BusinessPlan, today: date) -> Figures:
    """The figures of a plan; before the first one empty, in the country of the mentee and from this month."""
    if plan.figures:
        return from_json(plan.figures)
    return empty(plan.membership.country or COUNTRY, f"{today:%Y-%m}")


def rates_kept(figures: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """The rates now in force, to be kept with figures as they are kept; {} where there are none."""
    return taxes.to_json(_in_force(from_json(figures), programme)) if figures else {}


def rates_now(plan: BusinessPlan) -> dict[str, Any]:
    """The rates of a plan as they are kept: those with which it was handed in, else those now in force."""
    return plan.rates or rates_kept(plan.figures, plan.membership.programme)


def rates_of_plan(plan: BusinessPlan, figures: Figures) -> Rates:
    """The rates with which the figures of a plan are reckoned, also before the first one is written."""
    if plan.rates:
        return taxes.from_json(plan.rates)
    return _in_force(figures, plan.membership.programme)


def _in_force(figures: Figures, programme: Programme) -> Rates:
    return rates_in(programme, figures.country, int(figures.starts[:4]))


def shown(
    figures: Figures, rates: Rates, scenario: Scenario = Scenario.EXPECTED, what_if: WhatIf = UNCHANGED
) -> Shown:
    """What follows from the figures."""
    return Shown(figures, rates, reckon(figures, rates, scenario=scenario, what_if=what_if), figures.currency)


def shown_as_kept(figures: Mapping[str, Any], rates: Mapping[str, Any]) -> Shown:
    """What follows from figures and rates as a version keeps them."""
    return shown(from_json(figures), taxes.from_json(rates))


def results(figures: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The amounts by which two versions are compared: {a year, or the whole plan: {name: amount in words}}.

    {} where there are no figures.
    """
    if not figures:
        return {}
    of = shown_as_kept(figures, kept)
    told = {
        _("Year %(number)d") % {"number": year.year}: {
            str(label): (words.number if name == "units" else of.money)(getattr(year, name))
            for name, label in words.YEAR_ROWS.items()
        }
        for year in of.statement.years
    }
    whole = {"funding_need": of.need, "break_even": of.break_even or NOTHING}
    return {**told, _("The whole plan"): {str(words.FIGURES[name]): said for name, said in whole.items()}}


def taxes_of(figures: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The taxes with which a version is reckoned, to be compared as `results` are."""
    if not figures:
        return {}
    return {_("Taxes and contributions"): words.rates_rows(taxes.from_json(kept))}


def spans(months: Sequence[Month], length: int) -> list[Line]:
    """The rows of months, `length` of them in each column; one in which nothing happens is left out."""
    parts = [months[at : at + length] for at in range(0, len(months), length)]
    found = []
    for name in ROWS:
        amounts = [_over(part, name) for part in parts]
        if any(amounts) or name in SUMS:
            cells = [words.money(amount, "").strip() if amount else NOTHING for amount in amounts]
            found.append(Line(str(words.MONTH_ROWS[name]), cells, name in SUMS))
    return found


def _over(months: Sequence[Month], name: str) -> int:
    """An amount over some months that follow each other: what stood first, what stands last, else the sum."""
    if name == "opening":
        return months[0].opening
    return months[-1].closing if name == "closing" else sum(getattr(month, name) for month in months)


def month_name(figures: Figures, month: int) -> str:
    """A month of the plan in the calendar: 2026-09, in Latvian 09.2026."""
    at = int(figures.starts[:4]) * MONTHS + int(figures.starts[5:]) + month - 2
    year, place = at // MONTHS, at % MONTHS + 1
    return f"{place:02}.{year}" if get_language() == "lv" else f"{year}-{place:02}"


def unknown_amounts(texts: Iterable[str], figures: Figures, rates: Rates) -> list[str]:
    """Amounts of money that the text names and the figures do not know: one of the two may be old."""
    known = _known(figures, rates)
    found: dict[str, None] = {}
    for text in texts:
        for said, readings in amounts_in(text, figures.currency):
            if known.isdisjoint(readings):
                found[said] = None
    return list(found)


def _known(figures: Figures, rates: Rates) -> set[int]:
    statement = shown(figures, rates).statement
    known = _amounts(figures.startup) | _amounts(figures.sources) | _amounts(figures.running)
    known |= {row.gross for row in figures.staff}
    for product in figures.products:
        known |= {product.price, product.variable, abs(product.price - product.variable)}
    known |= {figures.loan.cents} if figures.loan else set()
    for month in statement.months:
        known |= {abs(getattr(month, name)) for name in ROWS}
    for year in (*statement.years, statement.total):
        known |= {abs(getattr(year, name)) for name in words.YEAR_ROWS if name != "units"}
    known.add(statement.funding_need)
    known |= {found.sales for found in (statement.break_even, statement.earned_back) if found}
    return known


def _amounts(rows: Iterable[Amount | Monthly]) -> set[int]:
    """The amounts of a table, and their sum."""
    cents = [row.cents for row in rows]
    return {*cents, sum(cents)}


def till_said(closings: Sequence[int], of: Shown) -> str:
    """The words of a drawing of the till; `closings` in cents."""
    told = {"least": of.money(min(closings)), "most": of.money(max(closings))}
    return _("The till at the end of each month: from %(least)s to %(most)s.") % told


def sales_said(amounts: Sequence[int], of: Shown) -> str:
    """The words of a drawing of sales; `amounts` in cents."""
    told = {"least": of.money(min(amounts)), "most": of.money(max(amounts))}
    return _("Sales of each month: from %(least)s to %(most)s.") % told


def _drawn(amounts: Sequence[int], said: str) -> Drawn:
    return Drawn(bars(amounts, said), said)
