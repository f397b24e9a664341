"""Taxes and contributions of a country and year, each with its source and the day it was written down."""

from datetime import date

import pytest

from varpa.money.rates import Rates, _all, rates_of


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
