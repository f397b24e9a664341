"""What is known of e-mentoring work: on which day a side wrote something, never what (R2).

The rooms in which the two write do not know the ledger of hours: each is asked in turn.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from varpa.pairs.models import Pair


class Worked(NamedTuple):
    """On a day of the programme's zone a side has written: `what` in the reader's words."""

    day: date
    what: str


Ask = Callable[[Pair, str, datetime], Iterable[Worked]]

_rooms: Final[list[Ask]] = []


def gather(ask_room: Ask) -> None:
    """Ask a room, too, what a side of a pair has written since a moment. Twice is once."""
    if ask_room not in _rooms:
        _rooms.append(ask_room)


def worked(pair: Pair, side: str, since: datetime) -> list[Worked]:
    """What a side has written since a moment, in the order of the rooms: one query each."""
    return [each for ask_room in _rooms for each in ask_room(pair, side, since)]
