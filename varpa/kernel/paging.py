"""Every list is paged: fifty rows, and one row more to know whether there is a next page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db.models import CharField, Model, QuerySet
from django.http import HttpRequest

from varpa.kernel.compiled import Compiled, compiled

SIZE = 50
Row = TypeVar("Row")
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list; `number` counts from 1."""

    rows: list[Row]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def following(self) -> int:
        return self.number + 1


def page(request: HttpRequest, rows: QuerySet[Thing], size: int = SIZE) -> Page[Thing]:
    """The page that `?page=` asks for; nonsense and overshooting show the first or an empty one."""
    number = _asked_for(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Page(found[:size], number, len(found) > size)


def paged(
    request: HttpRequest, write: Callable[..., QuerySet[Any, Row]], size: int = SIZE, **values: Any
) -> Page[Row]:
    """The same of what a function of a module writes: `paged(request, goals_of, pair=pair)`, compiled once.

    As `kernel.compiled` has it, the function may not look at the values: they are things, keys or text.
    """
    number = _asked_for(request)
    question = _question(write, frozenset(name for name, value in values.items() if isinstance(value, str)))
    found = question.part((number - 1) * size, size + 1, **values)
    return Page(found[:size], number, len(found) > size)


@cache
def _question(write: Callable[..., QuerySet[Any, Row]], texts: frozenset[str]) -> Compiled[Row]:
    return compiled(**{name: CharField() for name in texts})(write)


def _asked_for(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
