"""The hours sheet as a document (R2): who, when, how long and by which means; nothing of the content.

It is the same for the two and for the manager, so that what is signed and handed over holds no word of the
pair's: neither what the e-mentoring work was nor why somebody objected (product §2).
"""

from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.documents.render import pdf
from varpa.documents.shapes import Hours as HoursShape
from varpa.documents.shapes import HoursLine as LineShape
from varpa.documents.shapes import Total
from varpa.kernel.text import TranslatedText
from varpa.meetings.actions.hours import SILENCE, silence_ends
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.queries import Hours, hours_of, lines_of, means_names
from varpa.methodology.model import Methodology
from varpa.pairs.models import Pair, Pause
from varpa.pairs.queries import other_side
from varpa.people.models import Person
from varpa.programmes.letterheads import letterhead
from varpa.programmes.queries import hours_target, methodology_of
from varpa.ui import words


def sheet_of(
    pair: Pair, reader: Person, now: datetime, *, first: date | None = None, last: date | None = None
) -> bytes:
    """The pair's hours as PDF/UA, as they stand `now`, in the reader's language and time zone.

    With `first` or `last` (inclusive days) only the lines of that period, its sum, and what the two had
    together by its end.
    """
    with words.on_paper(reader.language, reader.zone):
        shape = _shape(pair, now, first, last)
        return pdf("hours", shape, language=reader.language, title=_("Hours sheet"))


def _shape(pair: Pair, now: datetime, first: date | None, last: date | None) -> HoursShape:
    methodology, means = methodology_of(pair.programme), means_names(pair.programme)
    pauses = list(pair.pauses.all())
    told: dict[str, list[LineShape]] = {state: [] for state in LineState.values}
    days: list[date] = []
    inside: list[HourLine] = []
    before = 0
    for line in lines_of(pair).reverse():
        if last and line.day > last:
            continue
        if first and line.day < first:
            before += line.minutes if line.state == LineState.CONFIRMED else 0
            continue
        line.pair, inside = pair, [*inside, line]
        told[line.state].append(_line(line, methodology, means, pauses))
        days += [line.day] if line.state != LineState.WITHDRAWN else []
    return {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "period": f"{words.dated(min(days))} – {words.dated(max(days))}" if days else "",
        "as_of": words.dated(now),
        "lines": told[LineState.CONFIRMED],
        "waiting": told[LineState.WAITING],
        "objected": told[LineState.OBJECTED],
        "totals": _totals_of(inside, before, pair) if first or last else _totals(hours_of(pair)),
        "signatures": True,
    }


def _line(
    line: HourLine, methodology: Methodology, means: dict[str, TranslatedText], pauses: list[Pause]
) -> LineShape:
    meeting = line.meeting
    return {
        "date": words.dated(line.day),
        "what": capfirst(str(methodology.kind(meeting.kind).name)) if meeting else _("E-mentoring work"),
        "means": capfirst(str(means[meeting.means])) if meeting else "",
        "length": _length(line),
        "entered": f"{_name(line, line.side)}, {words.dated(line.at)}",
        "confirmed": _confirmed(line, pauses),
    }


def _length(line: HourLine) -> str:
    """The length; of an objected line what each of the two says."""
    if line.state != LineState.OBJECTED:
        return words.minutes(line.minutes)
    said = [
        f"{line.pair.member(each.side).person.first_name}: {words.minutes(each.minutes) or '–'}"
        for each in line.lengths
    ]
    return "\n".join(said)


def _confirmed(line: HourLine, pauses: list[Pause]) -> str:
    """Who confirmed a line, when and how: by a yes, by 14 days without objection, or settled by both."""
    other, on = _name(line, other_side(line.side)), words.dated(line.confirmed_at)
    if line.state == LineState.OBJECTED:
        return _("objection: %(name)s") % {"name": other}
    if line.state == LineState.WAITING:
        ends = silence_ends(line, pauses)
        return _("counts on %(day)s if nobody objects") % {"day": words.dated(ends)} if ends else ""
    if line.silent:
        return _("%(days)d days without objection, %(day)s") % {"days": SILENCE.days, "day": on}
    if line.settled_by:
        return _("settled by both, %(day)s") % {"day": on}
    return _("yes: %(name)s, %(day)s") % {"name": other, "day": on}


def _name(line: HourLine, side: str) -> str:
    return line.pair.member(side).person.name


def _totals_of(inside: list[HourLine], before: int, pair: Pair) -> list[Total]:
    """The sum of a period, and what there was by its end."""
    states = (LineState.CONFIRMED, LineState.WAITING, LineState.OBJECTED)
    confirmed, waiting, objected = (
        sum(line.minutes for line in inside if line.state == state) for state in states
    )
    by_its_end = Hours(before + confirmed, waiting, objected, hours_target(pair.programme))
    period: Total = {"label": _("In this period"), "length": words.minutes(confirmed)}
    return [period, *_totals(by_its_end)]


def _totals(hours: Hours) -> list[Total]:
    sums = [
        (_("Confirmed together"), hours.confirmed),
        (_("Target"), hours.target),
        (_("Still ahead"), hours.left),
        (_("Waits for a yes"), hours.waiting or None),
        (pgettext("hours", "Being settled"), hours.objected or None),
    ]
    return [{"label": label, "length": words.minutes(length)} for label, length in sums]
