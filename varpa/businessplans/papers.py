"""The plan on paper: an accessible PDF, and everything in one file to take home."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from varpa.businessplans.figures import Line, Shown, month_name, rates_now, shown_as_kept, spans
from varpa.businessplans.models import BusinessPlan, Picture, Version
from varpa.businessplans.pictures import by_part, pictures_of
from varpa.businessplans.queries import outline_of
from varpa.businessplans.typed import growth_sentences, typed_tables
from varpa.documents import shapes, works
from varpa.documents.archives import packed
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.files.kinds import ENDINGS
from varpa.files.queries import bytes_of
from varpa.methodology.outlines import Part
from varpa.money.figures import MONTHS, from_json
from varpa.money.rates import from_json as read_rates
from varpa.money.statement import Month
from varpa.programmes.letterheads import letterhead
from varpa.programmes.placed import placed
from varpa.programmes.queries import today_of
from varpa.ui import words

ABREAST: Final = 6
"""How many months of the first year stand beside each other on a page; later years are told by quarter."""


@dataclass(frozen=True)
class Stands:
    """What a paper shows: the plan as it stands now, or as it stood in a version."""

    title: str
    texts: Mapping[str, str]
    figures: dict[str, Any]
    rates: dict[str, Any]
    called: str
    pictures: Mapping[str, list[Picture]]


def standing(plan: BusinessPlan, version: Version | None, now: datetime) -> Stands:
    """The plan now, or in a version, with what it is called on paper."""
    today = today_of(plan.membership.programme, now)
    pictures = by_part(pictures_of(plan, version))
    if version:
        called = _("Version %(number)d, %(day)s") % {"number": version.number, "day": words.day(version.at)}
        return Stands(version.title, version.texts, version.figures, version.rates, called, pictures)
    texts = {part.key: part.text for part in plan.parts.all() if part.text}
    called = _("As it stands on %(day)s") % {"day": words.day(today)}
    return Stands(plan.title, texts, plan.figures, rates_now(plan), called, pictures)


def document(plan: BusinessPlan, stands: Stands, language: str) -> bytes:
    """The plan as PDF/UA; headings in the language of the frame, texts as they were written."""
    return pdf("business", shape(plan, stands), language=language, title=stands.title)


def archive(plan: BusinessPlan, stands: Stands, language: str) -> bytes:
    """The plan as PDF, workbook, text and data in one ZIP; the same plan gives the same bytes."""
    named = _named(plan, stands)
    kept: dict[str, Any] = {"title": stands.title, "texts": dict(stands.texts), "figures": stands.figures}
    if stands.figures:
        kept["rates"] = stands.rates
    if named:
        kept["pictures"] = [{"part": each.part, "file": name, "about": each.about} for each, name in named]
    files = {
        "plan.pdf": document(plan, stands, language),
        "plan.md": _markdown(plan, stands).encode(),
        "plan.json": json.dumps(kept, ensure_ascii=False, indent=2).encode(),
        **{name: found for picture, name in named if (found := bytes_of(picture.file))},
    }
    figures = book(stands, language)
    if figures:
        files["figures.xlsx"] = figures
    return packed(files)


def book(stands: Stands, language: str) -> bytes | None:
    """The figures as a workbook whose formulas live; None where there are none."""
    if not stands.figures:
        return None
    from varpa.money.sheets import workbook

    typed, rates = from_json(stands.figures), read_rates(stands.rates)
    return workbook(typed, rates, language=language, title=stands.title)


def _named(plan: BusinessPlan, stands: Stands) -> list[tuple[Picture, str]]:
    """The pictures in the order of the parts, and what each is called in the archive."""
    shown = [each for part in _written(plan, stands) for each in stands.pictures.get(part.key, ())]
    return [(each, f"pictures/{number:02}.{ENDINGS[each.file.kind]}") for number, each in enumerate(shown, 1)]


def _markdown(plan: BusinessPlan, stands: Stands) -> str:
    names = dict(_named(plan, stands))
    parts = [f"# {stands.title}"]
    for part in _written(plan, stands):
        parts += [f"## {part.name}", stands.texts.get(part.key, "")]
        parts += [f"![{each.about}]({names[each]})" for each in stands.pictures.get(part.key, ())]
    return "\n\n".join(filter(None, parts)) + "\n"


def _written(plan: BusinessPlan, stands: Stands) -> list[Part]:
    return [
        part
        for part in outline_of(plan.membership.programme)
        if stands.texts.get(part.key) or stands.pictures.get(part.key)
    ]


def shape(plan: BusinessPlan, stands: Stands) -> works.BusinessPlan:
    """What a document of the plan says, in the language that is active."""
    parts = _written(plan, stands)
    of = shown_as_kept(stands.figures, stands.rates) if stands.figures else None
    return {
        "letterhead": letterhead(plan.membership.programme),
        "writer": plan.membership.person.name,
        "version": stands.called,
        "spoken": plan.membership.person.language,
        "parts": [_part(part, stands) for part in parts],
        "facts": figure_facts(of) if of else [],
        "drawings": drawings(of) if of else [],
        "tables": [*typed_tables(of), *figure_tables(of)] if of else [],
        "source": "\n".join([*growth_sentences(of), *_by_quarter(of), *of.source]) if of else "",
    }


def _part(part: Part, stands: Stands) -> works.WrittenPart:
    pictures = [placed(each.file, each.about) for each in stands.pictures.get(part.key, ())]
    return {
        "name": str(part.name),
        "blocks": blocks(stands.texts.get(part.key, "")),
        "pictures": [each for each in pictures if each],
    }


def figure_facts(of: Shown) -> list[str]:
    """What follows from the figures, in sentences."""
    return [_("Funding need: %(amount)s.") % {"amount": of.need}, *of.outcome, *of.warnings]


def drawings(of: Shown) -> list[works.Drawing]:
    """Sales and the till of each month as bars; the tables say the same."""
    told = (_("Sales month by month"), of.sales), (_("The till month by month"), of.till)
    return [{"name": name, "svg": str(drawn.svg).encode(), "said": drawn.said} for name, drawn in told]


def _by_quarter(of: Shown) -> list[str]:
    if len(of.statement.years) == 1:
        return []
    return [_("From the second year on the till is shown by quarter; the spreadsheet has every month.")]


def figure_tables(of: Shown) -> list[shapes.AmountTable]:
    """The years, the months of the first year, and the quarters of the later ones."""
    years: shapes.AmountTable = {
        "name": _("Year by year"),
        "head": [_("Year"), *(str(year.year) for year in of.statement.years)],
        "rows": [_row(line, line.cells) for line in of.years],
    }
    months = of.statement.months
    half_years = [months[at : at + ABREAST] for at in range(0, MONTHS, ABREAST)]
    later = [months[at : at + MONTHS] for at in range(MONTHS, len(months), MONTHS)]
    return [years, *(_months(of, part, 1) for part in half_years), *(_months(of, part, 3) for part in later)]


def _months(of: Shown, months: Sequence[Month], length: int) -> shapes.AmountTable:
    """Some months, `length` of them in a column; a row in which nothing happens in them is left out."""
    told = {"first": months[0].month, "last": months[-1].month, "currency": of.currency}
    name = _("Months %(first)d to %(last)d, amounts in %(currency)s") % told
    heads = [month_name(of.figures, month.month) for month in months]
    if length > 1:
        name = _("Months %(first)d to %(last)d by quarter, amounts in %(currency)s") % told
        heads = [
            f"{months[at].month}–{months[at + length - 1].month}" for at in range(0, len(months), length)
        ]
    rows = [_row(line, line.cells) for line in spans(months, length)]
    return {"name": name, "head": [_("Month"), *heads], "rows": rows}


def _row(line: Line, cells: list[str]) -> shapes.AmountRow:
    return {"cells": [line.name, *cells], "sum": line.is_sum}
