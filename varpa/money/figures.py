"""What is typed into the figures of a business plan, and how it is kept as JSON.

Amounts are whole cents of the plan's currency, rates are basis points (850 is 8.5 %), months count from the
plan's first, which is 1. A plan in a database was typed by somebody: `from_json` believes nothing of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.money.rates import rates_of

MONTHS: Final = 12
MOST_YEARS: Final = 3
MOST_MONTHS: Final = MONTHS * MOST_YEARS
# The most an amount may be, and what is sold or made in a year too: beyond it a spreadsheet, which reckons in
# binary fractions, no longer finds every cent.
MOST: Final = 10**11
MOST_UNITS: Final = 10**6
MOST_PRODUCTS: Final = 20
MOST_ROWS: Final = 30
LONGEST_NAME: Final = 120
MOST_RATE: Final = 10_000
LONGEST_LOAN: Final = 360
GROWTH: Final = (-10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Product:
    """A product or service: net price and cost of one unit, to make or buy; the units sold in each month."""

    name: str
    price: int
    variable: int
    volumes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount paid or received once: a start-up cost, own money, a grant."""

    name: str
    cents: int
    month: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """A cost of every month, from the month in which it starts."""

    name: str
    cents: int
    starts: int


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody on the staff: gross wages of a month, from the month in which the work starts."""

    name: str
    gross: int
    starts: int


@dataclass(frozen=True, slots=True)
class Loan:
    """Comes in the month `starts`, is paid back in `months` equal parts from the next one; rate of a year."""

    cents: int
    rate: int
    months: int
    starts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is typed. `starts` is "YYYY-MM"; `growth`: of the units in the second and the third year."""

    currency: str
    country: str
    starts: str
    years: int
    vat: bool
    products: tuple[Product, ...] = ()
    startup: tuple[Amount, ...] = ()
    sources: tuple[Amount, ...] = ()
    running: tuple[Monthly, ...] = ()
    staff: tuple[Employee, ...] = ()
    loan: Loan | None = None
    growth: tuple[int, int] = (0, 0)


class FaultKind(StrEnum):
    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_WHOLE = "not_whole"
    LOW = "low"
    HIGH = "high"
    TEXT = "text"
    LONG = "long"
    MANY = "many"
    SHAPE = "shape"


class Fault(NamedTuple):
    """One fault and its place, as "products.0.price" ("" is the whole); `bound` where one was passed."""

    where: str
    kind: FaultKind
    bound: int | None = None


class BadFigures(Refusal):
    """What was given is no figures; `faults` tells them all (`words.fault_sentence` says each)."""

    sentence = _("Something in these figures cannot be right; nothing was changed.")

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__()


def empty(country: str, year_month: str) -> Figures:
    """The figures of a plan that was just begun, in the currency that the country has in that year."""
    currency = rates_of(country, int(year_month[:4])).currency
    return Figures(currency=currency, country=country, starts=year_month, years=1, vat=False)


def to_json(figures: Figures) -> dict[str, Any]:
    """Plain dictionaries, lists, numbers and texts, which `from_json` reads back to the same."""
    plain: dict[str, Any] = _plain(figures)
    return plain


def from_json(given: object) -> Figures:
    """The figures; raises BadFigures, and nothing else, for what `to_json` could not have written."""
    reader = _Reader()
    figures = _figures(reader, given)
    if reader.faults:
        raise BadFigures(reader.faults)
    return figures


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


