"""Amounts as people write them: in a field, and in the text of a plan beside its figures."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from tests.money.plans import rates
from varpa.businessplans.figures import unknown_amounts
from varpa.money.amounts import read_money, two_readings
from varpa.money.fields import CountField, MoneyField, PercentField, written_money
from varpa.money.figures import Figures, Product, empty

EUROS, LATS, LITAI = empty("LV", "2026-09"), empty("LV", "2013-09"), empty("LT", "2013-09")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12,5", 1250),
        ("0,13", 13),
        ("0.50", 50),
        ("1,320.00 €", 132_000),
        ("1.320,5", 132_050),
        ("0,125", None),
        ("0.500", None),
        ("0.500,25", None),
        ("1.320.00", None),
    ],
)
def test_a_leading_nought_is_no_thousands(typed: str, cents: int | None) -> None:
    assert read_money(typed) == cents


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 659", 165_900),
        ("1 659,00", 165_900),
        ("1\u202f659,5", 165_950),
        ("1.659,00", 165_900),
        ("1,659.00", 165_900),
        ("1659,5", 165_950),
        ("1'659", 165_900),
        ("€1 659", 165_900),
        ("1 659 EUR", 165_900),
        ("12,50Ls", 1250),
        ("1,234,567", 123_456_700),
        ("1 2 3", None),
        ("12 34", None),
        ("1 6590", None),
        ("0 500", None),
        ("1 234.567", None),
        ("12€50", None),
        ("1.000" + ".000" * 2000, None),
    ],
)
def test_blanks_and_points_stand_between_thousands_only(typed: str, cents: int | None) -> None:
    assert read_money(typed) == cents


@pytest.mark.parametrize(
    ("typed", "small", "large"),
    [
        ("1,659", "1,66", "1659"),
        ("1.659", "1,66", "1659"),
        (" 1,659 € ", "1,66", "1659"),
        ("12,650", "12,65", "12\u00a0650"),
        ("999,999", "1000", "999\u00a0999"),
    ],
)
def test_a_price_of_fuel_is_asked_about_and_never_guessed(typed: str, small: str, large: str) -> None:
    """A litre costs 1,659 euros; elsewhere the same signs are more than a thousand."""
    assert read_money(typed) is None
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)
    (sentence,) = refused.value.messages
    assert small in sentence
    assert large in sentence
    assert two_readings(typed) == (read_money(small), read_money(large))


@pytest.mark.parametrize("typed", ["1 2 3", "1.000", "1,000", "1,5", "12 34"])
def test_a_number_of_pieces_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValidationError):
        CountField().clean(typed)
    assert CountField().clean(" 1 000 ") == 1000


def test_per_cent_have_no_blanks_within() -> None:
    with pytest.raises(ValidationError):
        PercentField().clean("1 2")
    assert PercentField(least=-10_000).clean("\u2212 7,5 %") == -750


@pytest.mark.parametrize("known", [166, 165_900])
def test_an_amount_that_can_be_read_in_two_ways_is_known_by_either(known: int) -> None:
    said = ["Litrs maksā 1,659 €."]
    figures = replace(EUROS, products=(Product("Degviela", known, 0, (1,) * 12),))
    assert unknown_amounts(said, figures, rates(figures)) == []
    assert unknown_amounts(said, EUROS, rates(EUROS)) == ["1,659 €"]


@pytest.mark.parametrize(
    ("figures", "named"),
    [
        (EUROS, "777 €"),
        (EUROS, "€777"),
        (EUROS, "777eur"),
        (EUROS, "777 eurų"),
        (EUROS, "1,320.00 €"),
        (EUROS, "1.320,00 €"),
        (EUROS, "1 320,5 €"),
        (EUROS, "EUR 777"),
        (LATS, "777 Ls"),
        (LATS, "Ls 777"),
        (LATS, "777 latu"),
        (LATS, "777 lati"),
        (LATS, "771 lats"),
        (LATS, "777 LVL"),
        (LITAI, "777 Lt"),
        (LITAI, "777 litai"),
        (LITAI, "770 litų"),
        (LITAI, "771 litas"),
        (LITAI, "777 LTL"),
    ],
)
def test_an_amount_is_found_however_it_is_written(figures: Figures, named: str) -> None:
    assert unknown_amounts([f"Telpas maksā {named}, un tas ir daudz."], figures, rates(figures)) == [named]


@pytest.mark.parametrize("said", ["5 Eiropas valstis", "0,125 €", "777 gabali", "12 lati", "2026. gads"])
def test_what_is_no_amount_of_the_plan_s_currency(said: str) -> None:
    assert unknown_amounts([f"Te ir {said}."], EUROS, rates(EUROS)) == []


@pytest.mark.parametrize("said", ["1.00 €", "€1", "1,00 €", "1 euras"])
def test_what_the_figures_know_is_not_told(said: str) -> None:
    known = replace(EUROS, products=(Product("Krūze", 100, 50, (1,) * 12),))
    assert unknown_amounts([f"Tā maksā {said}."], known, rates(known)) == []


def test_a_large_amount_stands_in_its_field_in_groups_and_is_read_back() -> None:
    written = [written_money(cents) for cents in (999_900, 100_000_000, 12_345_678)]
    assert written == ["9999", "1\u00a0000\u00a0000", "123\u00a0456,78"]
    assert read_money(written_money(100_000_000)) == 100_000_000
