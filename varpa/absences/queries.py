"""Reading on which days people are away."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from varpa.absences.models import Absence
from varpa.people.models import Person


def today_at(person: Person, now: datetime) -> date:
    """The day that it is where a person lives."""
    return now.astimezone(ZoneInfo(person.zone)).date()


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
