"""A passage in its sentences, and the copy without some of them."""

import pytest
from django.utils import translation

from varpa.diary.parts import copied, lines_of


def sentences(text: str) -> list[str]:
    return [part.text for line in lines_of(text, set()) for part in line]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Viens", ["Viens"]),
        ("Viens. Divi! Trīs? Četri… Pieci", ["Viens.", "Divi!", "Trīs?", "Četri…", "Pieci"]),
        ("Satiku A. Ozolu plkst. 10.00 pie g. Lauka.", ["Satiku A. Ozolu plkst. 10.00 pie g. Lauka."]),
        ("Teicu: jā. „Ēnas“ paliek. Šeit.", ["Teicu: jā.", "„Ēnas“ paliek.", "Šeit."]),
        ("Pirmā rinda\n\n- otrā\ntrešā. Ceturtā", ["Pirmā rinda", "- otrā", "trešā.", "Ceturtā"]),
        ("Было хорошо. Дальше.", ["Было хорошо.", "Дальше."]),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_a_sentence_keeps_its_key_and_two_alike_have_two() -> None:
    keys = [part.key for line in lines_of("Jā. Nē. Jā.", set()) for part in line]
    assert len(set(keys)) == 3
    assert [part.key for line in lines_of("Cits. Nē.", set()) for part in line][1] == keys[1]


def test_the_copy_marks_and_counts_places_line_by_line() -> None:
    text = "Viens. Divi. Trīs.\n\nČetri. Pieci."
    parts = {part.text: part.key for line in lines_of(text, set()) for part in line}
    out = {parts[each] for each in ("Divi.", "Trīs.", "Četri.")}
    with translation.override("en"):
        mark = "[a passage is left out here]"
        assert copied(lines_of(text, out)) == (f"Viens. {mark}\n\n{mark} Pieci.", 2)
