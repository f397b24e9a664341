"""Points as a reader sees them."""

from django.utils import translation

from varpa.matching.words import points


def test_points_are_told_exactly() -> None:
    with translation.override("en"):
        assert [points(each) for each in (7400, 310, 136, 247, -182)] == ["74", "3.1", "1.36", "2.47", "1.82"]
