"""Figures as they are written: rounded, never cut off."""

import pytest
from django.utils import translation

from varpa.surveys.words import difference, number


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (3.7647, 1, "3.8"),
        (3.8824, 1, "3.9"),
        (3.25, 1, "3.3"),
        (0.6667, 2, "0.67"),
        (-1.4444, 2, "−1.44"),
        (-0.0049, 2, "0.00"),
        (0.0, 1, "0.0"),
        (None, 1, "–"),
    ],
)
def test_a_mean_is_rounded(value: float | None, digits: int, told: str) -> None:
    with translation.override("en"):
        assert number(value, digits) == told


def test_a_difference_has_a_sign_unless_it_is_nought() -> None:
    with translation.override("lv"):
        told = [difference(each, 2) for each in (0.5556, -0.5556, 0.0, 0.004, -0.004, None)]
    assert told == ["+0,56", "−0,56", "0,00", "0,00", "0,00", "–"]
