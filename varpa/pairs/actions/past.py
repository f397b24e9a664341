"""What is written down afterwards: it counts where the two were together at that time (R1)."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_utc
from varpa.pairs.actions.pairs import NotActive, PairHasEnded, hold, require_active, resting
from varpa.pairs.models import Pair, PairState, Pause
from varpa.pairs.parting import is_written
from varpa.pairs.queries import pause_at
from varpa.ui import words


class EndedLongAgo(PairHasEnded):
    sentence = _(
        "The mentoring ended {day}. What was before could be written down for thirty days; now it stands."
    )


class PairRested(Refusal):
    """Nothing one-to-one happens in a pause, and nothing of it is written down after it."""

    sentence = _("The pair was resting {days}. Meetings and work of that time do not count.")


class PairRestedThatDay(PairRested):
    """The whole of a day lay within a pause."""


def require_together(pair: Pair, at: datetime, now: datetime) -> None:
    """Raise NotActive or PairRested unless the two were together at a moment that has passed.

    What was before a pause can still be written down, and for thirty days what was before the end: holds the
    pair as `require_active` does.
    """
    hold(pair)
    pause = pause_at(pair, at)
    if pause and pause.ended_at is not None:
        raise PairRested(days=_days(pause))
    if pair.state == PairState.PAUSED:
        if pause:
            raise resting(pair) or NotActive()
    elif pair.state != PairState.ENDED or pair.ended_at is None or pair.ended_at < at:
        require_active(pair, now)
    else:
        require_lately(pair, now)


def require_lately(pair: Pair, now: datetime) -> None:
    """Raise EndedLongAgo where the pair ended over thirty days ago; the pair is held already."""
    if not is_written(pair, now):
        assert pair.ended_at
        raise EndedLongAgo(day=words.day(pair.ended_at))


def require_together_on(pair: Pair, day: date) -> None:
    """Raise PairRestedThatDay where a pause took the whole of a day, by the clock of the programme."""
    zone = pair.programme.zone
    begins, ends = (to_utc(datetime.combine(each, time()), zone) for each in (day, day + timedelta(days=1)))
    pause = pair.pauses.filter(at__lte=begins, ended_at__gte=ends).first()
    if pause:
        raise PairRestedThatDay(days=_days(pause))


def _days(pause: Pause) -> str:
    return words.span(pause.at, pause.ended_at)
