"""What one of the two reads of the other's words beside a meeting, while it wants none for now.

Times, places, lengths and states come through, and so does the day of every promise: both work by these
facts. Topics, notes, reviews and promises of the other wait in so far as they were written since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar

from varpa.meetings.models import Notes, Promise, Review, Topic
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import stops_of, waits


class _Said(Protocol):
    @property
    def side(self) -> str: ...
    @property
    def at(self) -> datetime: ...


_Words = TypeVar("_Words", bound=_Said)


@dataclass(frozen=True)
class Hearing:
    """Since when words of the other wait for a `side`; None where they come.

    `unheard`: whether the other wants none of the side's words now.
    """

    side: str
    since: datetime | None = None
    unheard: bool = False

    def hears(self, side: str, at: datetime | None) -> bool:
        """Whether what a side wrote at a moment (None: longer ago than anybody knows) is read now."""
        return side == self.side or not waits(at, self.since)

    def passed(self, words: str, by: str) -> str:
        """Words that stand beside what was done: "" while none of the other's are read."""
        return words if by == self.side or self.since is None else ""

    def of(self, said: Iterable[_Words]) -> list[_Words]:
        """What is read now."""
        return [each for each in said if self.hears(each.side, each.at)]

    def reads(self, written: Notes | Review) -> bool:
        """Whether what is written over and over is read now, as it stands."""
        return self.hears(written.side, written.saved_at)

    def holds(self, said: list[Topic | Promise], saved: list[Notes | Review]) -> bool:
        """Whether any of these words waits."""
        return len(self.of(said)) < len(said) or any(each.text and not self.reads(each) for each in saved)


HEARS_ALL: Final = Hearing("")


def shared(reviews: Mapping[str, Review]) -> dict[str, Review]:
    """The reviews of both by their side, where both share theirs; else none."""
    both = len(reviews) == 2 and all(each.shared for each in reviews.values())
    return dict(reviews) if both else {}


def hearing(pair: Pair, side: str) -> Hearing:
    """What a side hears of the other now: one question."""
    stops = stops_of(pair)
    return Hearing(side, stops.get(side), other_side(side) in stops)
