"""What a pair lets the project manager see of its content (product §2)."""

from datetime import datetime

from django.db import transaction

from varpa.history.actions import record
from varpa.pairs.actions.pairs import hold, require_side
from varpa.pairs.models import Content, Pair, Sharing
from varpa.people.models import Person


@transaction.atomic
def share(
    *,
    pair: Pair,
    goals: bool,
    plan: bool,
    by: Person,
    now: datetime,
    promises: bool = False,
    ratings: bool = False,
) -> None:
    """What of the pair's content one side lets the project manager see; off at first.

    What belongs to both opens once both share it, and closes as soon as one does not (product §2).
    """
    side = require_side(pair, by)
    hold(pair)
    wishes = dict(zip(Content, (goals, plan, promises, ratings), strict=True))
    own = set(Sharing.objects.filter(pair=pair, side=side).values_list("content", flat=True))
    if own == {content for content, on in wishes.items() if on}:
        return
    for content, on in wishes.items():
        if on:
            Sharing.objects.get_or_create(pair=pair, side=side, content=content, defaults={"at": now})
        else:
            Sharing.objects.filter(pair=pair, side=side, content=content).delete()
    rows = list(Sharing.objects.filter(pair=pair).values_list("content", flat=True))
    for content in Content:
        setattr(pair, f"shares_{content}", rows.count(content) == 2)
    pair.save(update_fields=[f"shares_{content}" for content in Content])
    shared = {content.value: int(on) for content, on in wishes.items()}
    record("pair.share", pair, now=now, by=by, programme_ref=pair.programme.ref, details=shared)
