"""A roster is read right in whatever file it comes, or it is said line by line what cannot be read."""

import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.applications.conftest import PUPILS, RULES, text_of, workbook_of
from varpa.applications.rosters.encodings import encoding_of
from varpa.applications.rosters.headings import FIELDS, MARKED_WORDS, listed, read_headings
from varpa.applications.rosters.lines import Rules, read_day, same_human
from varpa.applications.rosters.reading import (
    NobodyInIt,
    NoHeadings,
    NoNameColumn,
    NoRoleColumn,
    Reading,
    TooManyPeople,
    read_roster,
)
from varpa.applications.rosters.tables import EmptyFile, NoTable, OldWorkbook, OpenQuotation
from varpa.applications.rosters.told import SENTENCES, sentence
from varpa.applications.rosters.workbooks import BrokenWorkbook, LockedWorkbook, SwollenWorkbook
from varpa.kernel.refusals import Refusal

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


def read(content: bytes | str, **changes: object) -> Reading:
    rules = Rules(**{**{name: getattr(RULES, name) for name in RULES.__dataclass_fields__}, **changes})
    return read_roster(content.encode() if isinstance(content, str) else content, rules)


def names(reading: Reading) -> list[str]:
    return [line.name for line in reading.lines]


def said(reading: Reading) -> list[tuple[int, str]]:
    return [(each["line"], each["what"]) for each in reading.told.problems]


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


def test_names_of_others_are_read_too() -> None:
    rows = [["Name", "Role"], ["Иван Петров", "mentee"], ["Ольга Смирнова", "mentee"]]
    assert names(read(text_of(rows).encode("cp1251"))) == ["Иван Петров", "Ольга Смирнова"]
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


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_separator_and_any_line_end(separator: str, end: str) -> None:
    reading = read(text_of(PUPILS, separator, end))
    assert names(reading) == [row[0] for row in PUPILS[1:]]
    assert reading.told.problems == []


def test_a_spreadsheet_may_say_its_separator() -> None:
    assert names(read("sep=|\r\nName|Role\r\nAnna Ozola|mentee\r\n")) == ["Anna Ozola"]


def test_a_line_end_in_quotation_marks_belongs_to_its_cell() -> None:
    reading = read('name;role;topic\n"Anna\nOzola";mentee;"Somas,\r\nērtas"\nIeva Liepa;mentee;x\n\n')
    assert [(line.number, line.name) for line in reading.lines] == [(2, "Anna Ozola"), (5, "Ieva Liepa")]
    assert reading.lines[0].topic == "Somas,\nērtas"


def test_quotation_marks_inside_a_text_are_read_as_they_stand() -> None:
    reading = read(
        'name;role;company\nAnna Ozola;mentor;SIA "Māls" un "Uguns"\nIeva Liepa;mentor;"A ""B"""\n'
    )
    assert [line.place for line in reading.lines] == ['SIA "Māls" un "Uguns"', 'A "B"']


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(OpenQuotation, match="line 3"):
        read('name;role\nAnna Ozola;mentee\n"Ieva Liepa;mentee\nJana Egle;mentee\n')


def test_twenty_six_headings_in_another_order() -> None:
    known = ["key", "means", "phone", "topic", "country", "company", "born", "language", "role", "surname"]
    others = [f"column {chr(97 + at)}" for at in range(15)]
    headings = [*others[:7], *known[:5], *others[7:], *known[5:], "first name"]
    assert len(headings) == 26
    values = dict.fromkeys(others, "?") | {
        "key": "K-7",
        "means": "e-pasts",
        "phone": "+371 29 000 000",
        "topic": "Medus",
        "country": "Latvija",
        "company": "Māls un uguns",
        "born": "14.05.2008.",
        "language": "latviešu",
        "role": "audzēknis",
        "surname": "Ozola",
        "first name": "Anna",
    }
    reading = read(text_of([headings, [values[name] for name in headings]]))
    line = reading.lines[0]
    assert (line.name, line.key, line.role, line.country, line.language) == (
        "Anna Ozola",
        "K-7",
        "mentee",
        "LV",
        "lv",
    )
    assert (line.born, line.place, line.topic, line.means) == (
        date(2008, 5, 14),
        "Māls un uguns",
        "Medus",
        ("email",),
    )
    assert reading.unread == others


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Vārds/uzvārds", "name"),
        ("  VARDAS,  PAVARDĖ *", "name"),
        ("E-pasta adrese (obligāti)", "email"),
        ("El. paštas:", "email"),
        ("Dzim. datums", "born"),
        ("Skola / uzņēmums", "place"),
        ("Mob. tel.", "phone"),
        ("Saziņas līdzekļi", "means"),
        ("Vecāku e-pasts", None),
    ],
)
def test_headings_are_known_whatever_their_marks_and_signs(heading: str, field: str | None) -> None:
    layout = read_headings([heading])
    assert list(layout.columns) == ([field] if field else [])


