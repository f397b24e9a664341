"""The protocol as a workbook says what the paper says, and nothing in it is a formula."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say
from tests.visits import Visitor
from varpa.businessplans.models import BusinessPlan
from varpa.defence import papers
from varpa.defence.actions import stage
from varpa.defence.models import Defence, Mode, Slot
from varpa.defence.papers import results_in_order
from varpa.defence.tables import workbook
from varpa.money.words import money, percent
from varpa.ui import words

pytestmark = pytest.mark.django_db


def sheets(content: bytes) -> list[list[tuple[Any, ...]]]:
    return [list(sheet.values) for sheet in load_workbook(io.BytesIO(content))]


@pytest.fixture
def closed(cast: Cast, elinas: Slot) -> Defence:
    """A day on which Elīna got money."""
    say(elinas, juror(elinas.defence, cast.rimantas), 20_000_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(elinas.defence, cast)
    return elinas.defence


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_it_agrees_with_the_paper(closed: Defence, language: str) -> None:
    with words.on_paper(language, "Europe/Riga"):
        presented, absent, jurors, rules = sheets(workbook(closed))
        paper = papers.protocol(closed, language)
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
        results, currency = results_in_order(closed), closed.programme.currency
        assert len(presented) == len(results) + 1
        for row, result in zip(presented[1:], results, strict=True):
            place, name, _plan, received, eligible, share, _fair = row
            assert (place, name) == (result.place, result.slot.name)
            assert (received, eligible) == (result.slot.received / 100, result.slot.eligible / 100)
            for said in (name, money(round(received * 100), currency), percent(round(share * 100))):
                assert " ".join(said.split()) in " ".join(text.split()), said
        for (name,) in jurors[1:]:
            assert name in text
        assert rules[-1][1] == papers.digest(closed) or papers.digest(closed) in [row[1] for row in rules]
        assert len(absent) == 1 + closed.slots.filter(state="absent").count()


def test_a_title_that_looks_like_a_formula_is_text(closed: Defence) -> None:
    BusinessPlan.objects.update(title='=HYPERLINK("http://x.example";"x")')
    book = load_workbook(io.BytesIO(workbook(Defence.objects.get(pk=closed.pk))))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_without_money_there_are_no_shares(cast: Cast, running: Defence) -> None:
    Defence.objects.filter(pk=running.pk).update(mode=Mode.WORDS)
    running.refresh_from_db()
    finish(running, cast)
    presented = sheets(workbook(running))[0]
    assert len(presented[0]) == 2


def test_who_hosts_the_day_takes_it_once_it_is_closed(cast: Cast, running: Defence) -> None:
    address = f"/defences/{running.ref}/protocol.xlsx"
    inga = Visitor(cast.inga)
    assert inga.get(address).status_code == 404
    finish(running, cast)
    answer = inga.get(address)
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert Visitor(cast.andris).get(address).status_code == 403
    assert Visitor(cast.elina).get(address).status_code in (403, 404)
