"""Nobody comes of age by a mailed link: what is said there spares nobody from asking a guardian (R1)."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from varpa.programmes.ages import own_adult
from varpa.programmes.models import Membership
from varpa.programmes.queries import needs_permission, today_of, waits_for_guardian


def decides_sooner(membership: Membership, said: Mapping[str, Any], now: datetime) -> bool:
    """Whether by this birthday or country a guardian would no longer be asked."""
    would, today = copy(membership), today_of(membership.programme, now)
    if "country" in said:
        would.country = said["country"]
        would.adult = own_adult(membership.programme.ages, said["country"])
    if "born" in said:
        would.person = copy(membership.person)
        would.person.born = said["born"]
    asked = zip(_asks_at_home(membership, today), _asks_at_home(would, today), strict=True)
    return any(before and not after for before, after in asked)


def _asks_at_home(membership: Membership, today: date) -> tuple[bool, bool]:
    """Whether taking part needs a guardian's permission, and whether everything waits for a guardian."""
    return needs_permission(membership, today), waits_for_guardian(membership, today)
