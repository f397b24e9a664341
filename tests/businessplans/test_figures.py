"""The figures of a plan as they are told on paper: the till of later years by quarter."""

from dataclasses import replace

import pytest

from tests.businessplans.test_pages import FIGURES, at, signed_in
from tests.cast import Cast
from tests.money.plans import CAKES, rates
from varpa.businessplans.figures import shown, spans
from varpa.businessplans.models import BusinessPlan
from varpa.businessplans.papers import figure_tables
from varpa.documents.shapes import AmountTable
from varpa.people.models import Person
from varpa.ui import words


def tables(years: int, language: str = "en") -> list[AmountTable]:
    with words.on_paper(language, "Europe/Riga"):
        return figure_tables(shown(replace(CAKES, years=years), rates(CAKES)))


def test_a_plan_of_one_year_is_told_by_month() -> None:
    names = [each["name"] for each in tables(1)]
    assert names == ["Year by year", "Months 1 to 6, amounts in EUR", "Months 7 to 12, amounts in EUR"]


def test_later_years_are_told_by_quarter() -> None:
    told = tables(3)
    assert [each["name"] for each in told[3:]] == [
        "Months 13 to 24 by quarter, amounts in EUR",
        "Months 25 to 36 by quarter, amounts in EUR",
    ]
    assert told[3]["head"] == ["Month", "13–15", "16–18", "19–21", "22–24"]


def test_a_quarter_opens_with_its_first_month_and_closes_with_its_last() -> None:
    months = shown(replace(CAKES, years=2), rates(CAKES)).statement.months[12:24]
    rows = {line.name: line.cells for line in spans(months, 3)}
    by_month = {line.name: line.cells for line in spans(months, 1)}
    assert rows["Opening balance"] == by_month["Opening balance"][::3]
    assert rows["Closing balance"] == by_month["Closing balance"][2::3]
    sold = [sum(month.sales for month in months[at : at + 3]) for at in range(0, 12, 3)]
    assert rows["Sales"] == [words_of(cents) for cents in sold]


def words_of(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def test_a_row_in_which_nothing_happens_is_left_out_of_its_table_alone() -> None:
    first, second = tables(1)[1:]
    names = [[row["cells"][0] for row in table["rows"]] for table in (first, second)]
    assert "Loan received" in names[0]
    assert "Loan received" not in names[1]
    assert {"Receipts", "Payments", "Closing balance"} <= set(names[1])


@pytest.mark.parametrize(("language", "said"), [("lv", "ceturkš"), ("lt", "ketvir"), ("en", "quarter")])
def test_quarters_are_named_in_three_languages(language: str, said: str) -> None:
    assert said in tables(2, language)[3]["name"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["products-0-each", "products-0-m3", "startup-0-month", "months"])
def test_a_number_is_refused_in_the_language_of_the_reader(cast: Cast, plan: BusinessPlan, name: str) -> None:
    page = signed_in(cast.elina).post(at("figures_edit", plan), {**FIGURES, name: "3,5"}).content.decode()
    assert "Jāraksta vesels skaitlis no " in page
    assert "Write a whole number" not in page


@pytest.mark.django_db
def test_a_plan_that_begins_in_another_year_counts_in_its_currency(cast: Cast, plan: BusinessPlan) -> None:
    """Latvia has lats in 2013 and euro from 2014: limits of taxes and amounts are in one currency."""
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), {**FIGURES, "starts": "2013-12"})
    plan.refresh_from_db()
    assert plan.figures["currency"] == "LVL"
    page = client.post(
        at("figures_edit", plan),
        {**FIGURES, "starts": "2014-06", "revision": plan.figures_revision},
        follow=True,
    )
    plan.refresh_from_db()
    assert plan.figures["currency"] == "EUR"
    assert "citā valūtā: EUR" in page.content.decode()


@pytest.mark.django_db
def test_a_plan_that_keeps_its_currency_is_told_nothing_of_it(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    page = client.post(
        at("figures_edit", plan), {**FIGURES, "starts": "2027-01", "revision": "1"}, follow=True
    )
    assert "citā valūtā" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "many", "torn"),
    [
        ("lv", "ne vairāk kā 20", "nav atnākusi vesela"),
        ("lt", "daugiausia 20", "atkeliavo ne visa"),
        ("en", "20 is the most", "has not arrived whole"),
    ],
)
def test_a_million_rows_and_a_torn_table_are_told_in_the_own_language(
    cast: Cast, plan: BusinessPlan, language: str, many: str, torn: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    client = signed_in(Person.objects.get(pk=cast.elina.pk))
    for total, said in (("1000000", many), ("x", torn)):
        page = client.post(at("figures_edit", plan), {**FIGURES, "products-TOTAL_FORMS": total})
        assert page.status_code == 200
        assert said in page.content.decode()
    assert BusinessPlan.objects.get().figures == {}
