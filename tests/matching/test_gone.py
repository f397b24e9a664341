"""A code that the taxonomy no longer has says as little as silence: unknown, not nought."""

from varpa.matching.cohort import Mentee, Mentor, cohort
from varpa.matching.matching import match


def total(interests: tuple[str, ...], sectors: tuple[str, ...] = ("62.01",)) -> int:
    found = match(cohort([Mentee("one", interests=interests)], [Mentor("other", sectors=sectors)]))
    return found.solved.total


def test_a_wish_that_is_gone_counts_as_silence() -> None:
    assert total(("77.77",)) == total(())
    assert total(("77.77", "62.01")) == total(("62.01",))


def test_what_a_company_does_that_is_gone_counts_as_silence() -> None:
    assert total(("62.01",), ("77.77",)) == total(("62.01",), ())


def test_a_word_that_both_sides_name_is_still_the_same() -> None:
    assert total(("origami",), ("origami",)) == total(("62.01",))
