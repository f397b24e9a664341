"""Proposals that wait for an answer: who has not answered is reminded; at the end it ends without blame.

So does one that no longer stands: one of the two has left, or is not to be with the other.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from varpa.pairs import letters
from varpa.pairs.actions.pairs import end_pair, hold
from varpa.pairs.models import BEFORE_THE_START, Answer, Outcome, Pair, PairState, Side
from varpa.pairs.queries import other_side, with_people
from varpa.post import actions as post
from varpa.post.queries import already
from varpa.programmes.models import Membership, MembershipState

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


@transaction.atomic
def call_off(*, pair: Pair, now: datetime) -> bool:
    """End a proposal that no longer stands, before the two have begun: nobody is blamed, nobody told why.

    Answers whether it has: a pair that works already, or has ended, stays as it is.
    """
    hold(pair)
    if pair.state not in BEFORE_THE_START:
        return False
    end_pair(pair, Outcome.DISSOLVED, "", by=None, now=now)
    for side in Side.values:
        # For whoever has left nobody looks for another.
        if pair.member(side).state != MembershipState.WITHDRAWN:
            _tell_called_off(pair, side, now)
    letters.tell_staff(pair, letters.CALLED_OFF, now=now)
    return True


def _tell_called_off(pair: Pair, side: str, now: datetime) -> None:
    to, other = letters.reader(pair, side), pair.member(other_side(side)).person.name
    context = {"programme": pair.programme.name.within(to.language), "other": other}
    about, once = f"pair:{pair.ref}", f"pair.declined:{pair.ref}:{side}"
    post.send(letters.DECLINED, to=to, context=context, link="", about=about, once=once, now=now)


def call_off_of(membership: Membership, now: datetime) -> int:
    """Whoever has left is no longer waited for: the open proposals end; answers how many."""
    either = Q(mentor=membership) | Q(mentee=membership)
    waiting = with_people(Pair.objects.filter(either, state__in=BEFORE_THE_START)).order_by("pk")
    return sum(call_off(pair=pair, now=now) for pair in waiting)


def _waiting() -> QuerySet[Pair]:
    return with_people(Pair.objects.filter(state=PairState.PROPOSED, answer_by__isnull=False)).order_by("pk")
