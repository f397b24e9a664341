"""The hours sheet as a table to reckon with (product §5): as on paper, nothing of the content (sheet.py)."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varpa.documents.tables import CSV, Value, csv_of, xlsx_of
from varpa.kernel.times import to_local
from varpa.meetings.models import LineState
from varpa.meetings.queries import lines_of, means_names
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of
from varpa.ui import words


def table_of(pair: Pair, reader: Person, kind: str) -> bytes:
    """The lines that stand, first day first, as "csv" or "xlsx", in the reader's language and time zone.

    Lengths are minutes; of a line that is being settled what its writer entered.
    """
    with words.on_paper(reader.language, reader.zone):
        heads = [
            _("Day"),
            _("What"),
            _("Means"),
            _("Minutes"),
            _("Entered by"),
            _("Entered on"),
            _("State"),
            _("Confirmed on"),
        ]
        rows = list(_rows(pair, reader.zone))
        return csv_of(heads, rows) if kind == CSV else xlsx_of(heads, rows, _("Hours sheet"))


def _rows(pair: Pair, zone: str) -> Iterator[list[Value]]:
    methodology, means = methodology_of(pair.programme), means_names(pair.programme)
    for line in lines_of(pair).exclude(state=LineState.WITHDRAWN).reverse():
        meeting = line.meeting
        yield [
            line.day,
            capfirst(str(methodology.kind(meeting.kind).name)) if meeting else _("E-mentoring work"),
            capfirst(str(means[meeting.means])) if meeting else "",
            line.minutes,
            pair.member(line.side).person.name,
            to_local(line.at, zone).date(),
            str(line.get_state_display()),
            to_local(line.confirmed_at, zone).date() if line.confirmed_at else None,
        ]
