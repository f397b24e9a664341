"""Workbooks and hostile files: read, or refused in a sentence; never unpacked unseen, never a failure."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.applications.conftest import PUPILS, names, read, said, text_of, workbook_of
from varpa.applications.rosters.tables import OldWorkbook
from varpa.applications.rosters.told import sentence
from varpa.applications.rosters.workbooks import BrokenWorkbook, LockedWorkbook, SwollenWorkbook
from varpa.kernel.refusals import Refusal

BOOK = workbook_of(PUPILS)


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


def test_lists_on_other_sheets_are_told_and_not_silently_left_out() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(PUPILS, "10.a")))
    for title, rows in (("10.b", PUPILS), ("Piezīmes", [["Jāpazvana"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    first = reading.told.notes[0]
    assert (first["what"], first["values"]) == ("sheets", {"text": "10.b"})
    assert "10.b" in sentence(first)


def test_a_hidden_sheet_is_not_read_where_another_holds_a_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(PUPILS[:2], "Vecais")))
    book["Vecais"].sheet_state = "hidden"
    shown = book.create_sheet("Tagad")
    for row in PUPILS:
        shown.append(list(row))
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert reading.read_as == "Tagad"
    assert names(reading) == [row[0] for row in PUPILS[1:]]


def test_one_cell_for_many_lines_says_it_for_each_of_them() -> None:
    rows = [
        ["Saraksts", None, None],
        ["Vārds", "Loma", "Skola"],
        ["Anna Ozola", "skolniece", "Jelgavas tehnikums"],
        ["Ieva Liepa", "skolniece", None],
        [None, None, None],
        ["Līga Krūze", "skolniece", None],
        ["Zane Vītola", "skolniece", None],
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(rows)))
    for reach in ("A1:C1", "C3:C6"):
        book.worksheets[0].merge_cells(reach)
    out = io.BytesIO()
    book.save(out)
    school = "Jelgavas tehnikums"
    assert [each.place for each in read(out.getvalue()).lines] == [school, school, school, ""]


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


def _sheet(rows: bytes = b"", **more: bytes) -> bytes:
    """A good workbook in whose sheet these rows stand below the list, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", rows + b"</sheetData>")
            new.writestr(name, content)
        for name, content in more.items():
            new.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        b"<row>" + b"<c/>" * 20_000 + b"</row>",
        b"<row><!-- </row> -->" + b"<c/>" * 20_000 + b"</row>",
        b"<row><c t='inlineStr'><is><t>" + b"a" * 20_000_000 + b"</t></is></c></row>",
    ],
    ids=["a row without end", "a row that seems to end", "a text without end"],
)
def test_a_small_workbook_that_takes_much_memory_is_refused(rows: bytes) -> None:
    assert len(_sheet(b"<row><c/></row>")) < len(_sheet(rows)) < 100_000
    assert len(read(_sheet(b"<row><c/></row>")).lines) == 3
    with pytest.raises(SwollenWorkbook):
        read(_sheet(rows))


def test_a_workbook_with_many_formulas_is_read() -> None:
    chain = b"<calcChain>" + b"<c r='A1'/>" * 20_000 + b"</calcChain>"
    assert len(read(_sheet(calcChain=chain)).lines) == 3


def test_a_dtd_is_found_wherever_it_stands() -> None:
    with pytest.raises(SwollenWorkbook):
        read(_archive({"xl/workbook.xml": b"<?xml version='1.0'?>" + b" " * 9000 + b"<!DOCTYPE x []><x/>"}))


def test_many_parts_that_are_large_together_are_refused() -> None:
    with pytest.raises(SwollenWorkbook):
        read(_archive({f"xl/{number}.xml": bytes(15 * 1024 * 1024) for number in range(20)}))


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


def _read_or_refused(content: bytes) -> None:
    try:
        reading = read(content)
    except Refusal as refusal:
        said_to_a_person = str(refusal)
    else:
        said_to_a_person = f"{reading.people} people"
        assert reading.people >= len(reading.lines)
    assert said_to_a_person
