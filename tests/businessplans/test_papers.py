"""The plan on paper: what its figures follow from, and a kept version as it stood."""

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.businessplans.test_pages import FIGURES, at, signed_in
from tests.cast import Cast
from tests.make import NOW
from tests.money.plans import CAKES, kept_rates, rates
from varpa.businessplans.actions.parts import write_figures
from varpa.businessplans.actions.plans import keep_version, submit_plan
from varpa.businessplans.figures import shown
from varpa.businessplans.models import BusinessPlan
from varpa.businessplans.typed import growth_sentences, typed_rows, typed_tables
from varpa.money.figures import Amount, Loan, Product, to_json
from varpa.people.models import Person
from varpa.ui import words

TYPED = ("Torte", "Krāsns", "Trauki", "Pašu nauda", "Telpas", "Reklāma", "Palīgs")


def paper(person: Person, plan: BusinessPlan, **asked: str) -> str:
    content = signed_in(person).get(at("document", plan), asked).content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def with_cakes(cast: Cast, plan: BusinessPlan, **changes: Any) -> None:
    typed = to_json(replace(CAKES, **changes))
    write_figures(plan=plan, figures=typed, revision=plan.figures_revision, by=cast.elina, now=NOW)


@pytest.mark.django_db
def test_the_paper_says_what_the_figures_follow_from(cast: Cast, shared: BusinessPlan) -> None:
    with_cakes(cast, shared)
    said = paper(cast.andris, shared)
    for told in (*TYPED, "25,00 €", "2 250,50 €"):
        assert told in said


@pytest.mark.django_db
def test_the_document_to_work_on_says_it_too(cast: Cast, shared: BusinessPlan) -> None:
    import docx

    with_cakes(cast, shared)
    content = signed_in(cast.andris).get(at("text_file", shared)).content
    cells = {cell.text for table in docx.Document(io.BytesIO(content)).tables for cell in table._cells}
    assert set(TYPED) <= cells


def test_units_stand_by_year_and_wages_with_what_they_cost() -> None:
    with words.on_paper("en", "Europe/Riga"):
        products, *others = typed_tables(shown(replace(CAKES, years=2, growth=(1_000, 0)), rates(CAKES)))
        growth = growth_sentences(shown(replace(CAKES, years=2, growth=(1_000, 0)), rates(CAKES)))
    assert products["rows"][0]["cells"] == ["Torte", "25.00\u00a0€", "9.00\u00a0€"]
    named = {each["name"]: each for each in others}
    assert named["Units sold"]["head"] == ["Year", "1", "2"]
    assert named["Units sold"]["rows"][0]["cells"] == ["Torte", "500", "550"]
    startup = named["Start-up costs"]["rows"]
    assert startup[-1] == {"cells": ["Total", "", "2,250.50\u00a0€"], "sum": True}
    assert named["Wages with contributions"]["rows"][0]["cells"][-1] == "370.78\u00a0€"
    assert growth == ["Growth of units in the second year: 10%."]


def test_what_was_not_typed_takes_no_room() -> None:
    with words.on_paper("en", "Europe/Riga"):
        bare = replace(CAKES, startup=(), sources=(), running=(), staff=(), loan=None)
        assert [each["name"] for each in typed_tables(shown(bare, rates(bare)))] == [
            "Products and services",
            "Units sold",
        ]


@pytest.mark.parametrize(
    ("language", "name"), [("lv", "Sākuma izmaksas"), ("lt", "Pradinės išlaidos"), ("en", "Start-up costs")]
)
def test_the_tables_are_named_in_three_languages(language: str, name: str) -> None:
    with words.on_paper(language, "Europe/Riga"):
        assert name in [each["name"] for each in typed_tables(shown(CAKES, rates(CAKES)))]


@pytest.mark.django_db
def test_the_page_and_the_paper_draw_sales_and_the_till(cast: Cast, shared: BusinessPlan) -> None:
    with_cakes(cast, shared)
    page = signed_in(cast.andris).get(at("figures", shared)).content.decode()
    assert page.count('class="bars"') == 2
    content = signed_in(cast.andris).get(at("document", shared)).content
    assert content.count(b"/Figure") >= 2


@pytest.mark.django_db
def test_the_page_of_a_version_leads_to_its_papers(cast: Cast, shared: BusinessPlan) -> None:
    with_cakes(cast, shared)
    keep_version(plan=shared, by=cast.elina, now=NOW)
    shared.refresh_from_db()
    with_cakes(cast, shared, products=(replace(CAKES.products[0], price=9_900),))
    page = signed_in(cast.elina).get(at("version", shared, 1)).content.decode()
    for name in ("document", "text_file", "sheet", "archive"):
        assert f'href="{at(name, shared)}?version=1"' in page
    assert "99,00 €" not in paper(cast.elina, shared, version="1")
    assert "99,00 €" in paper(cast.elina, shared)
    book = load_workbook(io.BytesIO(signed_in(cast.elina).get(at("sheet", shared), {"version": "1"}).content))
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert 25 in values
    assert 99 not in values


@pytest.mark.django_db
def test_a_version_without_figures_has_no_workbook(cast: Cast, shared: BusinessPlan) -> None:
    keep_version(plan=shared, by=cast.elina, now=NOW)
    client = signed_in(cast.elina)
    assert at("sheet", shared) not in client.get(at("version", shared, 1)).content.decode()
    assert client.get(at("sheet", shared), {"version": "1"}).status_code == 404
    assert client.get(at("sheet", shared), {"version": "x"}).status_code == 404


