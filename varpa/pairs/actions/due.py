"""By when a goal or a promise is due: a slip in the year would stand there as late, or never come."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.pairs.models import Pair
from varpa.programmes.queries import today_of

FARTHEST = timedelta(days=366)


class UnlikelyDay(Refusal):
    """`day`: the one that was written."""


class DueDayHasPassed(UnlikelyDay):
    sentence = _("This day has passed. Choose today or a later day.")


class DueDayTooFar(UnlikelyDay):
    sentence = _("This day is more than a year ahead. Look at the year once more.")


def require_likely(pair: Pair, due: date | None, now: datetime) -> None:
    """Raise UnlikelyDay for a new day before today, or after a year and the end of the programme."""
    today = today_of(pair.programme, now)
    if due and due < today:
        raise DueDayHasPassed(day=due)
    if due and due > max(today + FARTHEST, pair.programme.ends):
        raise DueDayTooFar(day=due)
