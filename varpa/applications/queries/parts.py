"""Whom a manager decides on at once: those ticked, or a long list part after part until each is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from varpa.applications.queries.people import Sought, people_sought, unscreened
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import STAFF

MOST_AT_ONCE = 500
SCREENED = "screened"


@dataclass(frozen=True)
class Part:
    """Part `number` of `of`; `rest` are in the parts after it, `left_out` need nothing of it any more."""

    chosen: list[Membership]
    number: int = 1
    rest: int = 0
    left_out: int = 0

    @property
    def of(self) -> int:
        return self.number + -(-self.rest // MOST_AT_ONCE)


@dataclass(frozen=True)
class Listed:
    """A list of people as `reader` sees it today, on whose applicants `step` is decided: never on staff."""

    programme: Programme
    sought: Sought
    step: str
    reader: Person
    today: date

    def part(self, number: int = 1, after: Membership | None = None) -> Part:
        """The next people of the list, at most MOST_AT_ONCE; `after`: the last of the part before.

        By the place in the list, and not by how many were before: whoever is decided on may have left it.
        """
        every = self._after(after)
        found = self._open(every)
        count, of_all = found.count(), every.count() if self.step == SCREENED else 0
        chosen = _of(self.programme, found[:MOST_AT_ONCE])
        return Part(chosen, number, count - len(chosen), max(of_all - count, 0))

    def rest(self, after: Membership) -> int:
        """How many are left after somebody."""
        return self._open(self._after(after)).count()

    def _after(self, last: Membership | None) -> QuerySet[Membership]:
        found = people_sought(self.programme, self.sought, self.today, self.reader).exclude(role__in=STAFF)
        if last is None:
            return found
        alike = Q(search_text=last.search_text, pk__gt=last.pk)
        return found.filter(Q(search_text__gt=last.search_text) | alike)

    def _open(self, found: QuerySet[Membership]) -> QuerySet[Membership]:
        return unscreened(found) if self.step == SCREENED else found


def ticked(programme: Programme, refs: list[str]) -> list[Membership]:
    """The people with these references, in the order of the list, at most MOST_AT_ONCE."""
    found = Membership.objects.filter(programme=programme, ref__in=refs[:MOST_AT_ONCE])
    return _of(programme, found.select_related("person").order_by("search_text", "pk"))


def _of(programme: Programme, found: Iterable[Membership]) -> list[Membership]:
    chosen = list(found)
    for each in chosen:
        each.programme = programme
    return chosen
