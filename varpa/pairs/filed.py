"""The files of a thing of the pair, such as a meeting, on its own page.

The room of the thing does not know where the two keep files with it: each room that does is asked in turn.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from varpa.pairs.models import Pair


class Filed(NamedTuple):
    """A file as a page lists it: its name and address, which side put it there, and when."""

    name: str
    url: str
    side: str
    at: datetime


Ask = Callable[[Pair, str, str], Iterable[Filed]]

_rooms: Final[list[Ask]] = []


def gather(ask_room: Ask) -> None:
    """Ask a room, too, which files belong to a thing, by its kind and reference. Twice is once."""
    if ask_room not in _rooms:
        _rooms.append(ask_room)


def filed(pair: Pair, kind: str, ref: str) -> list[Filed]:
    """The files of a thing, in the order of the rooms: one query each."""
    return [each for ask_room in _rooms for each in ask_room(pair, kind, ref)]
