"""Days as people write them in Latvia and Lithuania, in figures or in words."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from varpa.kernel.text import folded

_YEAR, _DAY, _WORD = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})", r"(?P<month>[a-z]{3,})"
_FIGURES: Final = (
    re.compile(rf"{_YEAR}[-./ ] ?(?P<month>\d{{1,2}})[-./ ] ?{_DAY}\.?"),
    re.compile(rf"{_DAY}[-./ ] ?(?P<month>\d{{1,2}})[-./ ] ?{_YEAR}\.?(?: ?(?:g|gads|m|d)\.?)?"),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"),
)
_WORDS: Final = (
    re.compile(rf"{_YEAR}\.? ?(?:gada|g|m|metu)?\.? ?{_DAY}\.? ?{_WORD}\.?"),
    re.compile(
        rf"{_YEAR}\.? ?(?:m|metu)?\.? ?{_WORD}\.?(?: ?men(?:esio)?\.?)? ?{_DAY}\.?(?: ?(?:d|diena)\.?)?"
    ),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.?[ -]?{_WORD}\.?,?[ -]?{_YEAR}\.?(?: ?(?:gads|gada|g|m)\.?)?"),
    re.compile(rf"{_WORD}\.? ?{_DAY}(?:st|nd|rd|th)?\.?,? ?{_YEAR}\.?(?: ?m\.?)?"),
)
_MONTHS: Final = {
    beginning: number
    for number, beginnings in enumerate(
        (
            ("jan", "sau"),
            ("feb", "vas"),
            ("mar", "kov"),
            ("apr", "bal"),
            ("mai", "may", "geg"),
            ("jun", "bir"),
            ("jul", "lie"),
            ("aug", "rugp"),
            ("sep", "rugs"),
            ("okt", "oct", "spa"),
            ("nov", "lap"),
            ("dec", "gru"),
        ),
        1,
    )
    for beginning in beginnings
}
"""How the months begin in Latvian, Lithuanian and English, without marks."""

_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_SLASHED: Final = re.compile(r"(?P<one>\d{1,2})/ ?(?P<two>\d{1,2})/ ?(?P<year>\d{4})\.?")
_TIME = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")


def month_first_in(column: Iterable[str]) -> tuple[bool, str]:
    """Whether the slashed days of a column are written month first, and the first that may be read both ways.

    So they are where one can be nothing else and none can be day first only; else the day comes first.
    """
    orders, either = set(), ""
    for said in column:
        if found := _SLASHED.fullmatch(_TIME.sub("", folded(said))):
            one, two = int(found["one"]), int(found["two"])
            if one <= 12 < two or two <= 12 < one:
                orders.add(one <= 12)
            elif one != two:
                either = either or said
    return orders == {True}, either


def read_day(said: str, *, month_first: bool = False) -> date | None:
    """A day as people write it, or as a workbook counts it; else None. Two figures for a year are too few.

    `month_first`: of a day with slashes, as `month_first_in` has found.
    """
    asked = _TIME.sub("", folded(said))
    if month_first and (turned := _SLASHED.fullmatch(asked)):
        asked = f"{turned['two']}/{turned['one']}/{turned['year']}"
    if _SERIAL.fullmatch(asked):
        return (datetime(1899, 12, 30) + timedelta(days=int(asked.split(".")[0]))).date()
    for shape in (*_FIGURES, *_WORDS):
        if found := shape.fullmatch(asked):
            try:
                return date(int(found["year"]), _month(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _month(said: str) -> int:
    """The number of a month; 0, which no date has, where it is none."""
    if said.isdecimal():
        return int(said)
    return next((number for beginning, number in _MONTHS.items() if said.startswith(beginning)), 0)
