"""Interests and sectors: one code for what three languages call by different words."""

from pathlib import Path

import pytest

from varpa.kernel.text import LANGUAGES
from varpa.sectors.sectors import codes_of, nearness, read, search, section_in_common, sector, sectors

LETTERS = "ABCDEFGHIJKLMNOPQRS"
# The last division of each section in NACE Rev. 2.
LAST = dict(
    zip(LETTERS, (3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96), strict=True)
)

ONE = """
[[sector]]
code = "C"
name = { lv = "Ražošana", lt = "Gamyba", en = "Making" }
words = { lv = ["rūpnīca"], lt = ["gamykla"], en = ["factory"] }
"""
WOOD = """
[[sector]]
code = "16.2"
name = { lv = "Galdniecība", lt = "Staliaus darbai", en = "Joinery" }
words = { lv = ["koks"], lt = ["medis"], en = ["wood"] }
"""


def found(text: str, language: str = "lv") -> list[str]:
    return [each.code for each in search(text, language)]


# What stands in it.


def test_the_whole_taxonomy_is_sound() -> None:
    divisions = [each for each in sectors() if len(each.code) == 2]
    assert [each.code for each in sectors() if not each.parent] == list(LETTERS)
    assert 60 <= len(divisions) <= 80
    assert all(each.parent in LETTERS for each in divisions)
    for each in sectors():
        above = sector(each.parent)
        assert above is None if each.code in LETTERS else above


def test_divisions_stand_in_the_sections_of_the_classification() -> None:
    first = 1
    for letter, last in LAST.items():
        numbers = [int(each.code) for each in sectors() if each.parent == letter]
        assert numbers == sorted(numbers)
        assert numbers
        assert first <= numbers[0]
        assert numbers[-1] <= last
        first = last + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_enough_words_and_not_too_many(language: str) -> None:
    assert [each.code for each in sectors() if not 5 <= len(each.words[language]) <= 15] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_have_one_name(language: str) -> None:
    names = [each.name.within(language) for each in sectors()]
    assert len(names) == len(set(names))
    assert [name for name in names if name[0].islower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_found_by_its_own_name_and_words(language: str) -> None:
    for each in sectors():
        for phrase in each.phrases(language):
            assert each.code in found(phrase, language), phrase
            assert each.code in codes_of(phrase), phrase


def test_a_word_of_one_language_means_one_code() -> None:
    """A cell that says one word is read as one wish."""
    several = {
        phrase: codes
        for each in sectors()
        for language in LANGUAGES
        for phrase in each.phrases(language)
        if len(codes := codes_of(phrase)) > 1
    }
    assert several == {"laivas": ["30", "50"]}, "boats in Latvian, a ship in Lithuanian"


def test_a_code_that_is_gone_is_none() -> None:
    assert sector("16.2") is not None
    assert [sector(code) for code in ("99", "16.9", "", "koks")] == [None] * 4


# A folder with faults is told whole.


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ONE + ONE, "C: stands twice"),
        (ONE + WOOD, "16.2: 16 does not stand before it"),
        (ONE.replace('"Gamyba"', '""'), "C, lt: no name"),
        (ONE.replace('lt = "Gamyba", ', ""), "C, lt: no name"),
        (ONE.replace('["factory"]', "[]"), "C, en: no words"),
        (ONE.replace('["rūpnīca"]', '["rūpnīca", "Rupnica"]'), "C, lv: rupnica stands twice"),
        (ONE.replace('["factory"]', '["making"]'), "C, en: making stands twice"),
        (ONE.replace('["factory"]', '["factory", " "]'), "C, en: an empty word"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "C.toml").write_text(text)
    with pytest.raises(ValueError, match=fault):
        read(tmp_path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "C.toml").write_text(ONE.replace('"Gamyba"', '""') + WOOD)
    with pytest.raises(ValueError, match=r"(?s)no name.*does not stand before it"):
        read(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sectors"):
        read(tmp_path)


# Searching.


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("23.4", ("keramika", "keramika", "ceramics")),
        ("16.2", ("galdniecība", "stalius", "carpentry")),
        ("10.71", ("maizes ceptuve", "kepykla", "bakery")),
        ("96.02", ("skaistumkopšana", "kirpykla", "hairdresser")),
        ("62.01", ("programmēt", "programuotojas", "coding")),
        ("01.4", ("biškopis", "bitininkas", "beekeeper")),
        ("14", ("šūšana", "siuvimas", "sewing")),
        ("45.2", ("automehāniķis", "autoservisas", "car repair")),
        ("82.3", ("kāzas", "vestuvės", "weddings")),
    ],
)
def test_three_languages_find_one_sector(code: str, words: tuple[str, str, str]) -> None:
    for word in words:
        for reader in LANGUAGES:
            assert found(word, reader)[0] == code, f"{word} for a reader of {reader}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skaistumkopsana", "skaistumkopšana"),
        ("ZVEJNIECĪBA", "zvejniecība"),
        ("  medus  ", "medus"),
        ("gėlės", "geles"),
        ("wood-working", "woodworking"),
        ("E VEIKALS", "e-veikals"),
    ],
)
def test_marks_capitals_and_hyphens_do_not_matter(typed: str, meant: str) -> None:
    assert found(typed) == found(meant) != []


