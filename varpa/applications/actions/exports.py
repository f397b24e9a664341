"""Handing people out as a file: what the list shows, all of its pages; the programme remembers who did."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.applications.columns import COLUMNS, Names, needs_participation
from varpa.applications.queries.people import PersonLine, Sought, lines_of_people, people_sought, with_talks
from varpa.documents.tables import CSV, TYPES, XLSX, Value, csv_of, xlsx_of
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.partners import partners_of
from varpa.programmes.queries import methodology_of, today_of
from varpa.programmes.roles import role_name
from varpa.ui import words


class NoSuchFile(Refusal):
    sentence = gettext_lazy("The list can be had as CSV or as XLSX. Choose one of the two.")


class Table(NamedTuple):
    """A file that is ready: its name, its type, what stands in it, and how many people these are."""

    name: str
    type: str
    content: bytes
    people: int


def export_people(
    *, programme: Programme, sought: Sought, columns: Sequence[str], kind: str, by: Person, now: datetime
) -> Table:
    """The people whom a list shows, under its columns and in its order; "csv" or "xlsx". Raises NoSuchFile.

    The history of the programme keeps who took out how many and which columns, never whom.
    """
    if kind not in (CSV, XLSX):
        raise NoSuchFile()
    today = today_of(programme, now)
    found = people_sought(programme, sought, today, by)
    if needs_participation(columns):
        found = found.select_related("person", "participation")
    if "talk" in columns:
        found = with_talks(found)
    lines = lines_of_people(programme, found, today)
    names = names_of(programme, columns)
    heads = [_("Name"), _("Role"), *(str(COLUMNS[key].head) for key in columns)]
    rows = [_row(line, columns, names) for line in lines]
    content = csv_of(heads, rows) if kind == CSV else xlsx_of(heads, rows, _("People"))
    # The file is ready before the one line is written: nobody waits for a second behind a lock.
    record(
        "programme.export_people",
        programme,
        now=now,
        by=by,
        programme_ref=programme.ref,
        details={"people": len(rows), "kind": kind, "columns": ", ".join(columns)},
    )
    day = words.local(now).strftime("%Y-%m-%d")
    return Table(f"{pgettext('file name', 'people')}-{day}.{kind}", TYPES[kind], content, len(rows))


def names_of(programme: Programme, columns: Sequence[str]) -> Names:
    """What the keys of a programme's methodology are called; its partners, where a column asks for them."""
    means = {each.key: each.name for each in methodology_of(programme).means}
    return Names(means, partners_of(programme) if "partner" in columns else [])


def _row(line: PersonLine, columns: Sequence[str], names: Names) -> list[Value]:
    first: list[Value] = [line.name, role_name(line.membership.programme, line.membership.role)]
    return first + [COLUMNS[key].read(line, names) for key in columns]
