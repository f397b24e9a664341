"""The hours sheet as a table: what the paper says, to reckon with (product §5)."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, page, text
from tests.visits import counted
from varpa.documents.tables import CSV, XLSX
from varpa.meetings.actions.hours import confirm_hours, enter_work, object_to_hours, withdraw_hours
from varpa.meetings.models import HourLine
from varpa.meetings.tables import table_of
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

CONTENT = "Par cenu, slepeni"


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    """A confirmed meeting, work that waits, work to which somebody objects, work that was taken back."""
    make.held(cast.pair, days=1, kind="first", minutes=61)
    confirm_hours(line=HourLine.objects.get(), by=cast.elina, now=NOW + 2 * DAY)
    for minutes in (25, 40, 50):
        work(cast, minutes)
    object_to_hours(
        line=HourLine.objects.get(minutes=40), word=CONTENT, by=cast.elina, now=NOW + 4 * DAY, minutes=20
    )
    withdraw_hours(line=HourLine.objects.get(minutes=50), by=cast.andris, now=NOW + 4 * DAY)
    return cast


def work(cast: Cast, minutes: int) -> None:
    more = {"day": (NOW + 3 * DAY).date(), "minutes": minutes, "work": CONTENT}
    enter_work(pair=cast.pair, by=cast.andris, now=NOW + 3 * DAY, **more)


def rows(cast: Cast, reader: Person) -> list[list[str]]:
    content = table_of(cast.pair, reader, CSV).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def test_each_line_stands_with_its_minutes_and_its_state(ledger: Cast) -> None:
    heads, *lines = rows(ledger, ledger.andris)
    assert len(heads) == len(lines[0])
    assert sorted(int(line[heads.index("Minūtes")]) for line in lines) == [25, 40, 61]
    first = lines[0]
    assert first[0] == "2025-10-15"
    assert "Andris Ozols" in first


def test_no_word_of_the_pair_leaves(ledger: Cast) -> None:
    for reader in (ledger.andris, ledger.inga):
        assert CONTENT not in str(rows(ledger, reader))


def test_a_workbook_holds_days_and_numbers(ledger: Cast) -> None:
    sheet = load_workbook(io.BytesIO(table_of(ledger.pair, ledger.inga, XLSX))).active
    assert sheet is not None
    _heads, first, *_rest = sheet.iter_rows(values_only=True)
    assert 61 in first
    day = first[0]
    assert getattr(day, "date", lambda: day)() == date(2025, 10, 15)


def test_a_pair_without_hours_has_a_table_of_headings(cast: Cast) -> None:
    assert len(rows(cast, cast.andris)) == 1


def test_the_two_and_the_manager_fetch_it_and_nobody_else(ledger: Cast) -> None:
    for kind in (CSV, XLSX):
        address = f"/pairs/{ledger.pair.ref}/hours.{kind}"
        for reader in (ledger.andris, ledger.elina, ledger.inga, ledger.dace):
            assert page(reader, address).status_code == 200
        for reader in (ledger.zane, ledger.tomas, ledger.rimantas):
            assert page(reader, address).status_code == 404
    assert page(ledger.andris, f"/pairs/{ledger.pair.ref}/hours.ods").status_code == 404


def test_in_the_demonstration_its_name_says_so(ledger: Cast, settings: Any) -> None:
    for made_up, name in ((False, '"hours.csv"'), (True, '"demonstration-hours.csv"')):
        settings.DEMONSTRATION = made_up
        assert name in page(ledger.andris, f"/pairs/{ledger.pair.ref}/hours.csv")["Content-Disposition"]


def test_the_sheet_and_the_managers_room_lead_to_it(ledger: Cast) -> None:
    assert "hours.xlsx" in text(page(ledger.elina, f"/pairs/{ledger.pair.ref}/hours/"))
    assert "hours.xlsx" in text(page(ledger.inga, f"/pairs/{ledger.pair.ref}/"))


@pytest.mark.parametrize(("language", "head"), [("lv", "Minūtes"), ("lt", "Minutės"), ("en", "Minutes")])
def test_the_headings_speak_the_readers_language(ledger: Cast, language: str, head: str) -> None:
    ledger.inga.language = language
    assert head in rows(ledger, ledger.inga)[0]


def test_many_lines_ask_the_database_as_often_as_few(ledger: Cast) -> None:
    with counted() as few:
        table_of(ledger.pair, ledger.inga, CSV)
    for minutes in range(1, 9):
        work(ledger, minutes)
    with counted() as many:
        table_of(ledger.pair, ledger.inga, CSV)
    assert len(many) == len(few)
