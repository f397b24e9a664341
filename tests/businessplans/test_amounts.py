"""Amounts as people write them: in a field, and in the text of a plan beside its figures."""

from dataclasses import replace

import pytest

from varpa.businessplans.amounts import read_money
from varpa.businessplans.figures import unknown_amounts
from varpa.businessplans.forms.figures import written_money
from varpa.money.figures import Figures, Product, empty

EUROS, LATS, LITAI = empty("LV", "2026-09"), empty("LV", "2013-09"), empty("LT", "2013-09")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12,5", 1250),
        ("0,13", 13),
        ("0.50", 50),
        ("1.320", 132_000),
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
    assert unknown_amounts([f"Telpas maksā {named}, un tas ir daudz."], figures) == [named]


@pytest.mark.parametrize("said", ["5 Eiropas valstis", "0,125 €", "777 gabali", "12 lati", "2026. gads"])
def test_what_is_no_amount_of_the_plan_s_currency(said: str) -> None:
    assert unknown_amounts([f"Te ir {said}."], EUROS) == []


@pytest.mark.parametrize("said", ["1.00 €", "€1", "1,00 €", "1 euras"])
def test_what_the_figures_know_is_not_told(said: str) -> None:
    known = replace(EUROS, products=(Product("Krūze", 100, 50, (1,) * 12),))
    assert unknown_amounts([f"Tā maksā {said}."], known) == []


def test_a_large_amount_stands_in_its_field_in_groups_and_is_read_back() -> None:
    written = [written_money(cents) for cents in (999_900, 100_000_000, 12_345_678)]
    assert written == ["9999", "1\u00a0000\u00a0000", "123\u00a0456,78"]
    assert read_money(written_money(100_000_000)) == 100_000_000
