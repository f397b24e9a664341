"""Proposals that wait for an answer: who has not answered is reminded; at the end it ends without blame."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from varpa.pairs import letters
from varpa.pairs.actions.pairs import end_pair, hold
from varpa.pairs.models import Answer, Outcome, Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.post.queries import already

REMINDED = timedelta(days=2)
"""How long before the end of the time to answer; where the time is shorter, in its second half."""
BATCH = 200


def remind_unanswered(now: datetime) -> int:
    """For the schedule: remind each side that has not answered yet, once; answers how many letters."""
    waiting = _waiting().filter(answer_by__gt=now, answer_by__lte=now + REMINDED)
    for side in Side.values:
        said = Answer.objects.filter(pair=OuterRef("pk"), side=side)
        waiting = waiting.annotate(**{f"by_{side}": Exists(said)})
    due = [
        (letters.still_asked_key(pair, side), pair, side)
        for pair in waiting[:BATCH]
        for side in Side.values
        if not getattr(pair, f"by_{side}") and now >= _half(pair)
    ]
    written = already([key for key, _pair, _side in due])
    return sum(letters.ask_again(pair, side, now=now) for key, pair, side in due if key not in written)


def _half(pair: Pair) -> datetime:
    assert pair.answer_by is not None
    return pair.proposed_at + (pair.answer_by - pair.proposed_at) / 2


def end_unanswered(now: datetime) -> int:
    """For the schedule: end every proposal whose time to answer is over; answers how many."""
    return sum(_end_unanswered(pair, now) for pair in _waiting().filter(answer_by__lte=now)[:BATCH])


@transaction.atomic
def _end_unanswered(pair: Pair, now: datetime) -> bool:
    hold(pair)
    if pair.state != PairState.PROPOSED:
        return False
    end_pair(pair, Outcome.DISSOLVED, "", by=None, now=now)
    letters.tell_declined(pair, now=now)
    letters.tell_staff(pair, letters.UNANSWERED, now=now)
    return True


def _waiting() -> QuerySet[Pair]:
    return with_people(Pair.objects.filter(state=PairState.PROPOSED, answer_by__isnull=False)).order_by("pk")