def test_no_word_of_a_heading_has_two_meanings() -> None:
    from varpa.applications.rosters.headings import _WORDS, plain

    for table, words in _WORDS.items():
        compared = [(plain(word), name) for name, some in words.items() for word in some]
        doubled = {word for word, name in compared if len({other for a, other in compared if a == word}) > 1}
        assert doubled == set(), table
    assert "vards uzvards" in FIELDS
    assert "vārds" in MARKED_WORDS
    assert set(listed("roles").values()) == {"mentor", "mentee", "staff"}


def test_surname_first_is_turned_round() -> None:
    reading = read('Uzvārds, vārds;loma\nOzola Anna;mentee\n"Liepa, Anna Marija";mentee\n')
    assert names(reading) == ["Anna Ozola", "Anna Marija Liepa"]


def test_name_beside_surname_is_the_given_name() -> None:
    assert names(read("Name;Surname;Role\nAnna;Ozola;mentee\n")) == ["Anna Ozola"]
    assert names(read("Vārds;Loma\nAnna Ozola;mentee\n")) == ["Anna Ozola"]


def test_a_title_above_the_headings_is_passed_over() -> None:
    reading = read(
        "Jelgavas ģimnāzija\n\n2025./2026. mācību gads;;\nVārds;Uzvārds;Loma\nAnna;Ozola;skolniece\n"
    )
    assert [(line.number, line.name) for line in reading.lines] == [(5, "Anna Ozola")]


def test_school_and_company_may_stand_in_two_columns() -> None:
    reading = read("name;role;school;company\nAnna Ozola;mentee;Ģimnāzija;\nIeva Liepa;mentor;;Māls\n")
    assert [line.place for line in reading.lines] == ["Ģimnāzija", "Māls"]


def test_personal_codes_are_never_read() -> None:
    reading = read("name;role;personas kods\nAnna Ozola;mentee;010108-12345\n")
    assert (reading.private, reading.unread) == (["personas kods"], [])
    assert "010108" not in repr(reading.lines)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"\r\n ;;\r\n", EmptyFile),
        (b"\xff\xfe", EmptyFile),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", NoTable),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), NoTable),
        (b"\xd0\xcf\x11\xe0" + bytes(512), OldWorkbook),
        (b"PK\x03\x04 not an archive", BrokenWorkbook),
        (b"a;b\n1;2\n", NoHeadings),
        (b"e-mail;role\na@b.lv;mentee\n", NoNameColumn),
        (b"name;e-mail\nAnna Ozola;\n", NoRoleColumn),
        (b"name;role\n;\n\n", NobodyInIt),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        read(content)
    assert str(caught.value)
    assert "{" not in str(caught.value)


def test_a_missing_column_is_told_with_what_was_found() -> None:
    with pytest.raises(NoNameColumn, match="E-pasts, Loma"):
        read("E-pasts;Loma\na@b.lv;mentors\n")


