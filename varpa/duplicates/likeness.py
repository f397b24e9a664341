"""When two people look like one: by address, by name and date of birth, or by name alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final, NamedTuple

from varpa.kernel.text import folded

# Only of these is it certain that what stands after a plus reaches the same person; elsewhere
# a+b@firm.example may be somebody else.
PLUS: Final = frozenset(
    {
        "fastmail.com",
        "gmail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "me.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
    }
)
SAME_HOST: Final = {"googlemail.com": "gmail.com"}
DOTLESS: Final = frozenset({"gmail.com"})
"""Where a dot in a name changes nothing."""
MOST_OF_A_NAME: Final = 12
"""So many of one name are compared with each other; of a name that more people have it says nothing."""


class Why(StrEnum):
    """What makes two look like one, the surest first. NAME alone is a possibility."""

    ADDRESS = "address"
    BORN = "born"
    NAME = "name"


class Known(NamedTuple):
    """Somebody, as far as people can be told apart; `programmes` are keys."""

    person: int
    ref: str
    name: str
    address: str
    born: date | None
    programmes: frozenset[int]


class Alike(NamedTuple):
    """Two people who may be one, by their keys, who came first before the other."""

    first: Known
    second: Known
    why: Why


def address_key(address: str) -> str:
    """An address as it is compared: small letters, and without what is certain to change nothing."""
    name, _at, host = address.strip().lower().rpartition("@")
    host = SAME_HOST.get(host, host)
    if host in PLUS:
        name = name.partition("+")[0]
    if host in DOTLESS:
        name = name.replace(".", "")
    return f"{name}@{host}" if name else ""


def name_key(name: str) -> str:
    """A name as it is compared: without marks and case, whichever of its words comes first."""
    return " ".join(sorted(folded(name).replace(",", " ").replace("-", " ").split()))


def alike(people: Iterable[Known]) -> list[Alike]:
    """Everybody who may be somebody else of these, the surest first, then by name."""
    by_address: dict[str, list[Known]] = {}
    by_name: dict[str, list[Known]] = {}
    for each in people:
        if key := address_key(each.address):
            by_address.setdefault(key, []).append(each)
        by_name.setdefault(name_key(each.name), []).append(each)
    found: dict[tuple[int, int], Alike] = {}
    for one, other in _twos(by_address):
        # Brothers and sisters may share the mailbox of a parent.
        if not (one.born and other.born and one.born != other.born):
            _keep(found, one, other, Why.ADDRESS)
    for one, other in _twos(by_name):
        if one.born and one.born == other.born:
            _keep(found, one, other, Why.BORN)
        elif not (one.born and other.born) and one.programmes & other.programmes:
            _keep(found, one, other, Why.NAME)
    order = list(Why)
    return sorted(
        found.values(), key=lambda each: (order.index(each.why), each.first.name, each.first.person)
    )


def _twos(groups: dict[str, list[Known]]) -> Iterator[tuple[Known, Known]]:
    for group in groups.values():
        if 1 < len(group) <= MOST_OF_A_NAME:
            yield from combinations(sorted(group), 2)


def _keep(found: dict[tuple[int, int], Alike], one: Known, other: Known, why: Why) -> None:
    found.setdefault((one.person, other.person), Alike(one, other, why))
