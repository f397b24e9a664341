"""A pair's life: proposed, accepted by both, active once both are prepared (R1), paused, ended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.methodology import Fact
from varpa.pairs import letters
from varpa.pairs.models import Answer, Happening, Outcome, Pair, PairState
from varpa.pairs.queries import both_prepared, ready_to_start, side_of
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState, Programme, ProgrammeState, Role


class NotTogether(Refusal):
    sentence = _("A pair needs a mentor and a mentee of the same programme, both accepted.")


class AlreadyPaired(Refusal):
    sentence = _("One of the two is already in a pair. End that pair first.")


class NotActive(Refusal):
    """Nothing one-to-one happens in a pair that is not active (R1)."""

    sentence = _("This opens once both have said yes and both are prepared.")


class NotOneOfTheTwo(Refusal):
    sentence = _("Only the two of the pair can do this.")


class ReasonMissing(Refusal):
    sentence = _("Write the reason in a few words. It is kept with the pair.")


@transaction.atomic
def propose_pair(
    *, mentor: Membership, mentee: Membership, by: Person | None, now: datetime, ref: str = ""
) -> Pair:
    """Put two accepted members together and ask both for a yes. Being prepared may come later."""
    known = Pair.objects.filter(ref=ref).first() if ref else None
    if known:
        return known
    roles = (mentor.role, mentee.role) == (Role.MENTOR, Role.MENTEE)
    accepted = mentor.state == mentee.state == MembershipState.ACCEPTED
    if not roles or not accepted or mentor.programme_id != mentee.programme_id:
        raise NotTogether()
    pair = Pair(
        ref=ref or new_ref(), programme=mentor.programme, mentor=mentor, mentee=mentee, proposed_at=now
    )
    try:
        with transaction.atomic():
            pair.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPaired() from error
    _record("pair.propose", pair, now=now, by=by)
    letters.ask_both(pair, now=now)
    return pair


@transaction.atomic
def answer_proposal(*, pair: Pair, yes: bool, by: Person, now: datetime) -> None:
    """One side says yes or no. Two yes accept the pair; a no ends it without blame."""
    side = require_side(pair, by)
    if pair.state != PairState.PROPOSED:
        raise AlreadyMoved()
    _answer, made = Answer.objects.get_or_create(pair=pair, side=side, defaults={"yes": yes, "at": now})
    if not made:
        raise AlreadyMoved()
    _record("pair.answer", pair, now=now, by=by, side=side, yes=int(yes))
    if not yes:
        _end(pair, Outcome.DISSOLVED, "", by=by, now=now)
        letters.tell_declined(pair, now=now)
        return
    if Answer.objects.filter(pair=pair, yes=True).count() == 2:
        move(pair, "accept")
        start_if_ready(pair=pair, now=now)


@transaction.atomic
def start_if_ready(*, pair: Pair, now: datetime) -> bool:
    """Make an accepted pair active if both are prepared (R1); answers whether it is active now."""
    if pair.state == PairState.ACTIVE:
        return True
    if pair.state != PairState.ACCEPTED or not both_prepared(pair, now):
        return False
    move(pair, "start", active_at=now)
    settle_fact(pair=pair, fact=Fact.PAIR_ACTIVE, holds=True, now=now)
    _record("pair.start", pair, now=now, by=None)
    letters.tell_started(pair, now=now)
    return True


def start_ready_pairs(now: datetime) -> int:
    """For the schedule: start every accepted pair whose people are prepared by now; answers how many."""
    going = (ProgrammeState.RECRUITING, ProgrammeState.RUNNING)
    waiting = Pair.objects.filter(state=PairState.ACCEPTED)
    programmes = Programme.objects.filter(state__in=going, pk__in=waiting.values("programme"))
    ready = [pair for programme in programmes for pair in ready_to_start(programme, now)]
    return sum(start_if_ready(pair=pair, now=now) for pair in ready)


@transaction.atomic
def pause_pair(*, pair: Pair, by: Person | None, now: datetime) -> None:
    """Let a pair rest: nothing is due meanwhile."""
    move(pair, "pause")
    _record("pair.pause", pair, now=now, by=by)


@transaction.atomic
def resume_pair(*, pair: Pair, by: Person | None, now: datetime) -> None:
    """Go on after a pause; both must still be prepared (R1)."""
    if not both_prepared(pair, now):
        raise NotActive()
    move(pair, "resume")
    _record("pair.resume", pair, now=now, by=by)


@transaction.atomic
def dissolve_pair(
    *, pair: Pair, reason: str, by: Person, now: datetime, outcome: str = Outcome.DISSOLVED
) -> None:
    """The manager ends a pair early, with a reason; results and hours of both stand (R3)."""
    if not reason.strip():
        raise ReasonMissing()
    _end(pair, outcome, reason.strip(), by=by, now=now)
    letters.tell_ended(pair, now=now)


@transaction.atomic
def complete_pair(*, pair: Pair, by: Person, now: datetime, stays_in_touch: bool = False) -> None:
    """End a pair that went the whole way; `closing` has checked that nothing is missing."""
    pair.stays_in_touch = stays_in_touch
    pair.save(update_fields=["stays_in_touch"])
    _end(pair, Outcome.COMPLETED, "", by=by, now=now)
    letters.tell_ended(pair, now=now)


@transaction.atomic
def share(*, pair: Pair, goals: bool, plan: bool, by: Person, now: datetime) -> None:
    """What of its content the pair lets the project manager see; off at first."""
    pair.shares_goals, pair.shares_plan = goals, plan
    pair.save(update_fields=["shares_goals", "shares_plan"])
    _record("pair.share", pair, now=now, by=by, goals=int(goals), plan=int(plan))


def settle_fact(*, pair: Pair, fact: Fact, holds: bool, now: datetime) -> None:
    """Write down that a fact has happened in the pair, or that it no longer holds (a corrected meeting).

    Called inside the actions of the room that knows; the first date stays.
    """
    if holds:
        Happening.objects.get_or_create(pair=pair, fact=fact, defaults={"at": now})
    else:
        Happening.objects.filter(pair=pair, fact=fact).delete()


def hold(pair: Pair) -> None:
    """Read the pair's state anew and hold its row until the transaction ends.

    What the two do at one moment goes one after the other, and nobody pauses or ends the pair meanwhile.
    """
    held = Pair.objects.select_for_update(no_key=True).filter(pk=pair.pk)
    pair.state, pair.active_at, pair.ended_at = held.values_list("state", "active_at", "ended_at").get()


def require_active(pair: Pair, now: datetime) -> None:
    """Raise NotActive unless the two may be in contact now (R1): asked before anything one-to-one."""
    hold(pair)
    if pair.state != PairState.ACTIVE and not start_if_ready(pair=pair, now=now):
        raise NotActive()


def require_side(pair: Pair, by: Person) -> str:
    """Which of the two a person is; raises NotOneOfTheTwo."""
    side = side_of(pair, by)
    if not side:
        raise NotOneOfTheTwo()
    return side


def _end(pair: Pair, outcome: str, reason: str, *, by: Person | None, now: datetime) -> None:
    move(pair, "end", outcome=outcome, end_reason=reason, ended_at=now)
    settle_fact(pair=pair, fact=Fact.PAIR_ENDED, holds=True, now=now)
    _record("pair.end", pair, now=now, by=by, outcome=outcome)


def _record(verb: str, pair: Pair, *, now: datetime, by: Person | None, **details: str | int | None) -> None:
    record(verb, pair, now=now, by=by, programme_ref=pair.programme.ref, details=details)
