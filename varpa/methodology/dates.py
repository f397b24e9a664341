"""The calendar of a methodology laid upon the dates of a programme (methodology §10)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from varpa.methodology.model import Methodology


@dataclass(frozen=True)
class Offset:
    """A day counted from the first day of a programme: whole calendar months, then days (may be negative)."""

    months: int = 0
    days: int = 0

    def on(self, start: date) -> date:
        """The day itself; a month that is too short gives its last day before the days are added."""
        month = start.month - 1 + self.months
        year, month = start.year + month // 12, month % 12 + 1
        day = min(start.day, monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


class Window(NamedTuple):
    """First day, last day and due day, all inclusive."""

    starts: date
    ends: date
    due: date


def dates_of(methodology: "Methodology", starts: date, ends: date) -> dict[str, Window]:
    """The window of each period and each activity, by key, in a programme from `starts` to `ends` inclusive.

    A programme as long as the methodology keeps calendar months; a longer or shorter one stretches every
    period in proportion, to whole days; what takes one day still takes one day.
    """
    return {
        key: _window(methodology.months, offsets, starts, ends) for key, *offsets in _offsets(methodology)
    }


def _offsets(methodology: "Methodology") -> Iterator[tuple[str, Offset, Offset, Offset]]:
    for period in methodology.calendar:
        yield period.key, period.starts, period.ends, period.ends
        for activity in period.activities:
            yield activity.key, period.starts, period.ends, activity.due


def _window(months: int, offsets: list[Offset], starts: date, ends: date) -> Window:
    first, last, due = (offset.on(starts) for offset in offsets)
    written = Offset(months).on(starts)
    if ends in (written, written - timedelta(days=1)):
        return Window(first, last, due)
    length = max((ends - starts).days + 1, 1)
    nominal = (written - starts).days

    def opening(day: date) -> date:
        return starts + timedelta(days=(day - starts).days * length // nominal)

    def closing(day: date) -> date:
        after = ((day - starts).days + 1) * length
        return starts + timedelta(days=-(-after // nominal) - 1)

    begun = opening(first)
    if first == last:
        return Window(begun, begun, begun)
    return Window(begun, max(begun, closing(last)), max(begun, closing(due)))
