"""How many plans that are being written are reckoned with rates: told by the room that has the plans."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from varpa.programmes.models import Programme


class Beginning(NamedTuple):
    """So many plans of a country begin their figures in a year, and are not handed in."""

    country: str
    year: int
    plans: int


Ask = Callable[[Programme], Iterable[Beginning]]

_rooms: Final[list[Ask]] = []


def gather(ask_room: Ask) -> None:
    """Ask a room, too, which of its plans are reckoned with the rates in force. Twice is once."""
    if ask_room not in _rooms:
        _rooms.append(ask_room)


def beginnings(programme: Programme) -> list[Beginning]:
    """The plans of a programme that follow its rates: one query for each room."""
    return [each for ask_room in _rooms for each in ask_room(programme)]
