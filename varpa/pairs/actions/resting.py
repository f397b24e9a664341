"""Reminders end with their reason: what waits for its hour while the pair rests or has ended does not go."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from varpa.pairs.models import PairState
from varpa.post import actions as post
from varpa.post.kinds import LetterKind
from varpa.post.queries import waiting_about

AT_REST: Final = (PairState.PAUSED, PairState.ENDED)


def end_reminders_at_rest(
    kinds: Collection[LetterKind], things: QuerySet[Any], *, state: str, now: datetime
) -> int:
    """Withdraw what waits of these kinds about things whose pair does not go; answers how many letters.

    A pair that goes on is reminded anew where the reason still stands.

    The letters are about "kind:ref" of `things`; `state` leads from these to the state of the pair.
    """
    waiting = waiting_about(kinds)
    if not waiting:
        return 0
    refs = {about.split(":")[1] for about in waiting}
    resting = set(things.filter(ref__in=refs, **{f"{state}__in": AT_REST}).values_list("ref", flat=True))
    return post.withdraw(
        about=[about for about in waiting if about.split(":")[1] in resting], kinds=kinds, now=now, anew=True
    )