T = TypeVar("T")

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_STARTS: Final = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
# What no database or spreadsheet keeps: control characters, halves of characters, and what is no character.
_NO_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class _Reader:
    """Reads and remembers every fault; what is wrong is answered by a stand-in, so that reading goes on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, kind: FaultKind, bound: int | None = None) -> None:
        self.faults.append(Fault(where, kind, bound))

    def table(self, given: object, where: str, kind: type) -> Mapping[str, object]:
        """A dictionary with the fields of a kind, no fewer and no more; what is missing is None in it."""
        names = [field.name for field in fields(kind)]
        if not isinstance(given, dict):
            self.fault(where, FaultKind.SHAPE)
            return {}
        for name in names:
            if name not in given:
                self.fault(_under(where, name), FaultKind.MISSING)
        if not given.keys() <= set(names):
            self.fault(where, FaultKind.UNKNOWN)
        return {name: given[name] for name in names if name in given}

    def number(self, row: Mapping[str, object], name: str, where: str, bounds: tuple[int, int]) -> int:
        return self._whole(row[name], _under(where, name), bounds) if name in row else bounds[0]

    def _whole(self, value: object, where: str, bounds: tuple[int, int]) -> int:
        low, high = bounds
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(where, FaultKind.NOT_WHOLE)
        elif value < low:
            self.fault(where, FaultKind.LOW, low)
        elif value > high:
            self.fault(where, FaultKind.HIGH, high)
        else:
            return value
        return low

    def numbers(
        self, row: Mapping[str, object], name: str, where: str, count: int, bounds: tuple[int, int]
    ) -> tuple[int, ...]:
        """Exactly so many numbers."""
        if name not in row:
            return (0,) * count
        value, place = row[name], _under(where, name)
        if not isinstance(value, list) or len(value) != count:
            self.fault(place, FaultKind.SHAPE, count)
            return (0,) * count
        return tuple(self._whole(one, f"{place}.{at}", bounds) for at, one in enumerate(value))

    def name(self, row: Mapping[str, object], where: str) -> str:
        value = row.get("name", "")
        if not isinstance(value, str) or _NO_TEXT.search(value):
            self.fault(_under(where, "name"), FaultKind.TEXT)
        elif len(value) > LONGEST_NAME:
            self.fault(_under(where, "name"), FaultKind.LONG, LONGEST_NAME)
        else:
            return value
        return ""

    def switch(self, row: Mapping[str, object], name: str) -> bool:
        value = row.get(name, False)
        if not isinstance(value, bool):
            self.fault(name, FaultKind.SHAPE)
        return value is True

    def code(self, row: Mapping[str, object], name: str, form: re.Pattern[str]) -> str:
        value = row.get(name, "")
        if isinstance(value, str) and form.fullmatch(value):
            return value
        if name in row:
            self.fault(name, FaultKind.SHAPE)
        return ""

    def rows(
        self,
        row: Mapping[str, object],
        name: str,
        read: "Callable[[_Reader, object, str], T]",
        most: int = MOST_ROWS,
    ) -> tuple[T, ...]:
        """Every row of a list; of one with too many rows none is looked at."""
        value = row.get(name, [])
        if not isinstance(value, list):
            self.fault(name, FaultKind.SHAPE)
        elif len(value) > most:
            self.fault(name, FaultKind.MANY, most)
        else:
            return tuple(read(self, one, f"{name}.{at}") for at, one in enumerate(value))
        return ()


_AMOUNT: Final = (0, MOST)
_MONTH: Final = (1, MOST_MONTHS)


def _figures(reader: _Reader, given: object) -> Figures:
    row = reader.table(given, "", Figures)
    figures = Figures(
        currency=reader.code(row, "currency", _CURRENCY),
        country=reader.code(row, "country", _COUNTRY),
        starts=reader.code(row, "starts", _STARTS),
        years=reader.number(row, "years", "", (1, MOST_YEARS)),
        vat=reader.switch(row, "vat"),
        products=reader.rows(row, "products", _product, MOST_PRODUCTS),
        startup=reader.rows(row, "startup", _amount),
        sources=reader.rows(row, "sources", _amount),
        running=reader.rows(row, "running", _monthly),
        staff=reader.rows(row, "staff", _employee),
        loan=None if row.get("loan") is None else _loan(reader, row["loan"], "loan"),
        growth=_two(reader.numbers(row, "growth", "", 2, GROWTH)),
    )
    sold = sum(product.price * sum(product.volumes) for product in figures.products)
    made = sum(product.variable * sum(product.volumes) for product in figures.products)
    if max(sold, made) > MOST:
        reader.fault("products", FaultKind.HIGH, MOST)
    return figures


def _two(numbers: tuple[int, ...]) -> tuple[int, int]:
    return numbers[0], numbers[1]


def _product(reader: _Reader, given: object, where: str) -> Product:
    row = reader.table(given, where, Product)
    return Product(
        name=reader.name(row, where),
        price=reader.number(row, "price", where, _AMOUNT),
        variable=reader.number(row, "variable", where, _AMOUNT),
        volumes=reader.numbers(row, "volumes", where, MONTHS, (0, MOST_UNITS)),
    )


def _amount(reader: _Reader, given: object, where: str) -> Amount:
    row = reader.table(given, where, Amount)
    cents, month = reader.number(row, "cents", where, _AMOUNT), reader.number(row, "month", where, _MONTH)
    return Amount(reader.name(row, where), cents, month)


def _monthly(reader: _Reader, given: object, where: str) -> Monthly:
    row = reader.table(given, where, Monthly)
    cents, starts = reader.number(row, "cents", where, _AMOUNT), reader.number(row, "starts", where, _MONTH)
    return Monthly(reader.name(row, where), cents, starts)


def _employee(reader: _Reader, given: object, where: str) -> Employee:
    row = reader.table(given, where, Employee)
    gross, starts = reader.number(row, "gross", where, _AMOUNT), reader.number(row, "starts", where, _MONTH)
    return Employee(reader.name(row, where), gross, starts)


def _loan(reader: _Reader, given: object, where: str) -> Loan:
    row = reader.table(given, where, Loan)
    return Loan(
        cents=reader.number(row, "cents", where, _AMOUNT),
        rate=reader.number(row, "rate", where, (0, MOST_RATE)),
        months=reader.number(row, "months", where, (1, LONGEST_LOAN)),
        starts=reader.number(row, "starts", where, _MONTH),
    )


def _under(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
