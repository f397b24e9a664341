"""Every list is paged: fifty rows, and one row more to know whether there is a next page."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

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
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    found = list(rows[(number - 1) * size : number * size + 1])
    return Page(found[:size], number, len(found) > size)
