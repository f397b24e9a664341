"""From which age one decides for oneself, and for how many days something waits: the setting of a country.

It stands in countries.toml, with its source. A programme may set another one (`Programme.ages`).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

DATA = Path(__file__).with_name("countries.toml")
# The ages that a programme may set: years at which somebody is of age, or may consent to an online service.
ADULT: Final = range(16, 22)
CONSENT: Final = range(13, 17)


@dataclass(frozen=True)
class Ages:
    """`adult`: years from which no guardian permits any more. `consent`: years from which one may accept
    alone what is kept about oneself online; a younger one's guardian answers first (GDPR, article 8).

    `grace_days`: how long after coming of age the guardian's permission still counts, while the person is
    asked to confirm (R1). `link_days`: how long a guardian's link opens. `source` and `checked`: where the
    ages stand, and when somebody last looked ("": nobody has). The defaults are the careful ones.
    """

    adult: int = 18
    consent: int = 16
    grace_days: int = 14
    link_days: int = 60
    source: str = ""
    checked: str = ""


USUAL: Final = Ages()


class Births(NamedTuple):
    """Days of birth: of the youngest who is `grown`, and of the youngest whose `grace` is over.

    In a condition on many members they are expressions, by the setting of each one's country.
    """

    grown: Any
    grace: Any


@cache
def countries() -> dict[str, Ages]:
    """The setting of each country that has one, by its code."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {code: Ages(**{**row, "checked": row["checked"].isoformat()}) for code, row in rows.items()}


def ages_in(country: str, own: Mapping[str, Any] | None = None) -> Ages:
    """The setting of a country: the careful defaults where it has none; `own` is what a programme sets."""
    usual = countries().get(country, USUAL)
    return replace(usual, **own[country]) if own and country in own else usual


def own_adult(own: Mapping[str, Any], country: str) -> int | None:
    """The age of those who are of age in a country as a programme sets it; None: as the country does."""
    years: int | None = own.get(country, {}).get("adult")
    return years


def ages_of(country: str, adult: int | None) -> Ages:
    """The setting for one member: of the country, with the programme's own age of those who are of age."""
    usual = countries().get(country, USUAL)
    return usual if adult is None else replace(usual, adult=adult)


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
