"""Amounts as each language writes them, and a sentence for every warning and fault."""

import pytest
from django.utils import translation

from varpa.money import words
from varpa.money.figures import Fault, FaultKind
from varpa.money.rates import Own, laid_over, rates_of
from varpa.money.statement import PlanWarning, WarningKind


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["0.05\u00a0€", "1,320.00\u00a0€", "\u22121,320.50\u00a0€", "1,234,567.89\u00a0€"]),
        (
            "lv",
            [
                "0,05\u00a0€",
                "1\u00a0320,00\u00a0€",
                "\u22121\u00a0320,50\u00a0€",
                "1\u00a0234\u00a0567,89\u00a0€",
            ],
        ),
        (
            "lt",
            [
                "0,05\u00a0€",
                "1\u00a0320,00\u00a0€",
                "\u22121\u00a0320,50\u00a0€",
                "1\u00a0234\u00a0567,89\u00a0€",
            ],
        ),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(language: str, told: list[str]) -> None:
    with translation.override(language):
        assert [words.money(cents, "EUR") for cents in (5, 132_000, -132_050, 123_456_789)] == told


def test_lats_and_litas_have_their_signs_and_another_currency_its_code() -> None:
    with translation.override("lt"):
        assert words.money(100, "LTL") == "1,00\u00a0Lt"
        assert words.money(100, "LVL") == "1,00\u00a0Ls"
        assert words.money(100, "SEK") == "1,00\u00a0SEK"


def test_a_rate_is_written_without_needless_noughts() -> None:
    with translation.override("en"):
        assert [words.percent(points) for points in (850, 2_100, 2_359, -50, 0)] == [
            "8.5%",
            "21%",
            "23.59%",
            "\u22120.5%",
            "0%",
        ]
    with translation.override("lv"):
        assert words.percent(850) == "8,5\u00a0%"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In month 4 the till is empty: 320.00\u00a0€ are missing."),
        ("lv", "4. mēnesī kase ir tukša: trūkst 320,00\u00a0€."),
        ("lt", "4 mėnesį kasa tuščia: trūksta 320,00\u00a0€."),
    ],
)
def test_an_empty_till_in_words(language: str, told: str) -> None:
    with translation.override(language):
        assert words.warning_sentence(PlanWarning(WarningKind.TILL_EMPTY, 4, 32_000), "EUR") == told


@pytest.mark.parametrize("language", ["en", "lv", "lt"])
def test_every_warning_and_fault_has_its_sentence(language: str) -> None:
    with translation.override(language):
        told = [words.warning_sentence(PlanWarning(kind, 3, 1, "Torte"), "EUR") for kind in WarningKind]
        told += [words.fault_sentence(Fault("products.0.price", kind, 5), "EUR") for kind in FaultKind]
        told.append(words.fault_sentence(Fault("products", FaultKind.HIGH, 10**11), "EUR"))
    assert len(set(told)) == len(told)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in told)


def test_the_rates_are_told_with_year_source_and_day() -> None:
    with translation.override("lv"):
        [first, unchecked, second] = words.rates_sentences(rates_of("LV", 2026))
        assert first.startswith("Likmes: LV, 2026. gads")
        assert "25\u00a0%" in second
        assert len(words.rates_sentences(rates_of("LT", 2026))) == 2
        assert words.rates_sentences(rates_of("EE", 2026)) != words.rates_sentences(rates_of("FI", 2026))
    assert "avotu" in unchecked


def test_a_name_with_braces_is_only_a_name() -> None:
    with translation.override("en"):
        told = words.warning_sentence(PlanWarning(WarningKind.BELOW_COST, 0, 100, "{month}{0}"), "EUR")
        assert told.startswith("{month}{0} is sold below")
        told = words.warning_sentence(PlanWarning(WarningKind.AT_COST, 0, 100), "EUR")
        assert told.startswith("Without a name is sold")


@pytest.mark.parametrize(("count", "told"), [(1, "1 vienības"), (21, "21 vienības"), (12, "12 vienību")])
def test_units_that_are_missing_are_counted(count: int, told: str) -> None:
    with translation.override("lv"):
        assert told in words.warning_sentence(PlanWarning(WarningKind.BREAK_EVEN_MISSED, 0, count), "EUR")


def test_a_bound_of_an_amount_is_told_as_an_amount() -> None:
    with translation.override("en"):
        assert words.fault_sentence(Fault("loan.cents", FaultKind.HIGH, 10_000), "EUR").endswith(
            "100.00\u00a0€."
        )
        assert words.fault_sentence(Fault("loan.months", FaultKind.HIGH, 360), "EUR").endswith(" 360.")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "22\u00a0%"),
        ("lt", "22\u00a0%"),
        ("en", "Set by the programme: Rate of VAT 22%. Source: vid.gov.lv, seen on 2027-01-04."),
    ],
)
def test_whose_rate_it_is_is_told_with_its_own_source_and_day(language: str, told: str) -> None:
    own = {Own("vat", "vid.gov.lv", "2027-01-04"): 2_200}
    with translation.override(language):
        known, mine, *_others = words.rates_sentences(laid_over(rates_of("LV", 2026), 2026, own))
        alone = words.rates_sentences(laid_over(rates_of("EE", 2026), 2026, own))
        rows = words.rates_rows(laid_over(rates_of("LV", 2026), 2026, own))
    assert "2026-11-26" in known
    assert told in mine
    assert "vid.gov.lv, 2027-01-04" in " ".join(rows.values())
    assert len(alone) == 2


def test_a_rate_that_the_programme_set_to_nought_is_told_too() -> None:
    laid = laid_over(rates_of("LV", 2026), 2026, {Own("distributed", "likums", "2027-01-04"): 0})
    with translation.override("en"):
        assert words.rates_rows(laid)["Tax on profit that is paid out"] == "0% (likums, 2027-01-04)"
