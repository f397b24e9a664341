"""A roster is read right in whatever shape it comes, or it is said line by line what cannot be read."""

from datetime import date

import pytest

from tests.applications.conftest import PUPILS, names, read, said, text_of
from varpa.applications.rosters.days import read_day
from varpa.applications.rosters.headings import _WORDS, FIELDS, MARKED_WORDS, listed, plain, read_headings
from varpa.applications.rosters.lines import same_human
from varpa.applications.rosters.reading import (
    NobodyInIt,
    NoHeadings,
    NoNameColumn,
    NoRoleColumn,
    TooManyPeople,
)
from varpa.applications.rosters.tables import EmptyFile, NoTable, OldWorkbook, OpenQuotation
from varpa.applications.rosters.told import SENTENCES, sentence
from varpa.applications.rosters.workbooks import BrokenWorkbook
from varpa.kernel.refusals import Refusal


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", ":", "~", "^", "#", "!", "¦"])
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


def test_quotation_marks_after_a_blank_are_quotation_marks() -> None:
    reading = read('name, role, school\nAnna Ozola, mentee, "Skola, Rīga"\n')
    assert [(line.name, line.place) for line in reading.lines] == [("Anna Ozola", "Skola, Rīga")]


def test_apostrophes_may_stand_for_quotation_marks() -> None:
    reading = read("'name';'role';'topic'\n'Anna O''Brien';'mentee';'a;b'\n'Ieva';'mentor';''\n")
    assert [(line.name, line.topic) for line in reading.lines] == [("Anna O'Brien", "a;b"), ("Ieva", "")]


def test_a_list_of_which_every_line_was_quoted_as_a_whole_is_read() -> None:
    reading = read('"name;role;topic"\n"Anna Ozola;mentee;""a;b"""\n\n"Ieva Liepa;mentor;x"\n')
    assert [(line.number, line.name) for line in reading.lines] == [(2, "Anna Ozola"), (4, "Ieva Liepa")]
    assert reading.lines[0].topic == "a;b"


def test_signs_that_nobody_sees_are_left_out() -> None:
    reading = read(
        "\ufeff\u200bname;e-mail\n\ufeffAnna\u00ad Ozola\u202c;\u200eanna@x.lv\u200b\n", role="mentee"
    )
    assert [(line.name, line.email) for line in reading.lines] == [("Anna Ozola", "anna@x.lv")]


@pytest.mark.parametrize(
    "head", [b"<html><table>", b"\xef\xbb\xbf<?xml version='1.0'?>", b"\r\n <!DOCTYPE html>"]
)
def test_a_page_that_is_called_a_workbook_is_told(head: bytes) -> None:
    with pytest.raises(OldWorkbook):
        read(head + b"<tr><td>name</td><td>role</td></tr>")


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
        ("Vecāku e-pasts", "guardian_email"),
        ("Dzim. dati", "born"),
        ("Skolēna e-pasts", "email"),
        ("Mokinio el. paštas", "email"),
        ("Tėvų el. paštas", "guardian_email"),
        ("Skolas nosaukums", "place"),
        ("Mokyklos pavadinimas", "place"),
        ("Uzņēmuma nosaukums", "place"),
        ("Mob.tālr.", "phone"),
    ],
)
def test_headings_are_known_whatever_their_marks_and_signs(heading: str, field: str | None) -> None:
    layout = read_headings([heading])
    assert list(layout.columns) == ([field] if field else [])


@pytest.mark.parametrize(
    "heading",
    [
        *("Mokymo įstaiga", "Ugdymo įstaiga", "Mokykla", "Mokymosi įstaiga", "MOKYMO ISTAIGA"),
        *("Ugdymo įstaigos pavadinimas", "Profesinė mokykla", "Progimnazija", "Mokymosi vieta"),
        *("Izglītības iestāde", "Skola", "Mācību iestāde", "Mācību iestādes nosaukums", "Mācību vieta"),
        *("Vidusskola", "Tehnikums", "School name", "Educational institution"),
    ],
)
def test_the_school_is_known_by_its_usual_names(heading: str) -> None:
    assert read_headings([heading]).columns == {"place": [0]}


def test_no_word_of_a_heading_has_two_meanings() -> None:
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
        (b'[{"name": "Anna Ozola", "role": "mentee"}]', NoTable),
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
    assert what in [kind for _at, kind in said(reading)]
    assert {at for at, _kind in said(reading)} == {3}
    assert names(reading) == ["Ieva Liepa"]
    assert reading.people == 2
    assert all(sentence(each) and "{" not in sentence(each) for each in reading.told.problems)


def test_half_a_name_is_told_with_its_line() -> None:
    reading = read(
        "Vardas;Pavardė;Vaidmuo\nOna;Kazlauskienė;mokinė\n;Kazlauskas;mokinys\nOna;;mokinė\n;;mokinė\n"
    )
    assert names(reading) == ["Ona Kazlauskienė"]
    assert said(reading) == [(3, "half_name"), (4, "half_name"), (5, "no_name")]
    assert [each["values"].get("column") for each in reading.told.problems] == ["first", "last", None]


def test_a_dash_says_that_there_is_no_other_half_of_a_name() -> None:
    reading = read("first name;surname;role\nSukarno;–;mentor\n-;Teller;mentor\n–;-;mentor\n")
    assert names(reading) == ["Sukarno", "Teller"]
    assert said(reading) == [(4, "no_name")]


def test_a_whole_name_stands_for_half_of_one() -> None:
    assert names(read("name;first name;surname;role\nOna Bitė;Ona;;mentee\n")) == ["Ona Bitė"]


def test_a_name_of_one_word_is_worth_a_look() -> None:
    reading = read("name;role\nOna Bitė;mentee\nOna;mentee\n")
    assert names(reading) == ["Ona Bitė", "Ona"]
    assert [(each["line"], each["who"], each["what"]) for each in reading.told.notes] == [
        (3, "Ona", "one_word")
    ]


def test_every_sentence_can_be_said() -> None:
    values = dict.fromkeys(("text", "signs", "other", "countries", "cells", "headings", "day"), "x")
    values |= {"column": "name", "most": "1", "length": "2"}
    for what in SENTENCES:
        told = sentence({"what": what, "values": values})
        assert "{" not in told, what


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
        ("20080514", date(2008, 5, 14)),
        ("2008-05-14T00:00:00Z", date(2008, 5, 14)),
        ("14.05.2008 0:00", date(2008, 5, 14)),
        ("2008. gada 14. maijs", date(2008, 5, 14)),
        ("2008.g. 14.maijā", date(2008, 5, 14)),
        ("14. jūnijs, 2008", date(2008, 6, 14)),
        ("14.jūl. 2008. g.", date(2008, 7, 14)),
        ("2008 m. gegužės 14 d.", date(2008, 5, 14)),
        ("2008 m. RUGPJŪČIO mėn. 14 d.", date(2008, 8, 14)),
        ("rugsėjo 14, 2008", date(2008, 9, 14)),
        ("14 October 2008", date(2008, 10, 14)),
        ("14-OCT-2008", date(2008, 10, 14)),
        ("May 14th, 2008", date(2008, 5, 14)),
        ("2008. gada 31. septembris", None),
        ("2008. gada 14. medus", None),
        ("20081405", None),
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