def test_more_people_than_can_be_taken_in_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("varpa.applications.rosters.reading.MOST_PEOPLE", 2)
    with pytest.raises(TooManyPeople, match="2 people"):
        read("name;role\n" + "".join(f"Anna {at};mentee\n" for at in range(3)))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (";mentee;;;;;", "no_name"),
        ("123;mentee;;;;;", "no_name"),
        ("=HYPERLINK(1);mentee;;;;;", "signs_in_name"),
        ("JÄ\x81nis BÄ“rziÅ†Å¡;mentee;;;;;", "signs_in_name"),
        ("Anna Ozola;;;;;;", "no_role"),
        ("Anna Ozola;skolotāja;;;;;", "role"),
        ("Anna Ozola;projekta vadītājs;;;;;", "staff"),
        ("Anna Ozola;mentee;anna.ozola;;;;", "email"),
        ("Anna Ozola;mentee;;32.13.2008;;;", "born"),
        ("Anna Ozola;mentee;;14.05.2099;;;", "born_when"),
        ("Anna Ozola;mentee;;;ru;;", "language"),
        ("Anna Ozola;mentee;;;;Narnia;", "country"),
        ("Anna Ozola;mentee;;;;Igaunija;", "other_country"),
        ("Anna Ozola;mentee;;;;;3,71E+10", "phone"),
        (f"{'Anna ' * 40}Ozola;mentee;;;;;", "too_long"),
        ("Anna Ozola;mentee;;;;;1;one;more", "too_many_cells"),
    ],
)
def test_a_broken_line_is_told_with_its_number(line: str, what: str) -> None:
    reading = read(f"name;role;e-mail;born;language;country;phone\nIeva Liepa;mentee;;;;;\n{line}\n")
    assert (what in dict((kind, at) for at, kind in said(reading)), {at for at, _kind in said(reading)}) == (
        True,
        {3},
    )
    assert names(reading) == ["Ieva Liepa"]
    assert reading.people == 2
    assert all(sentence(each) and "{" not in sentence(each) for each in reading.told.problems)


def test_every_sentence_can_be_said() -> None:
    values = dict.fromkeys(("text", "signs", "other", "countries", "cells", "headings"), "x")
    values |= {"column": "name", "most": "1", "length": "2"}
    for what in SENTENCES:
        told = sentence({"what": what, "values": values})
        assert "{" not in told, what


def test_letters_that_cannot_be_read_are_told_by_line() -> None:
    good = "".join(f"Ēriks Ļ{chr(97 + at)};mentee\n" for at in range(20))
    content = f"name;role\n{good}".encode() + b"J\xe2nis Ozols;mentee\n"
    reading = read(content)
    assert said(reading) == [(22, "unreadable"), (22, "signs_in_name")]
    assert len(reading.lines) == 20


def test_the_same_person_twice_in_a_list_is_told() -> None:
    reading = read(
        "name;role;e-mail;born;key\n"
        "Anna Ozola;mentee;anna@x.lv;;\n"
        "Anna Ozola;mentee;ANNA@x.lv;;\n"
        "Ieva Liepa;mentee;anna@x.lv;;\n"
        "Jana Egle;mentee;;;7\n"
        "Zane Egle;mentee;;;7\n"
        "Rūta Kļava;mentee;;;\n"
        "Ruta Klava;mentee;;;\n"
        "Līga Osis;mentee;;2008-01-02;\n"
        "Līga Osis;mentee;;2008-01-02;\n"
        "Līga Osis;mentee;;2008-01-03;\n"
    )
    assert said(reading) == [
        (3, "twice"),
        (4, "shared_email"),
        (6, "shared_key"),
        (8, "twice_name"),
        (10, "twice"),
    ]
    assert reading.told.problems[0]["values"] == {"other": 2}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2008-05-14", date(2008, 5, 14)),
        ("2008.05.14.", date(2008, 5, 14)),
        ("2008 05 14", date(2008, 5, 14)),
        ("2008-05-14 00:00:00", date(2008, 5, 14)),
        ("14.05.2008", date(2008, 5, 14)),
        ("14.5.2008.", date(2008, 5, 14)),
        ("14. 05. 2008", date(2008, 5, 14)),
        ("14/05/2008", date(2008, 5, 14)),
        ("14-05-2008", date(2008, 5, 14)),
        ("39582", date(2008, 5, 14)),
        ("05/14/2008", None),
        ("30.02.2008", None),
        ("14.05.08", None),
        ("2008", None),
        ("nav zināms", None),
    ],
)
def test_days_as_people_write_them(words: str, day: date | None) -> None:
    assert read_day(words) == day


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Ozola", "ANNA OZOLA", True),
        ("Anna Ozola", "Anna Kalniņa", True),
        ("Anna Ozola", "Ozola Anna", True),
        ("Jānis Bērziņš", "Janis Berzins", True),
        ("Anna Ozola", "Marta Ozola", False),
    ],
)
def test_when_two_names_can_be_one_human(one: str, other: str, same: bool) -> None:
    assert same_human(one, other) is same
    assert same_human("Anna Ozola", "Marta Ozola", keyed=True)


