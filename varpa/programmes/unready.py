"""What follows at once when a member may no longer meet one to one (R1), or leaves: the house wires it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from varpa.programmes.models import Membership

Follower = Callable[[Membership, datetime], object]

PermissionFollower = Callable[[Membership, str, datetime], object]

_followers: Final[list[Follower]] = []
_leaving_followers: Final[list[Follower]] = []
_permission_followers: Final[list[PermissionFollower]] = []


def follow(follower: Follower) -> None:
    """Call `follower` with each member who may have become unprepared, in the transaction that did it."""
    if follower not in _followers:
        _followers.append(follower)


def tell(membership: Membership, now: datetime) -> None:
    """Something was taken back on which a member's being prepared rests."""
    for follower in _followers:
        follower(membership, now)


def follow_permissions(follower: PermissionFollower) -> None:
    """Call `follower` with each permission that is given or taken back, in the same transaction."""
    if follower not in _permission_followers:
        _permission_followers.append(follower)


def tell_permission(membership: Membership, kind: str, now: datetime) -> None:
    """A permission of a kind was given or taken back; which of them stands, a reader asks."""
    for follower in _permission_followers:
        follower(membership, kind, now)


def follow_leaving(follower: Follower) -> None:
    """Call `follower` with each member who leaves a programme, in the same transaction."""
    if follower not in _leaving_followers:
        _leaving_followers.append(follower)


def tell_leaving(membership: Membership, now: datetime) -> None:
    """A member has left: what waits for an answer from or to them waits no longer."""
    for follower in _leaving_followers:
        follower(membership, now)
