"""How long a meeting or a day of work can have been: no minute of the two is counted twice (R2).

Asked of every length that is said: in a review, a log, the diary, by mail, on paper, or to settle what was
objected to, which counts for nothing until then. The pair is held meanwhile.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.meetings.models import LONGEST, HourLine, LineState, Meeting
from varpa.pairs.models import Pair
from varpa.ui import words

MOST: Final = 24 * 60
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_EARLY: Final = timedelta(minutes=30)
"""So long before its hour a meeting may have begun, and so long may its length reach beyond now."""
_COUNTS: Final = (LineState.WAITING, LineState.CONFIRMED)


class WrongLength(Refusal):
    sentence = _("Write the length in minutes, from 1 to 720.")


class FullDay(Refusal):
    sentence = _("With this line the day would have more than 24 hours. Look at the day and the length.")


class StillGoesOn(Refusal):
    """What is still to come is not counted."""

    sentence = _(
        "The meeting was to begin on {begins}, so until now it took {most} at most. Write no more than that, "
        "or write the length down once the meeting is over."
    )


class IntoTheNext(Refusal):
    """A meeting that went on longer reaches into one that is counted already."""

    sentence = _(
        "With this length the meeting would reach into the one of {when}, which is counted too, and the same "
        "time counts once. Write at most {most} here; what was longer belongs to the length of that one."
    )


class UnderAnother(Refusal):
    """A meeting before this one is counted for longer than it can have been."""

    sentence = _(
        "The meeting of {when} is counted with {length} and reaches into this one, and the same time counts "
        "once. Its length is put right first: by whoever entered it, or by an objection in the hours sheet."
    )


def require_length(meeting: Meeting, minutes: int, now: datetime) -> None:
    """Raise what refuses a length of a meeting: it ends by now and before the next, within its day."""
    if not 1 <= minutes <= LONGEST:
        raise WrongLength()
    begins = meeting.starts_at
    ends = begins + minutes * _MINUTE
    if ends > now + _EARLY:
        most = max((now + _EARLY - begins) // _MINUTE, 1)
        raise StillGoesOn(begins=words.day_time(begins), most=words.minutes(most))
    for other, lasts in _counted_beside(meeting, begins - _DAY, ends):
        when = words.day_time(other)
        if other > begins:
            raise IntoTheNext(when=when, most=words.minutes((other - begins) // _MINUTE))
        if other + lasts * _MINUTE > begins:
            raise UnderAnother(when=when, length=words.minutes(lasts))
    require_room(meeting.pair, meeting.starts_local.date(), minutes, but=meeting.hours.all())


def require_room(pair: Pair, day: date, minutes: int, *, but: QuerySet[HourLine]) -> None:
    """Raise FullDay where a day would hold more than its hours, all lines of the pair together."""
    lines = pair.hours.filter(day=day, state__in=_COUNTS).exclude(pk__in=but.values("pk"))
    if minutes + (lines.aggregate(of_day=Sum("minutes"))["of_day"] or 0) > MOST:
        raise FullDay()


def _counted_beside(meeting: Meeting, after: datetime, before: datetime) -> list[tuple[datetime, int]]:
    """When the pair's other counted meetings between two moments began, and their counted minutes."""
    lines = HourLine.objects.filter(pair=meeting.pair, state__in=_COUNTS).exclude(meeting=meeting)
    near = lines.filter(meeting__starts_at__gt=after, meeting__starts_at__lt=before)
    found = near.order_by("meeting__starts_at").values_list("meeting__starts_at", "minutes")
    return [(starts, minutes) for starts, minutes in found if starts is not None]
