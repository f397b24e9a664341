"""A whole roster, read: who stands in it, what is wrong in it, which columns say nothing to us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.headings import Layout, known_headings, read_headings
from varpa.applications.rosters.lines import Line, Rules, read_line, same_human
from varpa.applications.rosters.tables import Row, Table, read_table
from varpa.applications.rosters.told import Told
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded

MOST_PEOPLE: Final = 50_000
TITLE_LINES: Final = 20
"""Headings are looked for in so many lines: a list often begins with a title."""


class NoHeadings(Refusal):
    sentence = _(
        "The first line has to say what stands in the columns, for example: name; e-mail; role. "
        "Found was: {found}"
    )


class NoNameColumn(Refusal):
    sentence = _(
        "There is no column with the names. Call it “name”, or “first name” and “surname”. Read were: {found}"
    )


class NoRoleColumn(Refusal):
    sentence = _(
        "The list does not say who is a mentor and who a mentee. Choose it beside the file, or add a column "
        "“role”."
    )


class NobodyInIt(Refusal):
    sentence = _("There are headings, but nobody stands below them.")


class TooManyPeople(Refusal):
    sentence = _("There are more than {most} people in the list. Divide it into several files.")


@dataclass
class Reading:
    """`people` counts the lines with somebody in them, right or wrong; `lines` are the right ones."""

    kind: str
    read_as: str
    columns: list[tuple[str, str]]
    unread: list[str]
    private: list[str]
    lines: list[Line]
    people: int
    told: Told


def read_roster(content: bytes, rules: Rules) -> Reading:
    """Read a CSV or XLSX file; raises a Refusal where it cannot be read as a list of people at all."""
    table = read_table(content)
    heading, layout, rows = _begin(table)
    if not layout.has_name():
        raise NoNameColumn(found=_shown(heading.cells))
    if "role" not in layout.columns and not rules.role:
        raise NoRoleColumn()
    told, twins = Told(), _Twins()
    lines, people = [], 0
    for row in rows:
        if row.is_blank:
            continue
        people += 1
        if people > MOST_PEOPLE:
            raise TooManyPeople(most=MOST_PEOPLE)
        line = read_line(row, layout, rules, told)
        if line and twins.alone(line, told):
            lines.append(line)
    if not people:
        raise NobodyInIt()
    columns = [(name, heading.cells[at].strip()) for name, places in layout.columns.items() for at in places]
    return Reading(table.kind, table.told, columns, layout.unread, layout.private, lines, people, told)


def _begin(table: Table) -> tuple[Row, Layout, Iterator[Row]]:
    """The line of headings, what it says, and the lines after it."""
    rows = table.rows
    first = [row for row in islice(rows, TITLE_LINES) if not row.is_blank]
    known = [known_headings(row.cells) for row in first]
    if not known or not max(known):
        raise NoHeadings(found=_shown(first[0].cells) if first else "–")
    at = known.index(max(known))
    layout = read_headings(first[at].cells)
    if table.kind == "xlsx":
        # Remarks beside a list are usual in a workbook; in a text they are a cell that was cut in two.
        layout.width = len(first[at].cells) + 1000
    return first[at], layout, chain(first[at + 1 :], rows)


def _shown(cells: list[str]) -> str:
    return ", ".join(" ".join(cell.split())[:30] for cell in cells[:12] if cell.strip()) or "–"


class _Twins:
    """Who stood on an earlier line: by key, by e-mail, else by name and date of birth."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[int, str]] = {}
        self.emails: dict[str, tuple[int, str]] = {}
        self.names: dict[tuple[str, date | None], tuple[int, bool]] = {}

    def alone(self, line: Line, told: Told) -> bool:
        """Whether nobody before was the same; else `told` knows."""
        for value, seen, what in (
            (line.key, self.keys, "shared_key"),
            (line.email, self.emails, "shared_email"),
        ):
            other = seen.setdefault(value, (line.number, line.name)) if value else None
            if other and other[0] != line.number:
                same = same_human(other[1], line.name)
                told.problem(line.number, line.name, "twice" if same else what, other=other[0])
                return False
        known = bool(line.key or line.email)
        at, was_known = self.names.setdefault((folded(line.name), line.born), (line.number, known))
        if at != line.number and not (known and was_known):
            told.problem(line.number, line.name, "twice" if line.born else "twice_name", other=at)
            return False
        return True
