"""How far it is from town to town."""

import math

from varpa.matching.places import kilometres
from varpa.programmes.places import located


def test_known_towns_are_told_with_and_without_accents() -> None:
    assert located("cesis") == located("Cēsis") is not None
    assert located("Skolas iela 3, Šiauliai") == located("Siauliai")
    assert located("Nekurciems") is None


def test_distances_are_as_the_crow_flies() -> None:
    found = kilometres(["Rīga", "Nekurciems", ""], ["Jelgava", "Vilnius", "nekurciems", ""])
    assert 38 < found[0, 0] < 48
    assert 250 < found[0, 1] < 270
    assert math.isnan(found[0, 2])
    assert found[1, 2] == 0
    assert math.isnan(found[2, 3])
