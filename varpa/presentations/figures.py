"""Figures of the business plan on a slide: as they stand in the plan, so that the two never contradict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.businessplans import figures as plans
from varpa.businessplans.drawn import bars
from varpa.businessplans.queries import plan_of
from varpa.money import words
from varpa.money.figures import MONTHS
from varpa.money.statement import WarningKind
from varpa.presentations.models import Presentation, Shown, Version
from varpa.presentations.queries import handed_in
from varpa.programmes.models import Membership

NONE_LEFT: Final = (WarningKind.NO_BREAK_EVEN, WarningKind.NOTHING_SOLD)
OF_YEAR: Final = ("sales", "variable", "running", "staff", "startup", "interest", "tax", "result")
Row = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """What a slide shows: a sentence, perhaps a drawing, and a table of two columns that says the same.

    `drawn` are the words of the drawing; the last row of a table that `sums` is its outcome.
    """

    name: str
    sentence: str
    head: Row
    rows: tuple[Row, ...]
    drawing: SafeString | None = None
    drawn: str = ""
    sums: bool = False


def figures_on(
    kinds: Iterable[str], presentation: Presentation, version: Version | None = None
) -> dict[str, Figure]:
    """What stands in the plan of a mentee, by kind (of Shown); {} before its first figure.

    Once the presentation is submitted, as it stood then; with `version`, as it stood when that was.
    """
    wanted = [kind for kind in kinds if kind]
    if not wanted:
        return {}
    stood = version or handed_in(presentation)
    figures, rates = (stood.figures, stood.rates) if stood else plan_figures(presentation.membership)
    if not figures:
        return {}
    of = plans.shown_as_kept(figures, rates)
    return {kind: _KINDS[kind](of) for kind in wanted}


def plan_figures(membership: Membership) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of a mentee's plan as they are kept, and with which rates; {} where there is none."""
    plan = plan_of(membership)
    return (plan.figures, plans.rates_now(plan)) if plan else ({}, {})


def _sales(of: plans.Shown) -> Figure:
    amounts = [month.sales for month in of.statement.months[:MONTHS]]
    drawn = plans.sales_said(amounts, of)
    total = _("Sales of the first year: %(amount)s.") % {"amount": of.money(sum(amounts))}
    return _by_month(of, Shown.SALES, amounts, str(words.MONTH_ROWS["sales"]), total, drawn)


def _till(of: plans.Shown) -> Figure:
    amounts = [month.closing for month in of.statement.months[:MONTHS]]
    drawn = plans.till_said(amounts, of)
    return _by_month(of, Shown.TILL, amounts, str(words.MONTH_ROWS["closing"]), "", drawn)


def _by_month(
    of: plans.Shown, kind: Shown, amounts: list[int], column: str, sentence: str, drawn: str
) -> Figure:
    names = [name for _number, name in of.heads]
    rows = tuple((name, of.money(amount)) for name, amount in zip(names, amounts, strict=False))
    head = (_("Month"), column)
    return Figure(str(kind.label), sentence, head, rows, bars(amounts, drawn), drawn)


def _need(of: plans.Shown) -> Figure:
    months, statement = of.statement.months, of.statement
    sums = {name: sum(getattr(month, name) for month in months) for name in ("startup", "sources", "loan")}
    rows = [(str(words.MONTH_ROWS[name]), of.money(amount)) for name, amount in sums.items() if amount]
    rows.append((str(words.FIGURES["lowest"]), plans.month_name(of.figures, statement.lowest)))
    rows.append((str(words.FIGURES["funding_need"]), of.need))
    sentence = _("The money lasts.") if of.need_is_nought else ""
    return _table(Shown.NEED, sentence, rows)


def _break_even(of: plans.Shown) -> Figure:
    found, year = of.statement.break_even, of.statement.years[0]
    if found is None:
        said = [each for each in of.statement.warnings if each.kind in NONE_LEFT]
        sentence = " ".join(words.warning_sentence(each, of.currency) for each in said)
        return _table(Shown.BREAK_EVEN, sentence, [(str(words.FIGURES["break_even"]), plans.NOTHING)])
    rows = [
        (_("Units a year"), words.number(found.units)),
        (str(words.MONTH_ROWS["sales"]), of.money(found.sales)),
        (_("Units planned for the first year"), words.number(year.units)),
        (_("Sales planned for the first year"), of.money(year.sales)),
    ]
    return _table(Shown.BREAK_EVEN, "", rows, sums=False)


def _year(of: plans.Shown) -> Figure:
    year = of.statement.years[0]
    amounts = [(name, getattr(year, name)) for name in OF_YEAR]
    rows = [
        (str(words.YEAR_ROWS[name]), of.money(amount))
        for name, amount in amounts
        if amount or name == "result"
    ]
    return _table(Shown.YEAR, "", rows)


def _table(kind: Shown, sentence: str, rows: list[Row], *, sums: bool = True) -> Figure:
    head = (pgettext("figures", "What"), pgettext("figures", "How much"))
    return Figure(str(kind.label), sentence, head, tuple(rows), sums=sums)


_KINDS: Final[dict[str, Callable[[plans.Shown], Figure]]] = {
    Shown.SALES: _sales,
    Shown.TILL: _till,
    Shown.NEED: _need,
    Shown.BREAK_EVEN: _break_even,
    Shown.YEAR: _year,
}
