"""What waits for staff in rooms above home: they hand in what to count and how to say it; the house wires."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from varpa.programmes.models import Programme


@dataclass(frozen=True)
class Waiting:
    """How much waits in a programme, and since when the first of it."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Need:
    """What is to be done with how many, in a sentence with a verb, and where."""

    count: int
    sentence: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Above:
    """One thing that waits: `count` answers by the key of the programme, in one query; `say` words it."""

    key: str
    count: Callable[[Sequence[Programme], datetime], Mapping[int, Waiting]]
    say: Callable[[Programme, Waiting], Need]


_told: Final[list[Above]] = []


def tell(*above: Above) -> None:
    """Let the week of the staff tell of these too; what is told already stays once."""
    known = {each.key for each in _told}
    _told.extend(each for each in above if each.key not in known)


def waiting_above(programmes: Sequence[Programme], now: datetime) -> dict[int, dict[str, Waiting]]:
    """What waits above, by the key of the programme and the key of the thing."""
    found = {each.key: each.count(programmes, now) for each in _told}
    return {
        each.pk: {key: counts.get(each.pk, Waiting()) for key, counts in found.items()} for each in programmes
    }


def needs_above(programme: Programme, found: Mapping[str, object]) -> list[Need]:
    """Each of them in words; `found` holds what was counted, or lacks it."""
    told = []
    for each in _told:
        waits = found.get(each.key)
        told.append(each.say(programme, waits if isinstance(waits, Waiting) else Waiting()))
    return told