def test_a_workbook_is_read_with_its_kinds_of_cells() -> None:
    rows = [
        ["Vārds", "Uzvārds", "Loma", "Dzimšanas datums", "Tālrunis", "ID", "Piezīmes"],
        ["Anna", "Ozola", "skolniece", datetime(2008, 5, 14), 37129000000, 7.0, None],
        ["Ieva", "Liepa", "mentore", date(1980, 1, 2), "+371 29", "M-1", "=1+1"],
        [None, None, None, None, None, None, None],
        ["Līga", "=CMD()", "skolniece", None, None, None, None],
    ]
    reading = read(workbook_of(rows, cover=True))
    assert (reading.kind, reading.read_as) == ("xlsx", "Saraksts")
    assert [(line.number, line.name, line.born, line.phone, line.key) for line in reading.lines] == [
        (2, "Anna Ozola", date(2008, 5, 14), "37129000000", "7"),
        (3, "Ieva Liepa", date(1980, 1, 2), "+371 29", "M-1"),
    ]
    assert said(reading) == [(5, "signs_in_name")]


def test_remarks_beside_the_list_in_a_workbook_do_not_disturb() -> None:
    assert names(read(workbook_of([["name", "role"], ["Anna Ozola", "mentee", None, "zvanīt!"]]))) == [
        "Anna Ozola"
    ]


def _archive(parts: dict[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_args: object, **_options: object) -> object:
        raise AssertionError("the archive was unpacked")

    monkeypatch.setattr(openpyxl, "load_workbook", opened)
    bomb = _archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(200 * 1024 * 1024)})
    assert len(bomb) < 300_000
    with pytest.raises(SwollenWorkbook):
        read(bomb)
    with pytest.raises(SwollenWorkbook):
        read(_archive({"xl/sharedStrings.xml": bytes(60 * 1024 * 1024)}))
    with pytest.raises(SwollenWorkbook):
        read(_archive({f"xl/{number}.xml": b"<x/>" for number in range(1001)}))
    with pytest.raises(SwollenWorkbook):
        read(_archive({"xl/workbook.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'}))


def test_other_archives_are_refused() -> None:
    with pytest.raises(OldWorkbook):
        read(_archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED))
    with pytest.raises(BrokenWorkbook):
        read(_archive({"word/document.xml": b"<x/>"}))
    with pytest.raises(BrokenWorkbook):
        read(_archive({"xl/workbook.xml": b"<x/>"}))
    whole = workbook_of(PUPILS)
    with pytest.raises(BrokenWorkbook):
        read(whole[: len(whole) // 2])


def test_a_locked_archive_is_told() -> None:
    content = bytearray(workbook_of(PUPILS))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(LockedWorkbook):
        read(bytes(content))


@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refused(content)


@given(
    st.binary(max_size=200), st.sampled_from([b"name;role\r\n", b"PK\x03\x04", b"\xff\xfe", b"sep=,\n\xef"])
)
def test_random_bytes_after_a_good_beginning_are_read_or_refused(content: bytes, head: bytes) -> None:
    _read_or_refused(head + content)


@given(st.lists(st.lists(st.text(max_size=20), max_size=12), max_size=12), st.sampled_from(";,\t|"))
def test_random_tables_are_read_or_refused(rows: list[list[str]], separator: str) -> None:
    head = [["name", "role", "e-mail", "born", "country", "means", "key"]]
    try:
        content = text_of([*head, *rows], separator).encode()
    except UnicodeEncodeError:
        return
    _read_or_refused(content)


@given(st.data())
def test_a_workbook_with_a_changed_byte_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(BOOK)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    _read_or_refused(bytes(content))


BOOK = workbook_of(PUPILS)


def _read_or_refused(content: bytes) -> None:
    try:
        reading = read(content)
    except Refusal as refusal:
        assert "{" not in str(refusal) or b"{" in content
    else:
        assert reading.people >= len(reading.lines)
        assert encoding_of(content) or reading.kind == "xlsx"
