"""What follows at once when a member may no longer meet one to one (R1): the house wires the rooms above."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from varpa.programmes.models import Membership

Follower = Callable[[Membership, datetime], object]

_followers: Final[list[Follower]] = []


def follow(follower: Follower) -> None:
    """Call `follower` with each member who may have become unprepared, in the transaction that did it."""
    if follower not in _followers:
        _followers.append(follower)


def tell(membership: Membership, now: datetime) -> None:
    """Something was taken back on which a member's being prepared rests."""
    for follower in _followers:
        follower(membership, now)