def test_a_beginning_is_enough() -> None:
    assert "16.2" in found("galdn")
    assert found("mode")[0] == "14"


def test_every_word_must_be_met() -> None:
    assert found("interjera dizains") == ["74.10"]
    assert found("interjera kartupeļi") == []


def test_another_ending_is_found_last() -> None:
    assert {"16.2", "31"} <= set(found("mēbeļu"))
    assert "74.20" in found("fotogrāfijai")
    assert found("Lietuva") == []


def test_the_best_come_first() -> None:
    by_name = found("dizains")
    assert by_name[0] == "74.10", "the whole word of a name"
    assert {"14", "31"} < set(by_name), "fashion and furniture by their other words"
    assert found("karjera", "lv")[0] == "78", "a career before a Lithuanian quarry"
    assert found("laivas", "lv")[0] == "30", "boats for a Latvian"
    assert found("laivas", "lt")[0] == "50", "a ship for a Lithuanian"


def test_equals_stand_by_code_each_time() -> None:
    assert found("auto")[:4] == ["G", "45", "49", "77"]
    assert found("auto") == found("auto")


def test_no_text_gives_the_sections() -> None:
    for nothing in ("", "   ", "—"):
        assert found(nothing) == list(LETTERS)


def test_an_unknown_word_finds_nothing() -> None:
    assert found("xyzzy") == []
    assert found("kvarkšķis") == []


def test_a_reader_of_a_fourth_language_finds_too() -> None:
    assert found("keramika", "uk")[0] == "23.4"


# How near two are.


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("16.2", "16.2", 1000),
        ("C", "C", 1000),
        ("16", "16.2", 800),
        ("93", "93.13", 800),
        ("93.1", "93.13", 800),
        ("10.71", "10.82", 500),
        ("74.10", "74.20", 500),
        ("16.2", "31", 250),
        ("10", "11", 250),
        ("C", "16.2", 500),
        ("C", "16", 500),
        ("C", "A", 0),
        ("16.2", "62.01", 0),
        ("99", "99", 0),
        ("16.2", "16.9", 0),
        ("", "", 0),
    ],
)
def test_nearness(one: str, other: str, near: int) -> None:
    assert nearness(one, other) == nearness(other, one) == near


@pytest.mark.parametrize(
    ("one", "other", "section"),
    [
        ("C", "16", "C"),
        ("C", "16.2", "C"),
        ("C", "C", ""),
        ("16", "16.2", ""),
        ("C", "62", ""),
        ("", "C", ""),
    ],
)
def test_a_whole_section_is_in_common_with_what_is_in_it(one: str, other: str, section: str) -> None:
    assert section_in_common(one, other) == section_in_common(other, one) == section


# Free words from a spreadsheet.


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("IT", ["62"]),
        ("koks", ["16.2"]),
        ("medis", ["16.2"]),
        ("wood-working", ["16.2"]),
        ("Kepykla", ["10.71"]),
        ("MAJDZIVNIEKI", ["75"]),
        ("frizieri", ["96.02"]),
        ("Galdniecība un koka izstrādājumi", ["16.2"]),
        ("Grūdai, bulvės", ["01.1"]),
        ("Grūdų, daržovių ir gėlių auginimas", ["01.1"]),
    ],
)
def test_words_mean_codes(text: str, codes: list[str]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("62.01", ["62.01"]),
        (" C ", ["C"]),
        ("J62.01", ["62.01"]),
        ("NACE 96.02", ["96.02"]),
        ("74.2", ["74.20"]),
        ("56.1", ["56.10"]),
        ("62.02", ["62"]),
        ("16.23", ["16.2"]),
        ("99.00", []),
        ("2024", []),
    ],
)
def test_codes_mean_themselves_or_the_nearest_above(text: str, codes: list[str]) -> None:
    assert codes_of(text) == codes


def test_a_cell_may_hold_several() -> None:
    assert codes_of("IT; koks un dizains") == ["62", "16.2", "74.10"]
    assert codes_of("muzika, teatras ir krepšinis") == ["90.01", "93.1"]
    assert codes_of("robotics/electronics") == ["28", "26"]
    assert codes_of("keramika; Keramika; 23.4") == ["23.4"]


def test_what_nobody_knows_means_nothing() -> None:
    assert [codes_of(text) for text in ("", " ; ", "—", "vēl nezinu", "xyzzy")] == [[]] * 5
    assert codes_of("vēl nezinu; medus") == ["01.4"]
