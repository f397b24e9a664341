"""What the support view shows of a page of pairs, and the log of contacts of one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from varpa.kernel.paging import SIZE, Page
from varpa.pairs.models import Pair
from varpa.support.models import OPEN, Call, Case
from varpa.support.queries.signs import Need, Sign


@dataclass(frozen=True)
class Row:
    """A pair that needs a word: why, what was asked (a case that the reader handles), the last call."""

    pair: Pair
    need: Need
    case: str
    call: Call | None

    @property
    def first(self) -> Sign:
        return self.need.signs[0]


def asked_for_help(cases: QuerySet[Case]) -> dict[int, datetime]:
    """Since when each pair has an open case among these, by the pair's key; one query."""
    open_cases = cases.filter(state__in=OPEN, pair__isnull=False)
    rows = open_cases.order_by().values("pair").annotate(since=Min("told_at"))
    return {row["pair"]: row["since"] for row in rows}


def needs_page(needs: list[Need], cases: QuerySet[Case], number: int) -> Page[Row]:
    """The pairs of a page with their people, the case and the last call: three queries."""
    shown = needs[(number - 1) * SIZE : number * SIZE]
    keys = [each.pair for each in shown]
    pairs = Pair.objects.select_related("mentor__person", "mentee__person").in_bulk(keys)
    open_cases = cases.filter(state__in=OPEN, pair__in=keys).order_by("-pk").values_list("pair", "ref")
    found = dict(open_cases)
    calls = last_calls(keys)
    rows = [Row(pairs[each.pair], each, found.get(each.pair, ""), calls.get(each.pair)) for each in shown]
    return Page(rows, number, len(needs) > number * SIZE)


def last_calls(keys: list[int]) -> dict[int, Call]:
    """The last call to each of a few pairs."""
    found: dict[int, Call] = {}
    for call in Call.objects.filter(pair__in=keys).select_related("by").order_by("pk"):
        found[call.pair_id] = call
    return found


def calls_of(pair: Pair) -> QuerySet[Call]:
    """The log of contacts of a pair, the latest first."""
    return Call.objects.filter(pair=pair).select_related("by")
