"""Taxes and contributions of a country and year, each with its source and the day it was written down."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from varpa.money import rates
from varpa.money.rates import NAMES, Own, Rates, _all, from_json, laid_over, rates_of, to_json


def test_each_row_names_its_source_and_its_day() -> None:
    rows = [row for years in _all().values() for row in years.values()]
    assert all(row.source and date.fromisoformat(row.checked) for row in rows)
    assert all(0 < rate < 10_000 for row in rows for rate in (row.vat, row.employer, row.employee))
    assert all(row.vat_limit % 100 == 0 for row in rows)


@pytest.mark.parametrize("country", ["LV", "LT"])
def test_the_years_of_plans_stand_there_themselves(country: str) -> None:
    assert [rates_of(country, year).year for year in (2013, 2014, 2025, 2026)] == [2013, 2014, 2025, 2026]


def test_another_year_has_the_nearest_earlier_one() -> None:
    assert rates_of("LV", 2016).year == 2014
    assert rates_of("LT", 2031).year == 2026
    assert rates_of("LV", 1999).year == 2013


def test_the_money_of_a_year() -> None:
    told = {
        (country, year): rates_of(country, year).currency
        for country in ("LV", "LT")
        for year in (2013, 2014, 2016)
    }
    assert list(told.values()) == ["LVL", "EUR", "EUR", "LTL", "LTL", "EUR"]


def test_profit_is_taxed_when_it_is_made_or_when_it_is_paid_out() -> None:
    assert (rates_of("LV", 2014).profit, rates_of("LV", 2014).distributed) == (1_500, 0)
    assert (rates_of("LV", 2026).profit, rates_of("LV", 2026).distributed) == (0, 2_500)
    assert [rates_of("LT", year).profit_rate(0, 1) for year in (2014, 2025, 2026)] == [500, 600, 700]
    assert [rates_of("LT", year).profit_rate(10**9, 1) for year in (2014, 2025, 2026)] == [
        1_500,
        1_600,
        1_700,
    ]


def test_of_an_unknown_country_nothing_is_known() -> None:
    assert rates_of("EE", 2026) == Rates("EE")
    assert rates_of("EE", 2026).year == 0


ROW = """
[LV.2026]
currency = "EUR"
vat = 2200
employer = 2359
employee = 1050
distributed = 2500
source = "vid.gov.lv"
checked = 2026-11-28

[EE.2025]
vat = 2200
source = "emta.ee"
checked = 2026-11-28
"""


def test_what_somebody_has_compared_holds_instead_of_ours(own_rates: Callable[[str], None]) -> None:
    own_rates(ROW)
    assert rates.faults() == ()
    assert (rates_of("LV", 2026).vat, rates_of("LV", 2026).source) == (2200, "vid.gov.lv")
    assert rates_of("LV", 2025).vat == 2100
    assert (rates_of("EE", 2030).year, rates_of("EE", 2030).vat) == (2025, 2200)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("vat = 2200", "vat = 21.5"),
        ("vat = 2200", "vat = 22000"),
        ("vat = 2200", "tax = 1"),
        ('source = "vid.gov.lv"', 'source = ""'),
        ("checked = 2026-11-28", 'checked = "soon"'),
        ('currency = "EUR"', 'currency = "euro"'),
        ("[LV.2026]", "[LV]"),
        ("[LV.2026]", "[Latvia.2026]"),
        ("[LV.2026]", "[LV.2026"),
    ],
)
def test_while_anything_is_wrong_none_of_it_holds(
    own_rates: Callable[[str], None], wrong: str, told: str
) -> None:
    own_rates(ROW.replace(wrong, told, 1))
    assert rates.faults()
    assert rates_of("LV", 2026).vat == 2100
    assert rates_of("EE", 2026) == Rates("EE")


def test_from_2026_a_small_firm_of_lithuania_is_known_by_its_sales_alone() -> None:
    """Since 2026 the number of people counts no more (vmi.lt/evmi/5724)."""
    assert rates_of("LT", 2025).profit_rate(30_000_000, 11) == 1_600
    assert rates_of("LT", 2026).profit_rate(30_000_000, 11) == 700
    assert rates_of("LT", 2026).profit_rate(30_000_001, 11) == 1_700


VAT = Own("vat", "vid.gov.lv, jaunais likums", "2027-01-04")


def test_a_rate_laid_over_keeps_its_own_source_beside_the_sites() -> None:
    laid = laid_over(rates_of("LV", 2026), 2026, {VAT: 2_200})
    assert (laid.vat, laid.employer, laid.own) == (2_200, 2_359, (VAT,))
    assert (laid.year, laid.source) == (2026, rates_of("LV", 2026).source)
    assert laid.has_known


def test_where_all_are_laid_over_they_are_of_their_own_year() -> None:
    known = rates_of("LV", 2027)
    own = {Own(name, "likums", "2027-01-04"): 1 for name in NAMES if getattr(known, name)}
    assert laid_over(known, 2027, own).year == 2027
    assert laid_over(known, 2027, {VAT: 2_200}).year == 2026
    assert not laid_over(known, 2027, own).has_known


def test_of_a_country_that_the_site_does_not_know_others_can_be_laid_over_nothing() -> None:
    laid = laid_over(rates_of("EE", 2027), 2027, {VAT: 2_400})
    assert (laid.year, laid.vat, laid.has_known) == (2027, 2_400, False)


def test_kept_with_a_plan_they_are_read_back_to_the_same() -> None:
    laid = laid_over(rates_of("LV", 2026), 2026, {VAT: 2_200})
    kept = json.loads(json.dumps(to_json(laid)))
    assert kept == to_json(laid)
    assert from_json(kept) == laid


def test_what_was_kept_before_any_could_be_laid_over_is_what_is_kept_today() -> None:
    assert "own" not in to_json(rates_of("LV", 2026))
    assert from_json(to_json(rates_of("LV", 2026))) == rates_of("LV", 2026)


def test_the_own_file_cannot_claim_that_others_were_laid_over(own_rates: Callable[[str], None]) -> None:
    own_rates(ROW.replace("vat = 2200", "own = 2200", 1))
    assert rates.faults()
