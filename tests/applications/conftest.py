"""What the tests of applications share: the cast, lists of people in any kind of file, what came of them."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.applications.actions.rosters import hold_roster, take_roster
from varpa.applications.models import Roster
from varpa.applications.rosters.lines import Rules
from varpa.applications.rosters.reading import Reading, read_roster
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership, Role

PUPILS = [
    ["Vārds, uzvārds", "E-pasts", "Loma", "Dzimšanas datums", "Skola", "Tēma", "Saziņas līdzekļi"],
    [
        "Kārlis Šķēle",
        "karlis@skola.example",
        "audzēknis",
        "14.05.2008",
        "Jelgavas ģimnāzija",
        "Medus",
        "e-pasts",
    ],
    ["Žanete Ķirse", "", "audzēkne", "2007-12-01", "Jelgavas ģimnāzija", "Ērtas somas", "tālrunis, fakss"],
    ["Mārtiņš Zariņš", "martins@imone.example", "mentors", "", "SIA „Māls un uguns”", "", "klātienē"],
]
RULES = Rules(role="", countries=("LV", "LT"), means={"e pasts": "email"}, today=date(2025, 10, 14))


@pytest.fixture
def cast() -> Cast:
    return assemble()


def text_of(rows: Sequence[Sequence[object]], separator: str = ";", end: str = "\r\n") -> str:
    """Rows as a text with separators, quoted where they must be."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def workbook_of(rows: Sequence[Sequence[object]], title: str = "Saraksts", *, cover: bool = False) -> bytes:
    """Rows as a workbook; with `cover` another sheet stands before them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if cover:
        sheet["A1"] = "Jelgava"
        sheet = book.create_sheet()
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hold(cast: Cast, content: bytes | str, role: str = "", **changes: Any) -> Roster:
    """A list, as Inga has uploaded it: whoever it says nothing of takes part in Latvia."""
    given = content.encode() if isinstance(content, str) else content
    asked: dict[str, Any] = {"name": "saraksts.csv", "country": "LV", "by": cast.inga, "now": NOW, **changes}
    return hold_roster(programme=cast.programme, content=given, role=role, **asked)


def take(cast: Cast, content: bytes | str, role: str = "", **changes: Any) -> dict[str, int]:
    """A list, uploaded and taken in: how many were new, changed, the same."""
    roster = hold(cast, content, role, **changes)
    assert roster.preview["problem_list"] == []
    return dict(take_roster(roster=roster, by=cast.inga, now=NOW))


def problems(roster: Roster) -> list[tuple[int, str]]:
    """What is wrong in a list: line and kind."""
    return [(each["line"], each["what"]) for each in roster.preview["problem_list"]]


def notes(roster: Roster) -> list[tuple[int, str]]:
    """What is worth knowing of a list: line and kind."""
    return [(each["line"], each["what"]) for each in roster.preview["note_list"]]


def known(name: str) -> Person:
    return Person.objects.get(name=name)


def member(name: str) -> Membership:
    return Membership.objects.select_related("person").get(person__name=name)


def read(content: bytes | str, **changes: object) -> Reading:
    """A list, only read; RULES hold but for `changes`."""
    rules = Rules(**{**{name: getattr(RULES, name) for name in RULES.__dataclass_fields__}, **changes})
    return read_roster(content.encode() if isinstance(content, str) else content, rules)


def names(reading: Reading) -> list[str]:
    return [line.name for line in reading.lines]


def said(reading: Reading) -> list[tuple[int, str]]:
    return [(each["line"], each["what"]) for each in reading.told.problems]


def applicant(cast: Cast, name: str = "Anna Ozola", role: str = Role.MENTEE, **changes: Any) -> Membership:
    """Somebody who has applied."""
    person = make.person(name, f"{name.split()[0].lower()}@x.example", **changes)
    return add_member(programme=cast.programme, person=person, role=role, by=cast.inga, now=NOW)
