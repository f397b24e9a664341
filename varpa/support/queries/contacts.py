"""What the support view shows of a page of pairs, and the log of contacts of one."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from varpa.kernel.paging import SIZE, Page
from varpa.pairs.models import Pair
from varpa.pairs.queries import of_pair
from varpa.support.models import OPEN, Call, Case, CaseState, Kind
from varpa.support.queries.signs import Level, Need, Sign


@dataclass(frozen=True)
class Asked:
    """What was told of a pair, as a reason for a call, and the case of it: the most pressing one."""

    sign: Sign
    case: str


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


def asked_for_help(cases: QuerySet[Case]) -> dict[int, Asked]:
    """The pairs that have an open case among these, by the pair's key; one query.

    Of several safety that nobody has read comes first, then what nobody has read, then the oldest. What a
    guardian or a school has told is no word of either of the two.
    """
    found: dict[int, Asked] = {}
    open_cases = cases.filter(state__in=OPEN, pair__isnull=False)
    told = open_cases.only("pair", "worry", "kind", "state", "told_at", "ref")
    for each in sorted(told, key=_pressing, reverse=True):
        level = Level.FIRST if _pressing(each)[0] == 0 else Level.NOW
        key = ("worried" if each.worry_id else "asked") + ("_safety" if each.kind == Kind.SAFETY else "")
        assert each.pair_id
        found[each.pair_id] = Asked(Sign(key, level, since=each.told_at), each.ref)
    return found


def _pressing(case: Case) -> tuple[int, int, int]:
    unread = case.state == CaseState.TOLD
    return (0 if unread and case.kind == Kind.SAFETY else 1), (0 if unread else 1), case.pk


def needs_page(needs: list[Need], asked: dict[int, Asked], number: int, calls: QuerySet[Call]) -> Page[Row]:
    """The pairs of a page with their people, the case and the last of `calls`: two queries."""
    shown = needs[(number - 1) * SIZE : number * SIZE]
    keys = [each.pair for each in shown]
    people = Pair.objects.select_related("mentor__person", "mentee__person")
    pairs = people.only("ref", "mentor__person__name", "mentee__person__name").in_bulk(keys)
    cases, last = {key: found.case for key, found in asked.items()}, last_calls(keys, calls)
    rows = [Row(pairs[each.pair], each, cases.get(each.pair, ""), last.get(each.pair)) for each in shown]
    return Page(rows, number, len(needs) > number * SIZE)


def last_calls(keys: list[int], calls: QuerySet[Call]) -> dict[int, Call]:
    """The last one of these calls to each of a few pairs."""
    last = of_pair(Call.objects.all(), "pair", Max("pk"))
    newest = Pair.objects.filter(pk__in=keys).order_by().values_list(last)
    found = calls.filter(pk__in=newest).select_related("by").only("pair", "at", "spoken", "text", "by__name")
    return {call.pair_id: call for call in found}


def calls_of(pair: Pair) -> QuerySet[Call]:
    """The log of contacts of a pair, the latest first."""
    return Call.objects.filter(pair=pair).select_related("by")
