"""The figures of a plan in words: names of rows, amounts as a language writes them, sentences of warnings."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from varpa.money.figures import Fault, FaultKind
from varpa.money.rates import AMOUNTS, NAMES, SHARES, Rates
from varpa.money.reckoning import Scenario
from varpa.money.statement import PlanWarning, WarningKind

JOIN: Final = "\u00a0"
MINUS: Final = "\u2212"
SIGNS: Final = {"EUR": "€", "LVL": "Ls", "LTL": "Lt"}

# What each field of a month or a year is called, in the order in which a statement shows them.
MONTH_ROWS: Final[Mapping[str, str | Promise]] = {
    "units": _("Units sold"),
    "opening": _("Opening balance"),
    "sales": _("Sales"),
    "vat_collected": _("VAT collected"),
    "sources": _("Own money and grants"),
    "loan": _("Loan received"),
    "receipts": _("Receipts"),
    "variable": _("Variable costs"),
    "running": _("Running costs"),
    "staff": _("Wages with contributions"),
    "startup": _("Start-up costs"),
    "vat_paid": _("VAT paid on purchases"),
    "vat_settled": _("VAT settled with the state"),
    "interest": _("Interest on the loan"),
    "principal": _("Loan paid back"),
    "tax": _("Tax on profit"),
    "payments": _("Payments"),
    "closing": _("Closing balance"),
    "vat_due": _("VAT due next month"),
    "balance": _("Loan still owed"),
}
YEAR_ROWS: Final[Mapping[str, str | Promise]] = {
    "units": MONTH_ROWS["units"],
    "sales": MONTH_ROWS["sales"],
    "variable": MONTH_ROWS["variable"],
    "margin": _("Gross profit"),
    "running": MONTH_ROWS["running"],
    "staff": MONTH_ROWS["staff"],
    "startup": MONTH_ROWS["startup"],
    "interest": MONTH_ROWS["interest"],
    "before_tax": _("Result before tax"),
    "tax": MONTH_ROWS["tax"],
    "result": _("Result after tax"),
    "receipts": MONTH_ROWS["receipts"],
    "payments": MONTH_ROWS["payments"],
    "closing": MONTH_ROWS["closing"],
}
FIGURES: Final[Mapping[str, str | Promise]] = {
    "funding_need": _("Funding need"),
    "lowest": _("Month with the least money"),
    "break_even": _("Break-even"),
    "earned_back": _("Break-even with the start-up costs"),
    "vat_left": _("VAT settled after the end of the plan"),
    "tax_left": _("Tax on profit paid after the end of the plan"),
}
RATES: Final[Mapping[str, str | Promise]] = {
    "vat": _("Rate of VAT"),
    "vat_limit": _("Sales of twelve months from which a firm registers for VAT"),
    "employer": _("Employer’s contributions on wages"),
    "employee": _("Employee’s contributions on wages"),
    "profit": _("Rate of the tax on profit"),
    "distributed": _("Tax on profit that is paid out"),
    "small": _("Lower rate of a small firm"),
    "small_limit": _("Sales up to which a firm is small"),
    "small_staff": _("People up to whom a firm is small"),
    "year": _("Year from which they are"),
    "source": _("Source"),
    "checked": _("Written down on"),
}
SCENARIOS: Final[Mapping[Scenario, str | Promise]] = {
    Scenario.CAREFUL: _("Careful"),
    Scenario.EXPECTED: _("Expected"),
    Scenario.BOLD: _("Bold"),
}


def number(whole: int) -> str:
    """A whole number with its thousands apart: `1 320`, in English `1,320`."""
    return _grouped(abs(whole), MINUS if whole < 0 else "")


def money(cents: int, currency: str) -> str:
    """An amount as the reader's language writes it: `1 320,00 €`, in English `1,320.00 €`."""
    sign = MINUS if cents < 0 else ""
    point = "." if _english() else ","
    whole, part = divmod(abs(cents), 100)
    return f"{_grouped(whole, sign)}{point}{part:02}{JOIN}{SIGNS.get(currency, currency)}"


def percent(points: int) -> str:
    """Basis points as a share of a hundred: `8,5 %`, in English `8.5%`."""
    whole, part = divmod(abs(points), 100)
    rest = f"{part:02}".rstrip("0")
    point = "." if _english() else ","
    told = f"{MINUS if points < 0 else ''}{whole}{point + rest if rest else ''}"
    return f"{told}%" if _english() else f"{told}{JOIN}%"


def rates_sentences(rates: Rates) -> list[str]:
    """Which taxes are reckoned with, from which year, by which source, and what is peculiar to a country."""
    if not rates.year:
        told = gettext("The taxes of {country} are not known here: the plan is reckoned without them.")
        return [told.format(country=rates.country)]
    told = gettext("Rates of {country} of the year {year}, written down on {checked}. Source: {source}")
    known = {"country": rates.country, "year": rates.year, "checked": rates.checked, "source": rates.source}
    sentences = [f"{told.format(**known)}."] if rates.has_known else []
    sentences += _own_sentences(rates)
    sentences.append(
        gettext("They are for learning: compare them with the source before money depends on them.")
    )
    if rates.distributed:
        told = gettext("Profit is taxed only when it is paid out of the firm: {rate} of what is paid.")
        sentences.append(told.format(rate=percent(rates.distributed)))
    return sentences


