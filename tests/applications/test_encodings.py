"""A list in any encoding is read right: told by its bytes, else by the letters that come out."""

import random

import pytest

from tests.applications.conftest import PUPILS, names, read, said, text_of
from varpa.applications.rosters.encodings import OtherEncoding, choices, in_utf8

NARROW = ("cp1257", "iso8859_13", "iso8859_4", "cp775", "iso8859_10", "mac_latin2")
WIDE = ("utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le")
LITHUANIANS = [
    ["Vardas, pavardė", "El. paštas", "Vaidmuo", "Gimimo data", "Mokykla", "Tema"],
    ["Šarūnas Balčiūnas", "sarunas@mokykla.example", "mokinys", "2008.05.14", "Šiaulių gimnazija", "Žolelės"],
    ["Eglė Ąžuolaitė", "", "mokinė", "2007-12-01", "Šiaulių gimnazija", "Įkvėpimas"],
    ["Jurgis Kęsgaila", "jurgis@imone.example", "mentorius", "", "UAB Žalia giria", ""],
]
# Without a heading that has a mark, and with few words: only the letters of the names tell.
FEW = [["Name", "Role"], ["Jānis Bērziņš", "mentee"], ["Ģirts Āboliņš", "mentee"], ["Rūta Čakste", "mentor"]]
FEW_LT = [["Name", "Role"], ["Rūta Šimkutė", "mentee"], ["Mindaugas Žukauskas", "mentor"]]
LISTS = {"lv": PUPILS, "lt": LITHUANIANS, "few": FEW, "few lt": FEW_LT}


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS.keys())
@pytest.mark.parametrize("encoding", [*WIDE, *NARROW])
def test_a_list_in_any_encoding_is_read_right(encoding: str, rows: list[list[str]]) -> None:
    plain = [[cell.replace("„", '"').replace("”", '"') for cell in row] for row in rows]
    reading = read(text_of(plain).encode(encoding))
    assert names(reading) == [row[0] for row in rows[1:]]
    assert reading.told.problems == []


@pytest.mark.parametrize("encoding", ["cp1257", "iso8859_13"])
def test_the_quotation_marks_of_the_two_baltic_encodings_are_told_apart(encoding: str) -> None:
    reading = read(text_of(PUPILS).encode(encoding))
    assert reading.lines[-1].place == "SIA „Māls un uguns”"


@pytest.mark.parametrize(
    "encoding", ["cp1251", "cp866", "koi8_r", "iso8859_5", "utf_16", "utf_16_le", "utf_16_be"]
)
def test_names_in_cyrillic_are_read_too(encoding: str) -> None:
    rows = [["Name", "Role", "School"]]
    rows += [[name, "mentee", "Даугавпилсская школа " * 6] for name in ("Иван Петров", "Ольга Смирнова")]
    assert names(read(text_of(rows).encode(encoding))) == ["Иван Петров", "Ольга Смирнова"]


def test_names_of_others_are_read_too() -> None:
    rows = [["Name", "Role"], ["Jörg Müller", "mentor"]]
    assert names(read(text_of(rows).encode("cp1252"))) == ["Jörg Müller"]


@pytest.mark.parametrize("encoding", [*WIDE, *NARROW])
def test_lists_of_any_names_are_read_right_in_any_encoding(encoding: str) -> None:
    """Forty lists of twelve people drawn from the names of both countries."""
    first = [
        "Jānis",
        "Anna",
        "Elīna",
        "Kārlis",
        "Līga",
        "Ģirts",
        "Žanete",
        "Ēriks",
        "Mārtiņš",
        "Šarūnas",
        "Rūta",
        "Eglė",
        "Živilė",
        "Jurgis",
        "Ieva",
    ]
    last = [
        "Bērziņš",
        "Kalniņa",
        "Šķēle",
        "Ozoliņa",
        "Āboliņš",
        "Krūmiņa",
        "Žukauskas",
        "Petrauskaitė",
        "Balčiūnas",
        "Čepaitis",
        "Kęsgaila",
    ]
    chance = random.Random(encoding)
    for _turn in range(40):
        people = [[f"{chance.choice(first)} {chance.choice(last)}", f"a{at}@x.lv"] for at in range(12)]
        reading = read(text_of([["Name", "E-mail"], *people]).encode(encoding), role="mentee")
        assert names(reading) == [name for name, _email in people]


def test_letters_that_cannot_be_read_are_told_by_line() -> None:
    good = "".join(f"Ēriks Ļ{chr(97 + at)};mentee\n" for at in range(20))
    content = f"name;role\n{good}".encode() + b"J\xe2nis Ozols;mentee\n"
    reading = read(content)
    assert said(reading) == [(22, "unreadable"), (22, "signs_in_name")]
    assert len(reading.lines) == 20


POLES = [["Name", "Role"]]
POLES += [
    [name, "mentee"]
    for name in ("Łukasz Wiśniewski", "Małgorzata Dąbrowska", "Józef Piłsudski", "Anna Żółtowska")
]
GERMANS = [["Name", "Role"]]
GERMANS += [[name, "mentor"] for name in ("Jörg Müller", "Käthe Schäfer", "Günther Weiß", "Björn Sjöström")]


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859_2", "cp852", "cp1257", "iso8859_13"])
def test_names_of_polish_pupils_are_read_right(encoding: str) -> None:
    assert names(read(text_of(POLES).encode(encoding))) == [row[0] for row in POLES[1:]]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "iso8859_15", "mac_roman"])
def test_names_of_the_north_are_read_right(encoding: str) -> None:
    assert names(read(text_of(GERMANS).encode(encoding))) == [row[0] for row in GERMANS[1:]]


def test_how_a_text_was_saved_may_be_said() -> None:
    said_so = in_utf8(text_of(FEW).encode("cp775"), "cp775")
    assert names(read(said_so)) == [row[0] for row in FEW[1:]]


def test_an_encoding_in_which_the_list_was_not_saved_is_told() -> None:
    with pytest.raises(OtherEncoding, match="UTF-8"):
        in_utf8("Jānis Bērziņš".encode("cp1257"), "utf_8")


def test_encodings_are_offered_by_the_names_that_offices_know() -> None:
    assert {"UTF-8", "Windows-1257", "ISO 8859-13", "DOS 775", "KOI8-R"} <= {
        name for _codec, name in choices()
    }
