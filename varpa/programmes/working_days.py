"""Working days: neither weekend nor public holiday of the country in which somebody lives."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

ONE = timedelta(days=1)


@cache
def _of(country: str, language: str = "") -> "HolidayBase | None":
    """The public holidays of a country; None where the library knows none of that code.

    They are named in the language where the library has it for the country, else in the country's own.
    """
    # Half a second to load: the web server's start does not wait for it.
    import holidays

    if country not in holidays.utils.list_supported_countries():
        return None
    found = holidays.country_holidays(country)
    spoken = next((each for each in found.supported_languages if each.partition("_")[0] == language), None)
    return holidays.country_holidays(country, language=spoken or found.default_language)


def is_holiday(day: date, country: str) -> bool:
    """Whether a day is a public holiday in a country (its two letters; "" has none)."""
    known = _of(country)
    return known is not None and day in known


def holiday_name(day: date, country: str, language: str) -> str:
    """What a public holiday is called: in the reader's language (lv, lt, en), else as the country says it."""
    known = _of(country, language)
    return (known.get(day) or "") if known is not None else ""


def is_working(day: date, country: str) -> bool:
    """Whether a day is a working day in a country."""
    return day.weekday() < 5 and not is_holiday(day, country)


def after_working_days(day: date, count: int, country: str, away: Collection[date] = ()) -> date:
    """The last of `count` working days that follow a day: within two of them after a Friday is Tuesday.

    Days on which somebody is `away` do not count.
    """
    while count > 0:
        day += ONE
        count -= is_working(day, country) and day not in away
    return day
