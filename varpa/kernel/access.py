"""Who may do what: one rule answers "which ones?", "may I?" and "why?".

A room declares its actions (a StrEnum) and grants; a higher room may add a grant to a lower room's
action, so that arrows run down. A grant is a function `(person) -> Q` of the form `Q(pk__in=…)` or
`Q(fk__in=…)` where the list grows from the person's few rows: OR-ed joins double rows and read every pair.
Where it would grow with the programme, ask row by row: `Q(Exists(… pk=OuterRef("pk") …))`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from varpa.kernel.compiled import Compiled, Given, Ready, Text, condition

Rule = Callable[[Any], Q]
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Grant:
    """One reason for which a person may do an action."""

    action: StrEnum
    reason: str | Promise
    rule: Rule


PERSON = Given("person")
_grants: dict[StrEnum, list[Grant]] = {}


def grant(action: StrEnum, reason: str | Promise) -> Callable[[Rule], Rule]:
    """Register a rule for an action; `reason` is shown on the access page."""

    def register(rule: Rule) -> Rule:
        _grants.setdefault(action, []).append(Grant(action, reason, rule))
        _text.cache_clear()
        _of_one.cache_clear()
        return rule

    return register


def grants() -> dict[StrEnum, list[Grant]]:
    """All grants, for the documents and the tests."""
    return dict(_grants)


def allowed(action: StrEnum, person: Any, things: QuerySet[Thing]) -> QuerySet[Thing]:
    """Of these things, those on which the person may do the action."""
    if not getattr(person, "is_authenticated", False):
        return things.none()
    text = _text(action, things.model)
    return things.filter(Ready(text, {"person": person})) if text else things.none()


def may(action: StrEnum, person: Any, thing: Model) -> bool:
    """Whether the person may do the action on this thing."""
    if not getattr(person, "is_authenticated", False):
        return False
    return bool(_of_one(action, type(thing))(person=person, thing=thing))


def why(action: StrEnum, person: Any, thing: Model) -> list[str]:
    """The reasons for which the person may; empty where none."""
    things = type(thing)._default_manager.filter(pk=thing.pk)
    return [str(each.reason) for each in _grants.get(action, ()) if things.filter(each.rule(person)).exists()]


def _rules(action: StrEnum, person: Any) -> Q:
    rules = Q(pk__in=[])
    for each in _grants.get(action, ()):
        rules |= each.rule(person)
    return rules


@cache
def _text(action: StrEnum, model: type[Model]) -> Text | None:
    """The rules of an action, compiled once a process (decision 0020); None: nobody may.

    Rules that look at another table beside the things ask it row by row.
    """
    things = model._base_manager.all()
    rules = _rules(action, PERSON)
    try:
        asked = things.filter(rules)
        return condition(asked) or condition(things.filter(Exists(asked.filter(pk=OuterRef("pk")))))
    except EmptyResultSet:
        return None


@cache
def _of_one(action: StrEnum, model: type[Model]) -> Compiled[Any]:
    thing = Given("thing")
    return Compiled(
        lambda: allowed(action, PERSON, model._default_manager.filter(pk=thing)).order_by().values("pk")
    )
