"""Taxes and contributions of a country and year, with where they stand and when they were written down.

They stand in rates.toml, which says what each one means and how far it can be trusted. A file of that name in
the data folder holds what whoever runs the site has compared: its rows hold instead of ours, or beside them.
Over both a room above may lay single rates, each with a source of its own.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings

OURS = Path(__file__).with_name("rates.toml")
OWN: Final = "rates.toml"
WHOLE: Final = 10_000
"""A rate of a hundred per cent."""
LARGEST: Final = 10**9
SHARES: Final = ("vat", "employer", "employee", "profit", "distributed", "small")
AMOUNTS: Final = ("vat_limit", "small_limit")
COUNTS: Final = ("small_staff",)
NAMES: Final = (*SHARES, *AMOUNTS, *COUNTS)
EURO: Final = "EUR"


class Own(NamedTuple):
    """A rate that is not the site's: its name in `Rates`, where it stands, on which day it was seen."""

    name: str
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Rates:
    """What a plan reckons with: rates in basis points, limits in cents of `currency`; 0: there is none.

    `year` is the year that they are from, which may be earlier than the one asked for; 0: nothing is known
    of the country, and everything is reckoned without taxes. `source` and `checked`: see rates.toml. With
    `small_staff` 0 a small firm is known by its sales alone. `own`: those of them that were laid over what
    the site knows; of which `year`, `source` and `checked` say nothing.
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
    own: tuple[Own, ...] = ()

    @property
    def has_known(self) -> bool:
        """Whether any of them is as the site knows it."""
        own = {each.name for each in self.own}
        return any(getattr(self, name) for name in NAMES if name not in own)

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


def years_of(country: str) -> list[int]:
    """The years of a country of which the site has rates, from the first on."""
    return sorted(_all().get(country, ()))


def laid_over(rates: Rates, year: int, own: Mapping[Own, int]) -> Rates:
    """The rates with others of a year in the place of some of them; where all are others, of that year."""
    values: dict[str, Any] = {each.name: value for each, value in own.items()}
    changed = replace(rates, own=tuple(own), **values)
    return changed if changed.has_known else replace(changed, year=year)


def to_json(rates: Rates) -> dict[str, Any]:
    """To be kept with what is reckoned with them; `from_json` reads it back to the same."""
    kept = asdict(rates)
    own = [list(each) for each in kept.pop("own")]
    # What was kept before there were others compares equal to what is kept without them today.
    return {**kept, "own": own} if own else kept


def from_json(kept: Mapping[str, Any]) -> Rates:
    """Rates that were kept."""
    return Rates(**{**kept, "own": tuple(Own(*each) for each in kept.get("own", ()))})


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
    for name, value in row.items():
        if name not in (*NAMES, "currency", "source", "checked"):
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
        elif type(value) is not int or not 0 <= value <= (WHOLE if name in SHARES else LARGEST):
            yield f"{name} is a whole number; a rate is in basis points, from 0 to {WHOLE}."
    yield from (f"{name} is missing." for name in ("source", "checked") if name not in row)


def _rows(written: dict[str, Any]) -> dict[str, dict[int, Rates]]:
    return {
        country: {int(year): _rates(country, int(year), row) for year, row in years.items()}
        for country, years in written.items()
    }


def _rates(country: str, year: int, row: dict[str, Any]) -> Rates:
    limits = {name: row[name] * 100 for name in AMOUNTS if name in row}
    return Rates(country, year, **{**row, **limits, "checked": row["checked"].isoformat()})