@pytest.mark.django_db
def test_a_submitted_plan_on_paper_is_the_submitted_version(cast: Cast, shared: BusinessPlan) -> None:
    submit_plan(plan=shared, by=cast.elina, now=NOW)
    assert "Redakcija: 1. redakcija" in paper(cast.andris, shared)


@pytest.mark.django_db
def test_the_workbook_in_the_frame_of_another_language(cast: Cast, shared: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    assert f"{at('sheet', shared)}?frame=lt" not in client.get(at("plan", shared)).content.decode()
    client.post(at("figures_edit", shared), FIGURES)
    assert f"{at('sheet', shared)}?frame=lt" in client.get(at("plan", shared)).content.decode()
    content = client.get(at("sheet", shared), {"frame": "lt"}).content
    assert load_workbook(io.BytesIO(content)).sheetnames[0] == "Įvesti skaičiai"


@pytest.mark.django_db
def test_two_versions_show_what_was_typed_differently(cast: Cast, shared: BusinessPlan) -> None:
    with_cakes(cast, shared)
    keep_version(plan=shared, by=cast.elina, now=NOW)
    shared.refresh_from_db()
    oven, dishes = CAKES.startup
    with_cakes(cast, shared, startup=(replace(oven, name="Lietota krāsns", cents=90_000), dishes), loan=None)
    client, address = signed_in(cast.elina), at("version", shared, 1)
    alone = client.get(address).content.decode()
    for told in ("Krāsns", "1, 1\u00a0800,00\u00a0€", "Trauki"):
        assert told in alone
    page = client.get(address, {"with": "now"}).content.decode()
    for told in ("Krāsns", "Lietota krāsns", "1, 900,00\u00a0€", "Aizdevums"):
        assert told in page
    assert client.get(at("version", shared, 1), {"with": "1"}).status_code == 200


def test_two_rows_of_one_name_are_both_told() -> None:
    twice = replace(CAKES, startup=(CAKES.startup[0], replace(CAKES.startup[0], cents=5)))
    with words.on_paper("en", "Europe/Riga"):
        rows = typed_rows(to_json(twice), kept_rates(twice))["Start-up costs"]
    assert list(rows) == ["Krāsns", "Krāsns (2)", "Total"]
    assert typed_rows({}, {}) == {}


CITI = Amount("Citi", 1_000, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"starts": "2027-01"},
        {"years": 2},
        {"vat": True},
        {"growth": (500, 0)},
        {"growth": (0, -500)},
        {"products": (replace(CAKES.products[0], volumes=(*CAKES.products[0].volumes[::-1],)),)},
        {"products": (replace(CAKES.products[0], price=CAKES.products[0].price + 1),)},
        {"products": (replace(CAKES.products[0], variable=CAKES.products[0].variable + 1),)},
        {"startup": (replace(CAKES.startup[0], month=2), *CAKES.startup[1:])},
        {"sources": ()},
        {"running": (replace(CAKES.running[0], starts=2), *CAKES.running[1:])},
        {"staff": (replace(CAKES.staff[0], gross=CAKES.staff[0].gross + 1), *CAKES.staff[1:])},
        {"loan": Loan(100_000, 900, 12, 2)},
        {"loan": Loan(100_000, 901, 12, 2)},
        {"loan": Loan(100_000, 900, 13, 2)},
        {"loan": Loan(100_000, 900, 12, 3)},
    ],
)
def test_two_versions_beside_each_other_show_every_figure_that_differs(changed: dict[str, Any]) -> None:
    base = replace(CAKES, loan=Loan(100_001, 900, 12, 2))
    with words.on_paper("en", "Europe/Riga"):
        assert typed_rows(to_json(base), kept_rates(base)) != typed_rows(
            to_json(replace(base, **changed)), kept_rates(base)
        )


def test_months_are_compared_compactly() -> None:
    by_month = (500, *[1_000] * 10, 1_500)
    even = replace(CAKES, products=(Product("Krūze", 1_250, 450, (1_000,) * 12),))
    with words.on_paper("en", "Europe/Riga"):
        own = typed_rows(
            to_json(replace(even, products=(replace(even.products[0], volumes=by_month),))), kept_rates(even)
        )
        beside = typed_rows(to_json(even), kept_rates(even))
    assert own["Units sold in each month"] == {"Krūze": "1: 500, 2–11: 1,000, 12: 1,500"}
    assert beside["Units sold in each month"] == {"Krūze": "1–12: 1,000"}


def test_rows_of_one_name_hide_no_other_row() -> None:
    names = ("Citi (2)", "Citi", "Citi")
    with words.on_paper("en", "Europe/Riga"):
        startup = tuple(replace(CITI, name=name) for name in names)
        rows = typed_rows(to_json(replace(CAKES, startup=startup)), kept_rates(CAKES))["Start-up costs"]
    assert list(rows) == ["Citi (2)", "Citi", "Citi (3)", "Total"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", ("Laiks un nodokļi", "Cik pārdots katrā mēnesī", "jā", "nē")),
        ("lt", ("Laikas ir mokesčiai", "Kiek parduota kiekvieną mėnesį", "taip", "ne")),
        ("en", ("Time and taxes", "Units sold in each month", "yes", "no")),
    ],
)
def test_the_page_of_two_versions_tells_of_time_months_and_taxes(
    cast: Cast, shared: BusinessPlan, language: str, told: tuple[str, ...]
) -> None:
    cast.elina.language = language
    cast.elina.save()
    with_cakes(cast, shared)
    keep_version(plan=shared, by=cast.elina, now=NOW)
    with_cakes(cast, shared, starts="2027-01", vat=True)
    page = signed_in(cast.elina).get(at("version", shared, 1), {"with": "now"}).content.decode()
    assert all(f">{each}<" in page for each in told)
    assert "2027" in page
