"""Remarks find their words again after heavy edits, or say that they are gone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from varpa.businessplans.anchors import before, find, plain

TEXT = (
    "Nusprendžiau, kad **vienas keitimas kainuos 25 litus**, įskaitant dalis.\n\nKaina bus *viena* visiems."
)


def words(text: str, quote: str, ahead: str = "") -> str:
    found = find(text, quote, ahead)
    return text[found.start : found.end] if found else ""


def test_words_are_found_without_the_signs_of_markdown() -> None:
    assert words(TEXT, "vienas keitimas kainuos 25 litus, įskaitant") == (
        "vienas keitimas kainuos 25 litus**, įskaitant"
    )
    assert words(TEXT, "bus viena visiems") == "bus *viena* visiems"


def test_words_over_a_line_end_are_found() -> None:
    assert words("viens\ndivi  trīs", "viens divi trīs") == "viens\ndivi  trīs"


def test_of_two_equal_places_the_one_with_the_same_words_in_front() -> None:
    text = "Cena ir augsta. Pirmā cena: 12 eiro. Otrā cena: 12 eiro."
    found = find(text, "12 eiro", "Otrā cena: ")
    assert found
    assert found.start == text.rindex("12 eiro")
    assert before(text, found).endswith("Otrā cena: ")


@pytest.mark.parametrize(
    "changed",
    [
        "Pradžia kita.\n\nNusprendžiau, kad vienas keitimas kainuos 27 litus, įskaitant dalis.",
        "kad vienas kameros keitimas kainuos 25 litus, įskaitant dalis ir klijus",
        "Taigi vienas keitimas man kainuos 25 litus. Visiems.",
    ],
)
def test_words_a_little_changed_are_found(changed: str) -> None:
    assert "keitimas" in words(changed, "vienas keitimas kainuos 25 litus")


@pytest.mark.parametrize("gone", ["", "Visai kitas tekstas apie klientus ir jų poreikius.", "vienas"])
def test_words_that_are_gone_are_gone(gone: str) -> None:
    assert find(gone, "vienas keitimas kainuos 25 litus, įskaitant dalis") is None


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_nothing_breaks(text: str, quote: str, ahead: str) -> None:
    found = find(text, quote, ahead)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert plain(text[found.start : found.end]).text.strip() == found.words.strip()


@example("\uf900", "", "")
@given(st.text(min_size=1, max_size=40), st.text(max_size=100), st.text(max_size=100))
def test_what_stands_there_is_always_found(quote: str, ahead: str, behind: str) -> None:
    assert bool(find(f"{ahead} {quote} {behind}", quote)) == bool(plain(quote).text.strip())
