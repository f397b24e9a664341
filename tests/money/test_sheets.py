"""The workbook: its formulas come to what the page shows, in a spreadsheet program that knows only them."""

import io
import zipfile

import openpyxl
import pytest
from django.utils import translation

from tests.money import plans, spreadsheet
from tests.money.plans import CAKES
from varpa.money.figures import Figures
from varpa.money.rates import Rates
from varpa.money.reckoning import reckon
from varpa.money.sheets import workbook
from varpa.money.words import MONTH_ROWS, YEAR_ROWS


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_it_shows_what_the_page_shows_in_each_language(language: str) -> None:
    rates = plans.rates(CAKES)
    statement = reckon(CAKES, rates)
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(CAKES, rates, language=language, title="Tortes")), data_only=True
    )
    _typed, _units, months, results = book.worksheets
    with translation.override(language):
        for row, (name, words) in enumerate(MONTH_ROWS.items(), start=5):
            assert months.cell(row, 1).value == str(words)
            for month in statement.months:
                shown = getattr(month, name) if name == "units" else getattr(month, name) / 100
                assert months.cell(row, month.month + 1).value == shown
        for row, (name, words) in enumerate(YEAR_ROWS.items(), start=4):
            assert results.cell(row, 1).value == str(words)
            shown = getattr(statement.years[0], name)
            assert results.cell(row, 2).value == (shown if name == "units" else shown / 100)


def test_the_sheets_have_the_names_of_the_language() -> None:
    def names(language: str) -> list[str]:
        book = workbook(CAKES, plans.rates(CAKES), language=language, title="Tortes")
        return openpyxl.load_workbook(io.BytesIO(book)).sheetnames

    assert names("en") == ["Figures typed", "Units and prices", "Month by month", "Results of the years"]
    assert names("lv") == ["Ievadītie skaitļi", "Vienības un cenas", "Pa mēnešiem", "Gadu rezultāti"]
    assert names("lt") == ["Įvesti skaičiai", "Vienetai ir kainos", "Pamėnesiui", "Metų rezultatai"]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-5", "007", "https://varpa.example", "{=A1}"])
def test_what_somebody_typed_is_never_a_formula_an_address_or_a_number(name: str) -> None:
    plan = plans.renamed(CAKES, name)
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan, plans.rates(plan), language="en", title=name)))
    found = [cell for sheet in book for cell in sheet["A"] if cell.value == name]
    assert len(found) >= 4 + 5
    assert {cell.data_type for cell in found} <= {"s"}
    assert [cell for cell in found if cell.hyperlink] == []


def test_a_formula_of_a_stranger_is_only_text_in_the_file() -> None:
    plan = plans.renamed(CAKES, '=HYPERLINK("http://x.example","y")')
    book = spreadsheet.bare(workbook(plan, plans.rates(plan), language="en", title="Plan"))
    assert b"HYPERLINK" not in _sheets(book)


def test_a_plan_without_anything_is_a_workbook_too() -> None:
    plan = Figures("EUR", "LV", "2026-09", 3, vat=True)
    told = spreadsheet.written(workbook(plan, Rates("LV"), language="lv", title="Tukšs"))
    assert "nav nosakāms" in told.values()


def _sheets(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
