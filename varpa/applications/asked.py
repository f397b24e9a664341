"""What the address of a list of people asks for, as it is kept: in links, in forms and in a view."""

from collections.abc import Iterable
from dataclasses import asdict

from django.http import QueryDict
from django.utils.http import urlencode

from varpa.applications.columns import COLUMNS
from varpa.applications.queries.people import Sought

COLUMN = "column"
NAMES = {"words": "q"}
Pairs = list[tuple[str, str]]


def kept(given: QueryDict) -> Pairs:
    """The parts of an address that make sense, without the page: [(name, value)]."""
    sought = asdict(Sought.read(given))
    found = [(NAMES.get(name, name), str(value)) for name, value in sought.items() if value]
    asked = set(given.getlist(COLUMN))
    return found + [(COLUMN, key) for key in COLUMNS if key in asked]


def address(pairs: Iterable[tuple[str, str]]) -> str:
    """The end of an address; "" where nothing is asked for."""
    words = urlencode(list(pairs))
    return f"?{words}" if words else ""
