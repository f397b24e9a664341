"""For the schedule: pairs begin once both are prepared, and rest as long as one is not (R1)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from varpa.pairs import letters
from varpa.pairs.actions.pairs import hold, pause_pair, resume_pair, start_if_ready
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import both_prepared, no_longer_ready, ready_again, ready_to_start, with_people
from varpa.programmes.models import Membership, Programme, ProgrammeState


def start_ready_pairs(now: datetime) -> int:
    """For the schedule: start every accepted pair whose people are prepared by now; answers how many."""
    going = (ProgrammeState.RECRUITING, ProgrammeState.RUNNING)
    ready = [
        pair for programme in _with(PairState.ACCEPTED, going) for pair in ready_to_start(programme, now)
    ]
    return sum(start_if_ready(pair=pair, now=now) for pair in ready)


def resume_ready_pairs(now: datetime) -> int:
    """For the schedule: what rested because one was not prepared goes on once both are; answers how many.

    Not a pair that somebody paused: whoever did so knows why.
    """
    going = (ProgrammeState.RECRUITING, ProgrammeState.RUNNING, ProgrammeState.CLOSING)
    ready = [pair for programme in _with(PairState.PAUSED, going) for pair in ready_again(programme, now)]
    return sum(_resume(pair, now) for pair in ready)


@transaction.atomic
def _resume(pair: Pair, now: datetime) -> bool:
    hold(pair)
    by_nobody = pair.pauses.filter(ended_at=None, by=None).exists()
    if pair.state != PairState.PAUSED or not by_nobody or not both_prepared(pair, now):
        return False
    resume_pair(pair=pair, by=None, now=now)
    return True


def pause_unprepared_pairs(now: datetime) -> int:
    """For the schedule: let every active pair rest of whom one is no longer prepared (R1); answers how many.

    `require_active` refuses them from the same moment; here the state follows and the manager is told.
    """
    going = (ProgrammeState.RECRUITING, ProgrammeState.RUNNING, ProgrammeState.CLOSING)
    unready = [
        pair for programme in _with(PairState.ACTIVE, going) for pair in no_longer_ready(programme, now)
    ]
    return sum(_pause_unprepared(pair, now) for pair in unready)


def rest_at_once(membership: Membership, now: datetime) -> int:
    """A permission was taken back: the active pairs of the member rest in the same transaction (R1)."""
    either = Q(mentor=membership) | Q(mentee=membership)
    active = with_people(Pair.objects.filter(either, state=PairState.ACTIVE))
    return sum(_pause_unprepared(pair, now) for pair in active)


@transaction.atomic
def _pause_unprepared(pair: Pair, now: datetime) -> bool:
    hold(pair)
    if pair.state != PairState.ACTIVE or both_prepared(pair, now):
        return False
    pause_pair(pair=pair, by=None, now=now)
    letters.tell_staff(pair, letters.NOT_PREPARED, now=now)
    return True


def _with(state: PairState, programme_states: Collection[str]) -> QuerySet[Programme]:
    """Programmes in one of these states that have pairs in a state."""
    pairs = Pair.objects.filter(state=state)
    return Programme.objects.filter(state__in=programme_states, pk__in=pairs.order_by().values("programme"))
