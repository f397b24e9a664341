"""What stands behind a figure, a line each: who or when, never what was said."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from varpa.evaluation.measures import ATTENDANCES, BY_KEY, MEETINGS, MEMBERS, PAIRS, rows_of
from varpa.events.words import country_name
from varpa.pairs.models import Pair
from varpa.programmes.models import Programme
from varpa.ui import words

_TWO = ("mentor__person", "mentee__person")


class Line(NamedTuple):
    """One thing that was counted."""

    text: str
    detail: str
    url: str = ""


def listed(programme: Programme, key: str, country: str = "") -> QuerySet[Any]:
    """The rows behind a figure in the order of a list, with all that a line needs."""
    rows, lists = rows_of(programme, key, country), BY_KEY[key].lists
    if lists == MEMBERS:
        return rows.select_related("person").order_by("person__name", "pk")
    if lists == PAIRS:
        return rows.select_related(*_TWO).order_by("mentor__person__name", "pk")
    if lists == ATTENDANCES:
        return rows.select_related("membership__person", "event").order_by("event__starts_at", "pk")
    path = "diary__pair" if key == "entries" else "pair"
    return rows.select_related(*(f"{path}__{each}" for each in _TWO)).order_by("pk")


def line(row: Any, key: str) -> Line:
    """One row in words."""
    return _LINES.get(BY_KEY[key].lists, _of_pair)(row)


def _member(row: Any) -> Line:
    about = [country_name(row.own)] if row.own else []
    url = reverse("applications:member", args=[row.ref])
    return Line(row.person.name, ", ".join([row.get_role_display(), *about]), url)


def _pair(pair: Pair) -> Line:
    names = f"{pair.mentor.person.name}, {pair.mentee.person.name}"
    return Line(names, str(pair.get_state_display()), reverse("home:room", args=[pair.ref]))


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
    MEMBERS: _member,
    PAIRS: _pair,
    MEETINGS: _meeting,
    ATTENDANCES: _attendance,
}