class Group(NamedTuple):
    """Rates that stand in one source, seen there on one day: what each is called, and what it comes to."""

    is_own: bool
    source: str
    day: date
    rates: list[tuple[str, str]]


def by_source(rates: Rates) -> list[Group]:
    """The rates by where they stand, the site's first; one that there is not is left out."""
    own = {each.name: each for each in rates.own}
    found: dict[tuple[bool, str, str], list[tuple[str, str]]] = {}
    for name in (name for name in RATES if name in NAMES and (name in own or getattr(rates, name))):
        stands = own.get(name, rates)
        told = str(RATES[name]), rate(rates, name)
        found.setdefault((name in own, stands.source, stands.checked), []).append(told)
    groups = [
        Group(is_own, source, date.fromisoformat(day), told) for (is_own, source, day), told in found.items()
    ]
    return sorted(groups, key=lambda group: group.is_own)


def _own_sentences(rates: Rates) -> list[str]:
    """Which of them the programme has set."""
    told = gettext("Set by the programme: {rates}. Source: {source}, seen on {checked}.")
    return [
        told.format(
            rates="; ".join(f"{label} {value}" for label, value in group.rates),
            source=group.source,
            checked=group.day.isoformat(),
        )
        for group in by_source(rates)
        if group.is_own
    ]


def rates_rows(rates: Rates) -> dict[str, str]:
    """Each rate by its name; one that there is not is left out."""
    own = {each.name: each for each in rates.own}
    silent = () if rates.has_known else ("source", "checked")
    return {
        str(label): f"{rate(rates, name)} ({own[name].source}, {own[name].checked})"
        if name in own
        else rate(rates, name)
        for name, label in RATES.items()
        if name in own or (getattr(rates, name) and name not in silent)
    }


def rate(rates: Rates, name: str) -> str:
    """What one of them comes to: `21 %`, `50 000,00 €`, `10`."""
    value = getattr(rates, name)
    if name in AMOUNTS:
        return money(value, rates.currency)
    return percent(value) if name in SHARES else str(value)


def warning_sentence(warning: PlanWarning, currency: str) -> str:
    """A warning as a sentence that blames nobody."""
    if warning.kind is WarningKind.BREAK_EVEN_MISSED:
        return ngettext(
            "In the first year {count} unit is missing to break even.",
            "In the first year {count} units are missing to break even.",
            warning.amount,
        ).format(count=number(warning.amount))
    return str(_SENTENCES[warning.kind]).format(
        month=warning.month,
        amount=money(warning.amount, currency),
        name=warning.name or gettext("Without a name"),
    )


def fault_sentence(fault: Fault, currency: str) -> str:
    """What is wrong at one place of figures that were given, to stand beside that place."""
    field = fault.where.rpartition(".")[2]
    bound = fault.bound or 0
    if fault.where == "products" and fault.kind is FaultKind.HIGH:
        return gettext("What is sold or made in a year may come to {amount} at most.").format(
            amount=money(bound, currency)
        )
    told = money(bound, currency) if field in _AMOUNTS else number(bound)
    return str(_FAULTS[fault.kind]).format(bound=told)


def _english() -> bool:
    return (get_language() or "en")[:2] not in ("lv", "lt")


def _grouped(whole: int, sign: str) -> str:
    grouped = f"{whole:,}"
    return sign + (grouped if _english() else grouped.replace(",", JOIN))


_AMOUNTS: Final = ("price", "variable", "cents", "gross")

_SENTENCES: Final[Mapping[WarningKind, str | Promise]] = {
    WarningKind.TILL_EMPTY: _("In month {month} the till is empty: {amount} are missing."),
    WarningKind.TILL_LOWEST: _("The most is missing in month {month}: {amount}."),
    WarningKind.BELOW_COST: _("{name} is sold below what it costs to make: {amount} are lost on each unit."),
    WarningKind.AT_COST: _("{name} is sold for just what it costs to make: nothing is left for other costs."),
    WarningKind.NOTHING_SOLD: _("Nothing is sold in the first year yet."),
    WarningKind.NO_BREAK_EVEN: _(
        "There is no break-even: what is sold brings no more than it costs to make."
    ),
    WarningKind.LOSS: _("Year {month} ends with a loss: {amount}."),
    WarningKind.VAT_LIMIT: _(
        "By month {month} the sales of twelve months come to {amount}: the firm has to register for VAT."
    ),
    WarningKind.BEYOND_PLAN: _("{name}: month {month} is after the end of the plan, so it is not counted."),
}

_FAULTS: Final[Mapping[FaultKind, str | Promise]] = {
    FaultKind.MISSING: _("Something is missing here."),
    FaultKind.UNKNOWN: _("Something stands here that does not belong to the figures."),
    FaultKind.NOT_WHOLE: _("This has to be a number."),
    FaultKind.LOW: _("The least that fits here is {bound}."),
    FaultKind.HIGH: _("The most that fits here is {bound}."),
    FaultKind.TEXT: _("This text has signs that cannot be kept."),
    FaultKind.LONG: _("A name has {bound} characters at most."),
    FaultKind.MANY: _("There is room for {bound} rows."),
    FaultKind.SHAPE: _("This cannot be read."),
}
