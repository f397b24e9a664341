"""The days of a replay, all derived from the methodology's own calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from varpa.kernel.clock import zone_of
from varpa.methodology import Counted, EvidenceKind, Methodology, Window, dates_of
from varpa.methodology.evidence import counts

LEAST_PREPARATION = timedelta(days=60)
ENDINGS = (EvidenceKind.HOURS_REACHED, EvidenceKind.CLOSING_REVIEW, EvidenceKind.DIARY_HANDED_OVER)


@dataclass(frozen=True)
class Dates:
    """`made`: the programme is made. `opens`: pairs may begin. `closes`: everything of a pair is due by then.

    `training` is the day of the first joint training, where the methodology has one before the pairs begin.
    """

    zone: ZoneInfo
    starts: date
    ends: date
    made: date
    opens: date
    closes: date
    training: date | None
    calendar: dict[str, Window]
    due: dict[str, date]
    """The due day of each kind of evidence that the calendar asks for."""

    def share(self, part: float) -> date:
        """A day between the making and the opening: 0 is the first, 1 the second."""
        return self.made + timedelta(days=round((self.opens - self.made).days * part))

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The moment of an hour of the programme's zone."""
        return datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)

    def day(self, moment: datetime) -> date:
        """The day that it is in the programme's zone."""
        return moment.astimezone(self.zone).date()


def dates(methodology: Methodology, starts: date, ends: date, zone: str) -> Dates:
    """Lay the replay upon the methodology's calendar."""
    calendar = dates_of(methodology, starts, ends)
    by_pairs = [each for each in methodology.activities() if counts(each.evidence) == (Counted.PAIRS,)]
    due: dict[str, date] = {}
    for each in by_pairs:
        due.setdefault(each.evidence, calendar[each.key].due)
    quarter = timedelta(days=(ends - starts).days // 4)
    opens = min((calendar[each.key].starts for each in by_pairs), default=starts + quarter)
    last = max((calendar[each.key].due for each in by_pairs), default=ends - timedelta(days=14))
    closes = min((due[kind] for kind in ENDINGS if kind in due), default=last)
    trainings = [calendar[each.period].starts for each in methodology.training]
    training = min(trainings, default=None)
    return Dates(
        zone=zone_of(zone),
        starts=starts,
        ends=ends,
        made=min(starts, opens - LEAST_PREPARATION),
        opens=opens,
        closes=closes,
        training=training if training and training < opens else None,
        calendar=calendar,
        due=due,
    )


def free_day(day: date) -> date:
    """The day itself, or the next one on which people meet: no weekends, no days around Christmas."""
    while day.weekday() > 4 or (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2):
        day += timedelta(days=1)
    return day
