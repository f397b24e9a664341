"""The plan on paper: an accessible PDF, and everything in one file to take home."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from varpa.businessplans.figures import Line, Shown, shown
from varpa.businessplans.models import BusinessPlan, Picture, Version
from varpa.businessplans.pictures import by_part, pictures_of
from varpa.businessplans.queries import outline_of
from varpa.documents import shapes, works
from varpa.documents.archives import packed
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.files.kinds import ENDINGS
from varpa.files.queries import bytes_of
from varpa.methodology.outlines import Part
from varpa.money.figures import from_json
from varpa.money.sheets import workbook
from varpa.programmes.letterheads import letterhead
from varpa.programmes.placed import placed
from varpa.programmes.queries import today_of
from varpa.ui import words

ABREAST: Final = 6
"""How many months stand beside each other on a page."""


@dataclass(frozen=True)
class Stands:
    """What a paper shows: the plan as it stands now, or as it stood in a version."""

    title: str
    texts: Mapping[str, str]
    figures: dict[str, Any]
    called: str
    pictures: Mapping[str, list[Picture]]


def standing(plan: BusinessPlan, version: Version | None, now: datetime) -> Stands:
    """The plan now, or in a version, with what it is called on paper."""
    today = today_of(plan.membership.programme, now)
    pictures = by_part(pictures_of(plan, now, version))
    if version:
        called = _("Version %(number)d, %(day)s") % {"number": version.number, "day": words.day(version.at)}
        return Stands(version.title, version.texts, version.figures, called, pictures)
    texts = {part.key: part.text for part in plan.parts.all() if part.text}
    called = _("As it stands on %(day)s") % {"day": words.day(today)}
    return Stands(plan.title, texts, plan.figures, called, pictures)


def document(plan: BusinessPlan, stands: Stands, language: str) -> bytes:
    """The plan as PDF/UA; headings in the language of the frame, texts as they were written."""
    return pdf("business", shape(plan, stands), language=language, title=stands.title)


def archive(plan: BusinessPlan, stands: Stands, language: str) -> bytes:
    """The plan as PDF, workbook, text and data in one ZIP; the same plan gives the same bytes."""
    named = _named(plan, stands)
    kept: dict[str, Any] = {"title": stands.title, "texts": dict(stands.texts), "figures": stands.figures}
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
    typed = from_json(stands.figures)
    return workbook(typed, shown(typed).rates, language=language, title=stands.title)


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
    of = shown(from_json(stands.figures)) if stands.figures else None
    return {
        "letterhead": letterhead(plan.membership.programme),
        "writer": plan.membership.person.name,
        "version": stands.called,
        "spoken": plan.membership.person.language,
        "parts": [_part(part, stands) for part in parts],
        "facts": _facts(of) if of else [],
        "tables": _tables(of) if of else [],
        "source": "\n".join(of.source) if of else "",
    }


def _part(part: Part, stands: Stands) -> works.WrittenPart:
    pictures = [placed(each.file, each.about) for each in stands.pictures.get(part.key, ())]
    return {
        "name": str(part.name),
        "blocks": blocks(stands.texts.get(part.key, "")),
        "pictures": [each for each in pictures if each],
    }


def _facts(of: Shown) -> list[str]:
    return [_("Funding need: %(amount)s.") % {"amount": of.need}, *of.outcome, *of.warnings]


def _tables(of: Shown) -> list[shapes.AmountTable]:
    years: shapes.AmountTable = {
        "name": _("Year by year"),
        "head": [_("Year"), *(str(year.year) for year in of.statement.years)],
        "rows": [_row(line, line.cells) for line in of.years],
    }
    count = len(of.heads)
    spans = (range(start, min(start + ABREAST, count)) for start in range(0, count, ABREAST))
    return [years, *(_months(of, places) for places in spans)]


def _months(of: Shown, places: range) -> shapes.AmountTable:
    first, last = of.heads[places[0]][0], of.heads[places[-1]][0]
    return {
        "name": _("Months %(first)d to %(last)d, amounts in %(currency)s")
        % {"first": first, "last": last, "currency": of.currency},
        "head": [_("Month"), *(of.heads[place][1] for place in places)],
        "rows": [_row(line, [line.cells[place] for place in places]) for line in of.lines],
    }


def _row(line: Line, cells: list[str]) -> shapes.AmountRow:
    return {"cells": [line.name, *cells], "sum": line.is_sum}
