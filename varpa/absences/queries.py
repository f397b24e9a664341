"""Reading on which days people are away, and in which hours they have lessons or practice."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, Exists, Field, IntegerField, OuterRef, Q, QuerySet, TimeField, Value
from django.utils.timezone import localdate

from varpa.absences.models import Absence, TakenHours, Takes
from varpa.absences.school import school_holidays
from varpa.kernel.clock import zone_of
from varpa.people.models import Person
from varpa.programmes.models import Membership, Participation, Role
from varpa.programmes.queries import GONE

_BOTH: Final = ("pk", "person_id", "first", "last", "at")
_HOURS: Final[dict[str, "Field[Any, Any]"]] = {
    "kind": CharField(),
    "days": CharField(),
    "begins": TimeField(),
    "ends": TimeField(),
    "parity": IntegerField(),
    "place": CharField(),
}
"""What only rows of hours have, and what it is."""
SUMMER: Final = timedelta(days=27)
"""School holidays of four weeks and more end a year of school; after shorter ones it goes on."""


def today_at(person: Person, now: datetime) -> date:
    """The day that it is where a person lives."""
    return now.astimezone(zone_of(person.zone)).date()


def standing() -> QuerySet[Absence]:
    """Absences that were not taken back."""
    return Absence.objects.filter(withdrawn_at=None)


def coming_of(person: Person, today: date) -> QuerySet[Absence]:
    """A person's absences that are not over, the nearest first."""
    return standing().filter(person=person, last__gte=today)


def away(person: Person, day: date) -> bool:
    """Whether a person is away on a day."""
    return standing().filter(person=person, first__lte=day, last__gte=day).exists()


def is_away(column: str, now: datetime) -> Exists:
    """A condition: whoever `column` names (such as "pair__mentee__person") is away today."""
    day = localdate(now)
    return Exists(standing().filter(person=OuterRef(column), first__lte=day, last__gte=day))


def days_away(people: Iterable[int], since: date, until: date) -> Mapping[int, frozenset[date]]:
    """The days on which each of many people is away within a time, by the person's key; one query."""
    rows = standing().filter(person__in=set(people), first__lte=until, last__gte=since)
    found: dict[int, set[date]] = {}
    for key, first, last in rows.values_list("person", "first", "last"):
        begins, ends = max(first, since), min(last, until)
        days = {begins + timedelta(days=each) for each in range((ends - begins).days + 1)}
        found.setdefault(key, set()).update(days)
    return {key: frozenset(days) for key, days in found.items()}


def hours_taken(people: Iterable[int], today: date) -> QuerySet[TakenHours]:
    """Lessons and practice of these people that are not over."""
    standing_hours = TakenHours.objects.filter(person__in=set(people), withdrawn_at=None)
    return standing_hours.filter(Q(last=None) | Q(last__gte=today))


def lessons_ended(person: Person, today: date) -> date | None:
    """Until when the lessons held that a person had written down last, where they are over."""
    own = TakenHours.objects.filter(person=person, kind=Takes.LESSONS, withdrawn_at=None, last__lt=today)
    return own.order_by("-last").values_list("last", flat=True).first()


def school_year_ends(person: Person, today: date) -> date | None:
    """The last day before the next summer holidays of a pupil, where those of the country are written down.

    Of several programmes the newest counts. None: nobody knows.
    """
    pupil = Membership.objects.filter(person=person, role=Role.MENTEE).exclude(state__in=GONE)
    newest = pupil.select_related("programme").order_by("-applied_at", "-pk").first()
    if newest is None:
        return None
    known = school_holidays(newest.programme, newest.country)
    summers = [each for each in known if each.first > today and each.last - each.first >= SUMMER]
    return min(each.first for each in summers) - timedelta(days=1) if summers else None


def times_of(people: Iterable[int], today: date) -> tuple[list[Absence], list[TakenHours]]:
    """Days away and hours taken of these people that are not over, the nearest first; one query."""
    names = (*_BOTH, *_HOURS)
    nothing = {name: Value(None, output_field=kind) for name, kind in _HOURS.items()}
    absent = standing().filter(person__in=set(people), last__gte=today).annotate(**nothing)
    hours = hours_taken(people, today).order_by().values_list(*names)
    absences, taken = [], []
    for values in hours.union(absent.order_by().values_list(*names), all=True):
        row = dict(zip(names, values, strict=True))
        if row["kind"] is None:
            absences.append(Absence(**{name: row[name] for name in _BOTH}))
        else:
            taken.append(TakenHours(**row))
    return sorted(absences, key=lambda each: (each.first, each.pk)), taken


def usually_free(person: Person) -> tuple[str, frozenset[str]]:
    """At which times of the week a person has said to be free, after the ref of the membership that says so.

    Of several programmes the newest counts; ("", none) where nobody asked.
    """
    own = {"membership__person": person, "membership__role__in": [Role.MENTEE, Role.MENTOR]}
    said = Participation.objects.filter(**own).exclude(membership__state__in=GONE)
    newest = said.order_by("-membership__applied_at", "-pk")
    found = newest.values_list("membership__ref", "availability").first()
    return (found[0], frozenset(found[1])) if found else ("", frozenset())
