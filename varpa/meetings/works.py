"""E-mentoring work that is known of and not in the ledger yet: offered to the mentor in one tap (R2)."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from django.utils.text import capfirst

from varpa.kernel.refs import new_ref
from varpa.kernel.times import to_local, to_utc
from varpa.meetings.models import HourLine
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.working import worked
from varpa.programmes.queries import today_of

BACK: Final = timedelta(days=14)
MOST: Final = 5
LENGTHS: Final = (15, 30, 60)
"""How many minutes a tap enters; another length is written in the form."""


class WorkOffer(NamedTuple):
    """A day on which the mentor wrote; `ref` lets a second tap enter nothing."""

    day: date
    work: str
    ref: str


def works_to_count(pair: Pair, side: str, now: datetime) -> list[WorkOffer]:
    """The last days with work of the mentor of which no line tells, the latest first.

    A day with a line of the mentor's own, a withdrawn one too, is not offered: it was thought of.
    """
    if side != Side.MENTOR or pair.state != PairState.ACTIVE or pair.active_at is None:
        return []
    zone = pair.programme.zone
    first = max(today_of(pair.programme, now) - BACK, to_local(pair.active_at, zone).date())
    lines = HourLine.objects.filter(pair=pair, side=side, meeting=None, day__gte=first)
    told = set(lines.order_by().values_list("day", flat=True))
    since = to_utc(datetime.combine(first, time()), zone)
    found = [each for each in worked(pair, side, since) if each.day not in told]
    # The sort is stable: within a day the rooms stay in their order.
    days = groupby(sorted(found, key=lambda each: each.day, reverse=True), key=lambda each: each.day)
    offers = [(day, ", ".join(each.what for each in those)) for day, those in days]
    return [WorkOffer(day, capfirst(work), new_ref()) for day, work in offers[:MOST]]
