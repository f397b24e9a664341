"""Who may do what: one rule answers "which ones?", "may I?" and "why?".

A room declares its actions (a StrEnum) and grants; a higher room may add a grant to a lower room's
action, so that arrows run down. A grant is a function `(person) -> Q` of the form `Q(pk__in=…)` or
`Q(fk__in=…)`: OR-ed joins double rows and cost twenty times as much.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

Rule = Callable[[Any], Q]
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Grant:
    """One reason for which a person may do an action."""

    action: StrEnum
    reason: str | Promise
    rule: Rule


_grants: dict[StrEnum, list[Grant]] = {}


def grant(action: StrEnum, reason: str | Promise) -> Callable[[Rule], Rule]:
    """Register a rule for an action; `reason` is shown on the access page."""

    def register(rule: Rule) -> Rule:
        _grants.setdefault(action, []).append(Grant(action, reason, rule))
        return rule

    return register


def grants() -> dict[StrEnum, list[Grant]]:
    """All grants, for the documents and the tests."""
    return dict(_grants)


def allowed(action: StrEnum, person: Any, things: QuerySet[Thing]) -> QuerySet[Thing]:
    """Of these things, those on which the person may do the action."""
    if not getattr(person, "is_authenticated", False):
        return things.none()
    rules = Q(pk__in=[])
    for each in _grants.get(action, ()):
        rules |= each.rule(person)
    return things.filter(rules)


def may(action: StrEnum, person: Any, thing: Model) -> bool:
    """Whether the person may do the action on this thing."""
    things = type(thing)._default_manager.filter(pk=thing.pk)
    return allowed(action, person, things).exists()


def why(action: StrEnum, person: Any, thing: Model) -> list[str]:
    """The reasons for which the person may; empty where none."""
    things = type(thing)._default_manager.filter(pk=thing.pk)
    return [str(each.reason) for each in _grants.get(action, ()) if things.filter(each.rule(person)).exists()]
