"""From which age one decides for oneself, and for how many days something waits: the setting of a country."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple


@dataclass(frozen=True)
class Ages:
    """`adult`: years from which no guardian permits any more (LV Civil Law §219, LT Civil Code 2.5: 18).

    `grace_days`: how long after that birthday the guardian's permission still counts, while the person is
    asked to confirm (R1). `link_days`: how long a guardian's link opens.
    """

    adult: int = 18
    grace_days: int = 14
    link_days: int = 60


USUAL: Final = Ages()
AGES: Final[dict[str, Ages]] = {"LV": Ages(18, 14, 60), "LT": Ages(18, 14, 60)}


class Births(NamedTuple):
    """Days of birth: of the youngest who is `grown`, and of the youngest whose `grace` is over."""

    grown: date
    grace: date


def ages_of(country: str) -> Ages:
    """The setting of a country; of one that has none, the usual one."""
    return AGES.get(country, USUAL)


def births(today: date, ages: Ages = USUAL) -> Births:
    """Until which days of birth people are grown-up, and beyond their grace, on a day."""
    late = today - timedelta(days=ages.grace_days + 1)
    return Births(years_before(today, ages.adult), years_before(late, ages.adult))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier (29 February: 28 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def birthday(born: date, years: int) -> date:
    """The day on which somebody born then turns so many years (29 February: 1 March)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
