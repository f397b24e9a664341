"""Amounts of money in a sentence, as people write them in three languages."""

import pytest

from varpa.money.amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Vajag 1500 eiro un 2 500,00 €.", [1500, 2500]),
        ("Vajag 2 tūkstoši eiro.", [2000]),
        ("Vajag 2 tūkstošus eiro, vēlāk 1,5 tūkst. eiro.", [2000, 1500]),
        ("Pēc gada 3 miljoni eiro vai 0,5 milj. EUR.", [3_000_000, 500_000]),
        ("Krūze 15,- €, bļoda 1500.–€.", [15, 1500]),
        ("Maksās 200–300 €, vēlāk no 400 līdz 500 eiro.", [200, 300, 400, 500]),
        ("Reikia 5 tūkst. Eur arba 5 tūkst.Eur.", [5000, 5000]),
        ("Reikia 2 tūkstančių eurų, vėliau 3 mln. eurų.", [2000, 3_000_000]),
        ("Kainuos nuo 200 iki 300 eurų.", [200, 300]),
        ("2–3 tūkst. eurų per metus, 1,5 milijono eurų.", [2000, 3000, 1_500_000]),
        ("We need 5 thousand euros, later 1.5k € or €2k.", [5000, 1500, 2000]),
        ("It costs from 200 to 300 euros, EUR 3 million, €10-20.", [200, 300, 3_000_000, 10, 20]),
        ("Krūze 2 – 15 €", [15]),
        ("5 tūkst. cilvēku, 2 kastes, 5 Eiropas valstis, 3 milj. krūžu", []),
    ],
)
def test_amounts_in_a_text(text: str, euros: list[int]) -> None:
    found = [cents for _said, readings in amounts_in(text, "EUR") for cents in readings]
    assert found == [euro * 100 for euro in euros]


def test_what_may_be_read_in_two_ways_has_both() -> None:
    assert list(amounts_in("1,659 €", "EUR")) == [("1,659 €", (166, 165_900))]
    assert list(amounts_in("1,659 tūkst. €", "EUR")) == [("1,659 tūkst. €", (165_900, 165_900_000))]


def test_both_ends_of_a_range_are_told_as_they_stand() -> None:
    assert list(amounts_in("300-400 Ls", "LVL")) == [("300-400 Ls", (30_000,)), ("300-400 Ls", (40_000,))]
    assert list(amounts_in("2 tūkst. litų", "LTL")) == [("2 tūkst. litų", (200_000,))]
