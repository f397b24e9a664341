"""The list of an event as a file; the programme remembers who took it out."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.documents.tables import CSV, Value, csv_of, xlsx_of
from varpa.events.models import Event
from varpa.events.queries.people import lines_of
from varpa.events.words import answer_name, country_name, how_name
from varpa.history.actions import record
from varpa.kernel.times import to_local
from varpa.people.models import Person
from varpa.programmes.roles import role_name


@transaction.atomic
def export_list(*, event: Event, kind: str, by: Person, now: datetime) -> bytes:
    """Who is invited, comes, needs what, and was there: "csv" or "xlsx", in the reader's language."""
    heads = [
        _("Name"),
        _("Role"),
        _("Country"),
        _("School or company"),
        pgettext("invitation", "Answer"),
        _("Help with the way there"),
        _("Food"),
        _("Present"),
        _("How it is known"),
        _("Entered by"),
        _("Entered on"),
    ]
    rows = list(_rows(event))
    content = csv_of(heads, rows) if kind == CSV else xlsx_of(heads, rows, str(_("Attendance list")))
    record(
        "event.export",
        event,
        now=now,
        by=by,
        programme_ref=event.programme.ref,
        details={"people": len(rows), "kind": kind},
    )
    return content


def _rows(event: Event) -> Iterator[list[Value]]:
    yes = _("Yes")
    lines: Iterable[Any] = lines_of(event)
    for line in lines:
        entered = to_local(line.entered_at, event.zone).date() if line.entered_at else None
        yield [
            line.person.name,
            role_name(event.programme, line.role),
            country_name(line.country),
            line.place,
            answer_name(line.answer, earlier=line.earlier),
            line.travel or "",
            line.diet or "",
            yes if line.how else "",
            how_name(line.how),
            line.entered_by or "",
            entered,
        ]
