"""What the mentee typed into the figures, as tables of a paper: its reader sees what they follow from."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.businessplans.figures import Shown, month_name, shown_as_kept
from varpa.documents.shapes import AmountRow, AmountTable
from varpa.money import words
from varpa.money.figures import MONTHS, Amount
from varpa.money.reckoning import cost_of


def typed_tables(of: Shown) -> list[AmountTable]:
    """What is sold, what is needed to begin and where it comes from, what is paid every month, the loan."""
    return [table for table in _tables(of) if table["rows"]]


def typed_rows(figures: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What was typed, for two versions beside each other: {table: {row: its cells}}; {} without figures."""
    if not figures:
        return {}
    of = shown_as_kept(figures, kept)
    tables = [_frame(of), _products(of), _months(of), *_amounts(of)]
    return {table["name"]: _named(table["rows"]) for table in tables}


def _named(rows: Sequence[AmountRow]) -> dict[str, str]:
    """Each row by its name; a second one of the same name has its number."""
    named: dict[str, str] = {}
    for row in rows:
        name, *cells = row["cells"]
        calls = chain([name], (f"{name} ({number})" for number in count(2)))
        named[next(called for called in calls if called not in named)] = ", ".join(filter(None, cells))
    return named


def growth_sentences(of: Shown) -> list[str]:
    """By how much more is sold in the later years, one line each."""
    told = [f"{label}: {words.percent(points)}." for label, points in _growth(of)]
    return told[: len(of.statement.years) - 1]


def _growth(of: Shown) -> Iterator[tuple[str, int]]:
    labels = (_("Growth of units in the second year"), _("Growth of units in the third year"))
    return zip(labels, of.figures.growth, strict=True)


def _tables(of: Shown) -> Iterator[AmountTable]:
    yield _products(of)
    yield _units(of)
    yield from _amounts(of)


def _frame(of: Shown) -> AmountTable:
    """What is typed beside the tables, as far as two versions may differ in it."""
    figures = of.figures
    rows = [
        _row(_("First month"), month_name(figures, 1)),
        _row(_("For how many years"), words.number(figures.years)),
        _row(
            _("The firm is registered for VAT"),
            _("yes") if figures.vat else _("no"),
        ),
        *(_row(label, words.percent(points)) for label, points in _growth(of)),
    ]
    return {"name": _("Time and taxes"), "head": [_what(), pgettext("figures", "How much")], "rows": rows}


def _months(of: Shown) -> AmountTable:
    """How many are sold in each month, months of one number together: `1–11: 100, 12: 250`."""
    rows = []
    for each in of.figures.products:
        runs = [list(run) for _units, run in groupby(enumerate(each.volumes, 1), lambda month: month[1])]
        rows.append(_row(each.name, ", ".join(map(_run, runs))))
    return {"name": _("Units sold in each month"), "head": [_what(), _("Month")], "rows": rows}


def _run(run: Sequence[tuple[int, int]]) -> str:
    (first, units), (last, _same) = run[0], run[-1]
    months = str(first) if first == last else f"{first}–{last}"
    return f"{months}: {words.number(units)}"


def _amounts(of: Shown) -> Iterator[AmountTable]:
    yield _once(of, _("Start-up costs"), of.figures.startup)
    yield _once(of, _("Own money and grants"), of.figures.sources)
    yield _running(of)
    yield _staff(of)
    yield _loan(of)


def _products(of: Shown) -> AmountTable:
    rows = [_row(each.name, of.money(each.price), of.money(each.variable)) for each in of.statement.lines]
    head = [_what(), _("Net price"), _("Variable costs")]
    return {"name": _("Products and services"), "head": head, "rows": rows}


def _units(of: Shown) -> AmountTable:
    """How much of each is sold in a year: a table of its own, since three years leave no room for prices."""
    numbers = [year.year for year in of.statement.years]
    rows = []
    for line in of.statement.lines:
        sold = [sum(line.units[(number - 1) * MONTHS : number * MONTHS]) for number in numbers]
        rows.append(_row(line.name, *map(words.number, sold)))
    return {"name": _("Units sold"), "head": [_("Year"), *map(str, numbers)], "rows": rows}


def _once(of: Shown, name: str, amounts: Sequence[Amount]) -> AmountTable:
    rows = [_row(each.name, words.number(each.month), of.money(each.cents)) for each in amounts]
    if len(rows) > 1:
        rows.append(_row(_("Total"), "", of.money(sum(each.cents for each in amounts)), is_sum=True))
    return {"name": name, "head": [_what(), _("Month"), _("Amount")], "rows": rows}


def _running(of: Shown) -> AmountTable:
    given = of.figures.running
    rows = [_row(each.name, words.number(each.starts), of.money(each.cents)) for each in given]
    return {"name": _("Running costs"), "head": [_what(), _("From month"), _("Amount a month")], "rows": rows}


def _staff(of: Shown) -> AmountTable:
    rows = [
        _row(
            each.name,
            words.number(each.starts),
            of.money(each.gross),
            of.money(cost_of(each.gross, of.rates)),
        )
        for each in of.figures.staff
    ]
    head = [_("Employee"), _("From month"), _("Gross wages a month"), _("With contributions")]
    return {"name": _("Wages with contributions"), "head": head, "rows": rows}


def _loan(of: Shown) -> AmountTable:
    loan, rows = of.figures.loan, []
    if loan and loan.cents:
        rows = [
            _row(_("Amount of the loan"), of.money(loan.cents)),
            _row(_("Interest a year"), words.percent(loan.rate)),
            _row(_("Paid back in so many months"), words.number(loan.months)),
            _row(_("Month in which it comes"), words.number(loan.starts)),
        ]
    return {"name": _("Loan"), "head": [_what(), pgettext("figures", "How much")], "rows": rows}


def _what() -> str:
    return pgettext("figures", "What")


def _row(name: str, *cells: str, is_sum: bool = False) -> AmountRow:
    return {"cells": [name.strip() or _("Without a name"), *cells], "sum": is_sum}
