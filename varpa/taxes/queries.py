"""With which rates a plan of a programme is reckoned, and what the page of them shows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import QuerySet

from varpa.money import words
from varpa.money.rates import NAMES, Own, Rates, laid_over, rates_of, years_of
from varpa.programmes.models import Programme
from varpa.taxes.models import Rate
from varpa.taxes.touched import Beginning, beginnings

ALL_NAMES: Final = tuple(name for name in words.RATES if name in NAMES)
"""In the order in which they are told."""
Laid = Mapping[int, Mapping[Own, int]]


@dataclass(frozen=True)
class Line:
    """One rate of a year in words, "" for nothing. `row`: the programme's own; `known`: what the site has."""

    name: str
    label: str
    said: str
    known: str
    row: Rate | None

    @property
    def ref(self) -> str:
        """Of the own rate; "" where the site's holds."""
        return self.row.ref if self.row else ""


@dataclass(frozen=True)
class Year:
    """A year of a country. `holds`: the year whose rates a plan has that begins in it; 0: nothing is known.

    `plans`: so many that are being written are reckoned with them, or would be if the year had its own.
    """

    country: str
    year: int
    holds: int
    rates: Rates
    lines: tuple[Line, ...]
    plans: int

    @property
    def has_own(self) -> bool:
        return any(line.row for line in self.lines)

    @property
    def can_change(self) -> bool:
        """Rates are set where some stand already, or where there is nothing that could be taken over."""
        return self.holds in (self.year, 0)

    @property
    def opens(self) -> bool:
        """Whether it stands open on the page: something is set in it, or plans follow it."""
        return self.has_own or self.plans > 0

    @property
    def seen(self) -> date:
        """When those of the site were written down."""
        return date.fromisoformat(self.rates.checked)

    def line(self, name: str) -> Line:
        return next(line for line in self.lines if line.name == name)


def standing(programme: Programme) -> QuerySet[Rate]:
    """What the programme has set and not taken back."""
    return Rate.objects.filter(programme=programme, withdrawn_at=None)


def rates_in(programme: Programme, country: str, year: int) -> Rates:
    """The rates of a year in a programme: the site's, and over them its own. Mostly it asks no question."""
    laid = _laid(programme.ref, programme.taxes).get(country, {}) if programme.taxes else {}
    return _rates(country, year, laid)


def years_told(programme: Programme) -> list[tuple[str, list[Year]]]:
    """Each country with its years, from the programme's first to the one after its last: two questions."""
    rows, begun = list(standing(programme).select_related("by")), beginnings(programme)
    found = []
    for country in programme.countries:
        own = [row for row in rows if row.country == country]
        years = sorted({*years_asked(programme), *(row.year for row in own)})
        found.append((country, [_year(country, year, own, begun) for year in years]))
    return found


def year_told(programme: Programme, country: str, year: int) -> Year:
    """One year of a country, as `years_told` has it."""
    rows = list(standing(programme).filter(country=country).select_related("by"))
    return _year(country, year, rows, beginnings(programme))


def years_asked(programme: Programme) -> range:
    """In which years the plans of a programme begin."""
    return range(programme.starts.year, programme.ends.year + 2)


def year_that_holds(years: Collection[int], year: int) -> int:
    """Of the years with rates the one that counts for a year: the nearest not later, else the first; or 0."""
    return max((each for each in years if each <= year), default=min(years, default=0))


def laid(rows: Iterable[Rate]) -> dict[int, dict[Own, int]]:
    """The own rates of one country by their years."""
    found: dict[int, dict[Own, int]] = {}
    for row in rows:
        own = Own(row.name, row.source, row.checked.isoformat())
        found.setdefault(row.year, {})[own] = row.value
    return found


@lru_cache(maxsize=256)
def _laid(ref: str, _stamp: str) -> dict[str, Laid]:
    """By country what a programme has set; asked once for each stamp (decision 0045)."""
    rows = list(Rate.objects.filter(programme__ref=ref, withdrawn_at=None))
    countries = {row.country for row in rows}
    return {country: laid(row for row in rows if row.country == country) for country in countries}


def _rates(country: str, year: int, laid: Laid) -> Rates:
    holds = year_that_holds({*years_of(country), *laid}, year)
    known = rates_of(country, holds or year)
    return laid_over(known, holds, laid[holds]) if holds in laid else known


def _year(country: str, year: int, own: list[Rate], begun: Iterable[Beginning]) -> Year:
    years = {*years_of(country), *(row.year for row in own)}
    rates, known = _rates(country, year, laid(own)), rates_of(country, year)
    set_here = {row.name: row for row in own if row.year == year}
    lines = tuple(
        Line(name, str(words.RATES[name]), _said(rates, name), _said(known, name), set_here.get(name))
        for name in ALL_NAMES
    )
    plans = sum(
        each.plans
        for each in begun
        if each.country == country and year_that_holds({*years, year}, each.year) == year
    )
    return Year(country, year, year_that_holds(years, year), rates, lines, plans)


def _said(rates: Rates, name: str) -> str:
    return words.rate(rates, name) if getattr(rates, name) else ""
