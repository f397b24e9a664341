"""What follows in the same moment when a pair begins: the house wires the neighbours."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from varpa.pairs.models import Pair

Follower = Callable[[Pair, datetime], object]
_followers: Final[list[Follower]] = []


def follow(follower: Follower) -> None:
    """Call `follower` with each pair that begins, in the transaction that begins it."""
    if follower not in _followers:
        _followers.append(follower)


def tell(pair: Pair, now: datetime) -> None:
    """The two may meet from now on."""
    for follower in _followers:
        follower(pair, now)
