"""What is kept of a person, in plain words, and which requests wait."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    Field,
    IntegerField,
    Min,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from varpa.kernel.access import grants
from varpa.kernel.compiled import Compiled, Given, compiled
from varpa.people.models import Appointment, Person
from varpa.privacy.holdings import HOLDINGS, Holding
from varpa.privacy.models import Erasure, ErasureState, Retention
from varpa.privacy.parts import TOLD, Part, Told
from varpa.privacy.whom import Whom, whom
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import STAFF


class Kept(NamedTuple):
    """A part of what is kept: how many things, since when, and who opens it by the rules of access."""

    told: Told
    things: int
    since: datetime | None
    readers: list[str]


def kept(person: Person) -> list[Kept]:
    """The parts of which there is something: all holdings are counted in one question."""
    who = whom(person)
    known = {"people": who.people, "members": who.members, "addresses": who.addresses}
    values = {f"{name}{place}": value for name, all in known.items() for place, value in enumerate(all)}
    things: dict[Part, int] = {}
    moments: dict[Part, list[datetime]] = {}
    for place, count, first in _counting(*map(len, known.values()))(**values):
        part = HOLDINGS[place].part
        things[part] = things.get(part, 0) + count
        moments.setdefault(part, []).extend([first] if first else [])
    return [
        Kept(TOLD[part], things[part], min(moments[part], default=None), readers(part))
        for part in Part
        if things.get(part)
    ]


@lru_cache(maxsize=64)
def _counting(people: int, members: int, addresses: int) -> Compiled[tuple[int, int, datetime | None]]:
    """What all holdings have of somebody who is known by so many rows and addresses, compiled once."""
    who = Whom(
        people=_places("people", people, BigIntegerField()),
        members=_places("members", members, BigIntegerField()),
        addresses=_places("addresses", addresses, CharField()),
        names=(),
    )
    asked = [_counted(holding, place, who) for place, holding in enumerate(HOLDINGS) if holding.given]
    return Compiled(lambda: asked[0].union(*asked[1:], all=True))


def _places(name: str, many: int, field: "Field[Any, Any]") -> tuple[Any, ...]:
    return tuple(Given(f"{name}{place}", field) for place in range(many))


def _counted(holding: Holding, place: int, who: Whom) -> QuerySet[Any, Any]:
    """(place in the list, how many rows, since when): one row, also where there is nothing."""
    when = moment(holding)
    first = Min(when) if when else Cast(Value(None), DateTimeField())
    # The names are such as no model has.
    rows = holding.told(who).order_by().annotate(_holding=Value(place, IntegerField())).values("_holding")
    told = rows.annotate(_things=Count("pk", distinct=True), _first=first)
    counted: QuerySet[Any, Any] = told.values_list("_holding", "_things", "_first")
    return counted


def moment(holding: Holding) -> str:
    """The field that says since when a row is there; "" where none does."""
    fields = holding.of._meta.concrete_fields
    times = [each.name for each in fields if isinstance(each, DateTimeField) and not each.null]
    return next(iter(times), "")


def readers(part: Part) -> list[str]:
    """Who may open a part, as the grants say it."""
    reasons = [str(each.reason) for action in TOLD[part].reads for each in grants().get(action, ())]
    return [reason for reason in dict.fromkeys(reasons) if reason != _("is this person")]


def wish_of(person: Person) -> Erasure | None:
    """What a person has asked for and is not settled."""
    return _wishes.first(person=person)


@compiled()
def _wishes(person: Person) -> QuerySet[Erasure]:
    return Erasure.objects.filter(person=person, settled_at=None).order_by("-pk")[:1]


def waiting_in(programme: Programme) -> QuerySet[Erasure]:
    """Whom of a programme the worker is to erase, the next day first."""
    people = Membership.objects.filter(programme=programme).values("person")
    waiting = Erasure.objects.filter(person__in=people, state=ErasureState.WAITING, settled_at=None)
    return waiting.select_related("person", "by")


def with_people(wishes: QuerySet[Erasure]) -> QuerySet[Erasure]:
    return wishes.select_related("person", "by")


def due_of(retention: Retention) -> date:
    """From which day on the people of a programme need no longer be kept (29 February: 1 March)."""
    ends = retention.programme.ends
    try:
        return ends.replace(year=ends.year + retention.years)
    except ValueError:
        return date(ends.year + retention.years, 3, 1)


def to_erase(programme: Programme) -> QuerySet[Person]:
    """Mentors and mentees of a programme who are in no other that still keeps people, nor run any."""
    kept = Membership.objects.exclude(programme=programme).exclude(
        programme__in=Retention.objects.exclude(confirmed_at=None).values("programme")
    )
    runs = Membership.objects.filter(role__in=STAFF)
    mine = Membership.objects.filter(programme=programme, role__in=(Role.MENTOR, Role.MENTEE))
    people = Person.objects.filter(pk__in=mine.values("person"), is_active=True)
    staff = Appointment.objects.filter(ended_at=None).values("person")
    others = people.exclude(pk__in=kept.values("person")).exclude(pk__in=runs.values("person"))
    return others.exclude(pk__in=staff).order_by("pk")


def retention_of(programme: Programme) -> Retention | None:
    return Retention.objects.filter(programme=programme).select_related("programme").first()


def terms_of(person: Person) -> list[tuple[Programme, date]]:
    """Until when each programme of a person keeps them, where that is said."""
    return [(each.programme, due_of(each)) for each in _retained(person=person)]


@compiled()
def _retained(person: Person) -> QuerySet[Retention]:
    mine = Membership.objects.filter(person=person).values("programme")
    return Retention.objects.filter(programme__in=mine).select_related("programme").order_by("programme")
