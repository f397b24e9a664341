"""What the support view said of pairs while the programme was lived through, and who really failed."""

from datetime import date, timedelta

from varpa.kernel import clock
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of
from varpa.support.queries.signs import needs_of

Looks = list[tuple[date, frozenset[int]]]
"""Each week's day, with the keys of the pairs that needed a call."""

MONDAY = 0
BEFORE = timedelta(weeks=4)
FAILED = (Outcome.DISSOLVED, Outcome.REMATCHED)
AGAIN = 2
"""Weeks one after the other in which a pair is named before it counts as flagged: one week may be chance."""


def look(programme: Programme, looks: Looks, today: date) -> None:
    """Every Monday: which pairs the view says to call. Looking changes nothing."""
    if (
        today.weekday() == MONDAY
        and Pair.objects.filter(programme=programme, state=PairState.ACTIVE).exists()
    ):
        named = (need.pair for need in needs_of(programme, clock.now()) if need.needs_call)
        looks.append((today, frozenset(named)))


def foreseen(programme: Programme, looks: Looks) -> dict[str, int]:
    """How many pairs failed, and of how many the view had said so four weeks before their end.

    A pair failed where it had begun and ended early. `flagged` are the pairs named two weeks in a row at any
    time; rightly those of them that failed later.
    """
    begun = Pair.objects.filter(programme=programme, active_at__isnull=False)
    failed = {
        pair.pk: today_of(programme, pair.ended_at)
        for pair in begun.filter(state=PairState.ENDED, outcome__in=FAILED)
        if pair.ended_at
    }
    flagged = _flagged(looks)
    before = sum(key in _said(looks, day - BEFORE) for key, day in failed.items())
    return {
        "failed": len(failed),
        "failed_flagged_four_weeks_before": before,
        "flagged": len(flagged),
        "flagged_rightly": len(flagged & failed.keys()),
    }


def _said(looks: Looks, day: date) -> frozenset[int]:
    """What the last look on or before a day said."""
    return next((named for at, named in reversed(looks) if at <= day), frozenset())


def _flagged(looks: Looks) -> set[int]:
    weeks: dict[int, int] = {}
    found: set[int] = set()
    for _day, named in looks:
        weeks = {key: weeks.get(key, 0) + 1 for key in named}
        found |= {key for key, count in weeks.items() if count >= AGAIN}
    return found
