"""Taxes and contributions of a country and year, with where they stand and when they were written down.

They stand in rates.toml, which says what each one means and how far it can be trusted.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA = Path(__file__).with_name("rates.toml")
EURO: Final = "EUR"


@dataclass(frozen=True, slots=True)
class Rates:
    """What a plan reckons with: rates in basis points, limits in cents of `currency`; 0: there is none.

    `year` is the year that they are from, which may be earlier than the one asked for; 0: nothing is known
    of the country, and everything is reckoned without taxes. `source` and `checked`: see rates.toml.
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
        is_small = 0 < self.small_limit >= sales and people <= self.small_staff
        return self.small if is_small else self.profit


def rates_of(country: str, year: int) -> Rates:
    """The rates of a year, or the nearest earlier one's (`Rates.year` says); before all, the first."""
    known = _all().get(country)
    if not known:
        return Rates(country)
    return known[max((since for since in known if since <= year), default=min(known))]


@cache
def _all() -> dict[str, dict[int, Rates]]:
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        country: {int(year): _rates(country, int(year), row) for year, row in years.items()}
        for country, years in rows.items()
    }


def _rates(country: str, year: int, row: dict[str, Any]) -> Rates:
    limits = {name: row[name] * 100 for name in ("vat_limit", "small_limit") if name in row}
    return Rates(country, year, **{**row, **limits, "checked": row["checked"].isoformat()})
