"""Taxes and contributions of a country and year, with where they stand and when they were written down.

They stand in rates.toml, which says what each one means and how far it can be trusted. A file of that name in
the data folder holds what whoever runs the site has compared: its rows hold instead of ours, or beside them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

OURS = Path(__file__).with_name("rates.toml")
OWN: Final = "rates.toml"
WHOLE: Final = 10_000
"""A rate of a hundred per cent."""
LARGEST: Final = 10**9
LIMITS: Final = ("vat_limit", "small_limit", "small_staff")
EURO: Final = "EUR"


@dataclass(frozen=True, slots=True)
class Rates:
    """What a plan reckons with: rates in basis points, limits in cents of `currency`; 0: there is none.

    `year` is the year that they are from, which may be earlier than the one asked for; 0: nothing is known
    of the country, and everything is reckoned without taxes. `source` and `checked`: see rates.toml. With
    `small_staff` 0 a small firm is known by its sales alone.
    """

    country: str
    year: int = 0
    currency: str = EURO
    vat: int = 0
    vat_limit: int = 0
    employer: int = 0
    employee: int = 0
    profit: int = 0
    distributed: int = 0
    small: int = 0
    small_limit: int = 0
    small_staff: int = 0
    source: str = ""
    checked: str = ""

    def profit_rate(self, sales: int, people: int) -> int:
        """The rate on the profit of a year with these sales and so many people on the staff."""
        few = not self.small_staff or people <= self.small_staff
        is_small = few and 0 < self.small_limit >= sales
        return self.small if is_small else self.profit


def rates_of(country: str, year: int) -> Rates:
    """The rates of a year, or the nearest earlier one's (`Rates.year` says); before all, the first."""
    known = _all().get(country)
    if not known:
        return Rates(country)
    return known[max((since for since in known if since <= year), default=min(known))]


def to_json(rates: Rates) -> dict[str, Any]:
    """To be kept with what is reckoned with them; `from_json` reads it back to the same."""
    return asdict(rates)


def from_json(kept: Mapping[str, Any]) -> Rates:
    """Rates that were kept."""
    return Rates(**kept)


def faults() -> tuple[str, ...]:
    """What is wrong with the own file, in sentences; while anything is, none of it holds."""
    return _own()[1]


@cache
def _all() -> dict[str, dict[int, Rates]]:
    known = _rows(tomllib.loads(OURS.read_text(encoding="utf-8")))
    for country, years in _own()[0].items():
        known[country] = {**known.get(country, {}), **years}
    return known


@cache
def _own() -> tuple[dict[str, dict[int, Rates]], tuple[str, ...]]:
    path = Path(settings.DATA) / OWN
    if not path.exists():
        return {}, ()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return {}, (f"{OWN} cannot be read: {error}.",)
    except tomllib.TOMLDecodeError as error:
        return {}, (f"{OWN} is not written as TOML: {error}.",)
    wrong = tuple(f"{OWN}, {fault}" for fault in _wrong(written))
    return ({} if wrong else _rows(written)), wrong


def _wrong(written: dict[str, Any]) -> Iterator[str]:
    for country, years in written.items():
        if not re.fullmatch(r"[A-Z]{2}", country) or not isinstance(years, dict):
            yield f"[{country}]: a row begins with the country and the year, as in [LV.2026]."
            continue
        for year, row in years.items():
            if not re.fullmatch(r"(19|20)\d\d", year) or not isinstance(row, dict):
                yield f"[{country}.{year}]: a row begins with the country and the year, as in [LV.2026]."
                continue
            yield from (f"[{country}.{year}]: {fault}" for fault in _wrong_in_row(row))


def _wrong_in_row(row: dict[str, Any]) -> Iterator[str]:
    known = {each.name for each in fields(Rates)} - {"country", "year"}
    for name, value in row.items():
        if name not in known:
            yield f"nothing here is called {name}."
        elif name == "checked":
            if type(value) is not date:
                yield "checked is a day, as 2026-11-26."
        elif name == "currency":
            if not re.fullmatch(r"[A-Z]{3}", str(value)):
                yield "currency has three letters, as EUR."
        elif name == "source":
            if not isinstance(value, str) or not 0 < len(value.strip()) <= 300:
                yield "source says in words where the figures stand."
        elif type(value) is not int or not 0 <= value <= (LARGEST if name in LIMITS else WHOLE):
            yield f"{name} is a whole number; a rate is in basis points, from 0 to {WHOLE}."
    yield from (f"{name} is missing." for name in ("source", "checked") if name not in row)


def _rows(written: dict[str, Any]) -> dict[str, dict[int, Rates]]:
    return {
        country: {int(year): _rates(country, int(year), row) for year, row in years.items()}
        for country, years in written.items()
    }


def _rates(country: str, year: int, row: dict[str, Any]) -> Rates:
    limits = {name: row[name] * 100 for name in ("vat_limit", "small_limit") if name in row}
    return Rates(country, year, **{**row, **limits, "checked": row["checked"].isoformat()})
