"""The audit log of a programme, or of a lead partner's: who did what, when, for whom, how (S21, R11)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from varpa.history.models import Line
from varpa.kernel.clock import zone_of
from varpa.kernel.text import folded
from varpa.people.models import Appointment, Organisation, Person
from varpa.privacy.logwords import VERBS, WAYS, what
from varpa.programmes.models import Membership, Programme


class Entry(NamedTuple):
    """A line in words: no value that was set, and nobody who told something in confidence."""

    at: datetime
    what: str
    who: str
    behalf: str
    way: str
    ref: str


def log_of_programme(programme: Programme) -> QuerySet[Line]:
    """The listed lines of one programme, the newest first."""
    return Line.objects.filter(programme_ref=programme.ref, verb__in=VERBS).order_by("-pk")


def log_of_organisation(organisation: Organisation) -> QuerySet[Line]:
    """Those of all its programmes, its own appointments, and its own versions of a methodology."""
    refs = Programme.objects.filter(organisation=organisation).order_by().values("ref")
    own = Q(thing_kind="organisation", thing_ref=organisation.ref)
    own |= Q(thing_kind="draft", thing_ref__in=organisation.drafts.order_by().values("ref"))
    return Line.objects.filter(Q(programme_ref__in=refs) | own, verb__in=VERBS).order_by("-pk")


def narrowed(
    lines: QuerySet[Line],
    there: Q,
    zone: str,
    *,
    who: str = "",
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Line]:
    """Only what a person did or what was done for one, of one kind, between two days (inclusive).

    `there`: of which memberships `who`, a part of a name, can be; staff of a lead partner always can.
    """
    if kind:
        lines = lines.filter(verb__startswith=f"{kind}.")
    if first:
        lines = lines.filter(at__gte=_midnight(first, zone))
    if last:
        lines = lines.filter(at__lt=_midnight(last + timedelta(days=1), zone))
    if who.strip():
        found = Membership.objects.filter(there)
        for word in folded(who).split():
            found = found.filter(search_text__contains=word)
        staff = Appointment.objects.filter(person__name__icontains=who.strip()).order_by().values("person")
        meant = Q(pk__in=found.order_by().values("person")) | Q(pk__in=staff)
        people = Person.objects.filter(meant).order_by().values("pk")
        lines = lines.filter(Q(actor__in=people) | Q(behalf__in=people))
    return lines


def entries(lines: Iterable[Line]) -> list[Entry]:
    """Lines in the reader's language, with the names of people: one question."""
    found = list(lines)
    keys = {key for line in found for key in (line.actor, line.behalf) if key}
    names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    return [_entry(line, names) for line in found]


def table(lines: QuerySet[Line]) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The same as a table, with the reference of each thing; times are universal (Z)."""
    heads = [
        _("When"),
        _("What was done"),
        _("Who did it"),
        _("On behalf of"),
        _("Way"),
        _("Reference"),
    ]
    names = dict(Person.objects.values_list("pk", "name"))
    rows = (_entry(line, names) for line in lines.iterator(chunk_size=2000))
    return heads, ((f"{each.at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}", *each[1:]) for each in rows)


def _entry(line: Line, names: dict[int, str]) -> Entry:
    who, behalf = (names.get(key or 0, "") for key in (line.actor, line.behalf))
    way = WAYS.get(line.channel, line.channel)
    return Entry(line.at, what(line.verb), who, behalf, str(way), line.thing_ref)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_of(zone))
