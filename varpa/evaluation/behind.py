"""What stands behind a figure, a line each: who or when, never what was said."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Min, OuterRef, QuerySet, Subquery

from varpa.evaluation.measures import ATTENDANCES, BY_KEY, MEETINGS, MEMBERS, PAIRS, rows_of
from varpa.events.words import country_name
from varpa.pairs.models import Pair, PairState
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name
from varpa.ui import words

_TWO = ("mentor__person", "mentee__person")


class Line(NamedTuple):
    """One thing that was counted. `page` and `ref`: where it is seen."""

    text: str
    detail: str
    page: str = ""
    ref: str = ""


def listed(programme: Programme, key: str, country: str = "") -> QuerySet[Any]:
    """The rows behind a figure in the order of a list, with all that a line needs."""
    rows, lists = rows_of(programme, key, country), BY_KEY[key].lists
    if lists == MEMBERS:
        return _each_person(rows).order_by("person__name", "pk")
    if lists == PAIRS:
        named = rows.select_related(*_TWO).only("ref", "state", *(f"{each}__name" for each in _TWO))
        return named.order_by("mentor__person__name", "pk")
    if lists == ATTENDANCES:
        told = ("membership__person__name", "event__title", "event__starts_at")
        named = rows.select_related("membership__person", "event").only(*told)
        return named.order_by("event__starts_at", "pk")
    path = "diary__pair" if key == "entries" else "pair"
    # The keys first, in their order: of tens of thousands only those of a page are joined with people.
    asked: QuerySet[Any] = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    return asked.select_related(*(f"{path}__{each}" for each in _TWO)).order_by("pk")


def line(programme: Programme, row: Any, key: str) -> Line:
    """One row in words."""
    if BY_KEY[key].lists == MEMBERS:
        return _member(programme, row)
    return _LINES.get(BY_KEY[key].lists, _of_pair)(row)


def _each_person(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A row a person, as the figure counts: the first membership, with `also`, another role that counts."""
    plain = rows.order_by()
    others = plain.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk")).values("role")
    first = plain.values("person").annotate(first=Min("pk")).values("first")
    named = rows.filter(pk__in=first).annotate(also=Subquery(others[:1]))
    found: QuerySet[Any] = named.select_related("person").only("ref", "role", "person__name")
    return found


def _member(programme: Programme, row: Any) -> Line:
    roles = [role_name(programme, role) for role in (row.role, row.also) if role]
    about = [*roles, country_name(row.own)] if row.own else roles
    return Line(row.person.name, ", ".join(about), "applications:member", row.ref)


def _pair(pair: Pair) -> Line:
    names = f"{pair.mentor.person.name}, {pair.mentee.person.name}"
    return Line(names, str(PairState(pair.state).label), "home:room", pair.ref)


def _meeting(row: Any) -> Line:
    return _pair(row.pair)._replace(detail=words.day(row.starts_at))


def _attendance(row: Any) -> Line:
    return Line(row.membership.person.name, f"{row.event.title}, {words.day(row.event.starts_at)}")


def _of_pair(row: Any) -> Line:
    pair = row.pair if hasattr(row, "pair") else row.diary.pair
    when = getattr(row, "day", None) or getattr(row, "at", None) or getattr(row, "approved_at", None)
    length = words.minutes(row.minutes) if hasattr(row, "confirmed_at") else ""
    return _pair(pair)._replace(detail=", ".join(filter(None, [words.day(when), length])))


_LINES: dict[str, Callable[[Any], Line]] = {
    PAIRS: _pair,
    MEETINGS: _meeting,
    ATTENDANCES: _attendance,
}
