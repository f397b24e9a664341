"""A whole roster, read: who stands in it, what is wrong in it, which columns say nothing to us."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.days import month_first_in, read_day
from varpa.applications.rosters.headings import (
    Layout,
    answers,
    asked_of,
    asks_as_a_form,
    counts_answers,
    known_headings,
    mark_of,
    read_headings,
    shown,
)
from varpa.applications.rosters.lines import Line, Rules, read_line, same_human
from varpa.applications.rosters.tables import Row, Table, read_table
from varpa.applications.rosters.told import Told
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded

MOST_PEOPLE: Final = 50_000
SAMPLES: Final = 3
TITLE_LINES: Final = 20
"""Headings are looked for in so many lines: a list often begins with a title."""


@dataclass(frozen=True)
class Head:
    """The headings of a list: `mark` of their set, `mapped` what was said of them, {compared heading: field}.

    `unknown` are the columns that say nothing to us: (compared heading, as it stands, first values). `known`
    are the others, with the field that each is read as, "" where it is left out.
    """

    mark: str
    mapped: dict[str, str]
    unknown: list[tuple[str, str, list[str]]]
    known: list[tuple[str, str, list[str], str]]


class NotMapped(Refusal):
    """A list that could be read if somebody said what its columns hold; `head` is None where none could."""

    head: Head | None = None


class NoHeadings(NotMapped):
    sentence = _(
        "The first line has to say what stands in the columns, for example: name; e-mail; role. "
        "Found was: {found}"
    )


class NoNameColumn(NotMapped):
    sentence = _(
        "There is no column with the names. Call it “name”, or “first name” and “surname”. Read were: {found}"
    )


class NoRoleColumn(NotMapped):
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
    """`people` counts the lines with somebody in them, right or wrong; `lines` are the right ones.

    `country` is that of whoever has none yet, where the line says none.
    """

    kind: str
    read_as: str
    columns: list[tuple[str, str]]
    unread: list[str]
    private: list[str]
    lines: list[Line]
    people: int
    told: Told
    head: Head
    country: str


Recall = Callable[[str], dict[str, str]]
"""What was said earlier of columns, {compared heading: field}: first of this set of headings, by its mark."""


def read_roster(content: bytes, rules: Rules, recall: Recall = lambda _mark: {}) -> Reading:
    """Read a CSV or XLSX file; raises a Refusal where it cannot be read as a list of people at all."""
    table = read_table(content)
    heading, layout, rows, head = _begin(table, recall)
    for missing in _missing(heading, layout, rules):
        missing.head = head
        raise missing
    told, twins = Told(), _Twins()
    if table.left:
        told.note(heading.number, "", "sheets", text=", ".join(table.left))
    if layout.counter:
        told.note(heading.number, "", "counter", text=layout.counter)
    filled = list(islice((row for row in rows if not row.is_blank), MOST_PEOPLE + 1))
    if len(filled) > MOST_PEOPLE:
        raise TooManyPeople(most=MOST_PEOPLE)
    if not filled:
        raise NobodyInIt()
    rules = _dated(rules, heading, layout, filled, told)
    read = (read_line(row, layout, rules, told) for row in filled)
    lines = [line for line in read if line and twins.alone(line, told)]
    columns = [(name, heading.cells[at].strip()) for name, places in layout.columns.items() for at in places]
    return Reading(
        table.kind,
        table.told,
        columns,
        layout.unread,
        layout.private,
        lines,
        len(filled),
        told,
        head,
        rules.country,
    )


def _dated(rules: Rules, heading: Row, layout: Layout, rows: list[Row], told: Told) -> Rules:
    """The rules with the order in which this list writes its days: one line alone cannot tell it."""
    month_first, either = month_first_in(layout.cell(row.cells, "born") for row in rows)
    if day := read_day(either, month_first=month_first):
        order = "month_first" if month_first else "day_first"
        told.note(heading.number, "", order, text=either[:40], day=day.isoformat())
    return replace(rules, month_first=month_first)


def _missing(heading: Row, layout: Layout, rules: Rules) -> Iterator[NotMapped]:
    """What has to stand in a list and does not."""
    if not layout.has_name():
        yield NoNameColumn(found=_shown(heading.cells))
    if "role" not in layout.columns and not rules.role:
        yield NoRoleColumn()


def _begin(table: Table, recall: Recall) -> tuple[Row, Layout, Iterator[Row], Head]:
    """The line of headings, what it says, and the lines after it."""
    rows = table.rows
    first = [row for row in islice(rows, TITLE_LINES) if not row.is_blank]
    at = _heading(first, recall(""))
    cells, below = first[at].cells, first[at + 1 :]
    mark, asked = mark_of(cells), asked_of(cells)
    recalled = recall(mark)
    mapped = {key: recalled[key] for key in asked if key in recalled}
    layout = read_headings(cells, mapped)
    key = next(iter(layout.columns.get("key", ())), None)
    if key is not None and asked[key] not in mapped and counts_answers(cells, key, _column(below, key)):
        del layout.columns["key"]
        layout.counter = shown(cells[key])
        layout.unread.append(layout.counter)
    read_as = {place: name for name, places in layout.columns.items() for place in places}
    unknown = [(asked[place], cells[place], _values(below, place)) for place in layout.unknown]
    known = [
        (asked[place], cells[place], _values(below, place), read_as.get(place, "")) for place in layout.known
    ]
    if table.kind == "xlsx":
        # Remarks beside a list are usual in a workbook; in a text they are a cell that was cut in two.
        layout.width = len(cells) + 1000
    return first[at], layout, chain(below, rows), Head(mark, mapped, unknown, known)


def _heading(rows: list[Row], said: dict[str, str]) -> int:
    """Which line holds the headings: the one of which most is known, but never answers below questions."""
    known = [known_headings(row.cells, said) for row in rows]
    most = max(known, default=0)
    # Above the headings stands a title at most: the first line of several cells asks, or nothing does.
    wide = [sum(1 for cell in row.cells if cell.strip()) > 1 for row in rows]
    first = wide.index(True) if True in wide else 0
    at = known.index(most) if most else first
    if rows and first < at and (most < 2 or answers(rows[at].cells)):
        # An answer may be a word that elsewhere is a heading: pupil.
        at = first if asks_as_a_form(rows[first].cells) or (most > 1 and known[first]) else at
    if not rows or not (known[at] or asks_as_a_form(rows[at].cells)):
        raise NoHeadings(found=_shown(rows[0].cells) if rows else "–")
    return at


def _column(rows: list[Row], place: int) -> list[str]:
    """What is filled in of a column."""
    return [row.cells[place].strip() for row in rows if place < len(row.cells) and row.cells[place].strip()]


def _values(rows: list[Row], place: int) -> list[str]:
    """The first different values of a column, short."""
    found = (" ".join(row.cells[place].split())[:40] for row in rows if place < len(row.cells))
    return list(dict.fromkeys(value for value in found if value))[:SAMPLES]


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
