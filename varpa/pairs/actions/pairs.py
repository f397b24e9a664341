"""A pair's life: proposed, accepted by both, active once both are prepared (R1), paused, ended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.methodology import Fact
from varpa.pairs import beginning, letters, rests
from varpa.pairs.joining import tell_other_mentors
from varpa.pairs.models import ENDED_EARLY, OPEN, Answer, Happening, Outcome, Pair, PairState, Pause
from varpa.pairs.places import free_place, free_seat
from varpa.pairs.queries import both_prepared, prepared_sides, side_of
from varpa.people.models import Person
from varpa.programmes.actions.leaving import whom_to_ask
from varpa.programmes.models import Membership, MembershipState, Programme, ProgrammeState, Role
from varpa.programmes.queries import lacks_permission, today_of
from varpa.ui import words

MAKING_PAIRS = (ProgrammeState.DRAFT, ProgrammeState.RECRUITING, ProgrammeState.RUNNING)


class NotTogether(Refusal):
    sentence = _("A pair needs a mentor and a mentee of the same programme, both accepted.")


class SamePerson(Refusal):
    sentence = _("This is one person in two roles. Choose somebody else.")


class ProgrammeIsOver(Refusal):
    sentence = _("The programme is closing: no new pairs are made.")


class AlreadyPaired(Refusal):
    sentence = _("One of the two is already in a pair. End that pair first.")


class MentorsEnough(Refusal):
    """The mentee has as many mentors as the programme allows, where it allows more than one."""

    sentence = _(
        "{name} has as many mentors as the programme allows: {most}. End one of the pairs first, or allow "
        "more in the settings of the programme."
    )


class NoPlaceLeft(Refusal):
    sentence = _("Every place of this mentor is taken. Choose another mentor, or ask for one more place.")


class NotActive(Refusal):
    """Nothing one-to-one happens in a pair that is not active (R1)."""

    sentence = _("This opens once both have said yes and both are prepared.")


class NotPermitted(NotActive):
    """The pair has ended, and a guardian has taken back that the mentee takes part."""

    sentence = _(
        "The guardian does not permit at present that anything goes between the two of you. Your words are "
        "kept. The project manager knows and can help."
    )


class PairRests(NotActive):
    sentence = _(
        "The pair is resting. It was paused by {name}, {day}. It goes on once the project manager resumes it."
    )


class PairRestsUnprepared(PairRests):
    """The schedule let it rest: nobody's doing."""

    sentence = _(
        "The pair is resting. It was paused {day}, because one of the two is not prepared at present. "
        "It goes on by itself once that is in order; the project manager knows what is missing."
    )


class PairHasEnded(NotActive):
    sentence = _("The mentoring has ended. What was written stays and can be read.")


class NotPrepared(NotActive):
    """A permission was taken back, or a person has left the programme."""

    sentence = _("One of the two is not prepared at present. The project manager knows what is missing.")


class OneHasLeft(NotActive):
    """One of the two was withdrawn, perhaps mid-sentence: the pair does not go on by being prepared."""

    sentence = _(
        "One of the two no longer takes part in the programme, so nothing more is saved here. What was saved "
        "can still be read, and what was just written stays on the page, to be copied. Ask: {names}."
    )


class StillUnprepared(NotPrepared):
    """Told to the manager, who can put it right."""

    sentence = _("Not prepared at present: {names}. Once that is put right, the pair can go on.")


class NotOneOfTheTwo(Refusal):
    sentence = _("Only the two of the pair can do this.")


class ReasonMissing(Refusal):
    sentence = _("Write the reason in a few words. It is kept with the pair.")


class NoSuchOutcome(Refusal):
    sentence = _("Choose how the pair ends.")


@transaction.atomic
def propose_pair(
    *,
    mentor: Membership,
    mentee: Membership,
    by: Person | None,
    now: datetime,
    ref: str = "",
    answer_by: datetime | None = None,
) -> Pair:
    """Put two accepted members together and ask both for a yes. Being prepared may come later.

    Asked twice with one `ref` for the same two, it is one pair; for others the `ref` is not taken over. The
    pair takes the mentor's lowest free place, and the mentee's lowest free seat: the programme says how many
    mentors a mentee may have at once (product §2). Raises NotTogether, SamePerson, ProgrammeIsOver,
    AlreadyPaired, MentorsEnough, NoPlaceLeft.
    """
    # Held until the end: of two who take the last place one after the other the second is told so.
    most = Programme.objects.select_for_update(no_key=True).get(pk=mentor.programme_id).mentors_at_once
    Membership.objects.select_for_update(no_key=True).get(pk=mentor.pk)
    known = Pair.objects.filter(ref=ref, mentor=mentor, mentee=mentee).first() if ref else None
    if known:
        return known
    _require_together(mentor, mentee)
    place, seat = free_place(mentor), _seat(mentor, mentee, most)
    if place is None:
        raise NoPlaceLeft()
    free = ref if ref and not Pair.objects.filter(ref=ref).exists() else new_ref()
    pair = Pair(ref=free, programme=mentor.programme, mentor=mentor, mentee=mentee)
    pair.place, pair.seat, pair.proposed_at, pair.answer_by = place, seat, now, answer_by
    try:
        with transaction.atomic():
            pair.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPaired() from error
    _record("pair.propose", pair, now=now, by=by)
    letters.ask_both(pair, now=now)
    return pair


def _require_together(mentor: Membership, mentee: Membership) -> None:
    # Read again: a page that was opened yesterday does not know who has left since.
    both = Membership.objects.filter(pk__in=[mentor.pk, mentee.pk], state=MembershipState.ACCEPTED)
    roles = (mentor.role, mentee.role) == (Role.MENTOR, Role.MENTEE)
    if not roles or mentor.programme_id != mentee.programme_id or both.count() != 2:
        raise NotTogether()
    if mentor.person_id == mentee.person_id:
        raise SamePerson()
    if mentor.programme.state not in MAKING_PAIRS:
        raise ProgrammeIsOver()


def _seat(mentor: Membership, mentee: Membership, most: int) -> int:
    seat = free_seat(mentee, most)
    if Pair.objects.filter(mentor=mentor, mentee=mentee, state__in=OPEN).exists() or (most == 1 and not seat):
        raise AlreadyPaired()
    if seat is None:
        raise MentorsEnough(name=mentee.person.name, most=most)
    return seat


@transaction.atomic
def answer_proposal(
    *, pair: Pair, yes: bool, by: Person, now: datetime, reason: str = "", channel: Channel = Channel.WEB
) -> None:
    """One side says yes or no. Two yes accept the pair; a no ends it without blame.

    The same answer once more is the same answer; another one raises AlreadyMoved. The `reason` of a no is
    for the manager only.
    """
    side = require_side(pair, by)
    hold(pair)
    given = Answer.objects.filter(pair=pair, side=side).first()
    if given and given.yes == yes:
        return
    if given or pair.state != PairState.PROPOSED:
        raise AlreadyMoved()
    Answer.objects.create(pair=pair, side=side, yes=yes, reason="" if yes else reason.strip(), at=now)
    _record("pair.answer", pair, now=now, by=by, channel=channel, side=side, yes=int(yes))
    if not yes:
        end_pair(pair, Outcome.DISSOLVED, "", by=by, now=now)
        letters.tell_declined(pair, now=now)
        letters.tell_staff(pair, letters.DECLINED_BY_ONE, now=now)
    elif Answer.objects.filter(pair=pair, yes=True).count() == 2:
        move(pair, "accept")
        start_if_ready(pair=pair, now=now)


@transaction.atomic
def start_if_ready(*, pair: Pair, now: datetime) -> bool:
    """Make an accepted pair active if both are prepared (R1); answers whether it is active now."""
    hold(pair)
    if pair.state == PairState.ACTIVE:
        return True
    if pair.state != PairState.ACCEPTED or not both_prepared(pair, now):
        return False
    move(pair, "start", active_at=now)
    settle_fact(pair=pair, fact=Fact.PAIR_ACTIVE, holds=True, now=now)
    _record("pair.start", pair, now=now, by=None)
    letters.tell_started(pair, now=now)
    tell_other_mentors(pair, now=now)
    beginning.tell(pair, now)
    return True


@transaction.atomic
def pause_pair(*, pair: Pair, by: Person | None, now: datetime) -> None:
    """Let a pair rest: nothing is due meanwhile. Both are told."""
    move(pair, "pause")
    Pause.objects.create(pair=pair, by=by, at=now)
    _record("pair.pause", pair, now=now, by=by)
    rests.tell_paused(pair, now=now)


@transaction.atomic
def resume_pair(*, pair: Pair, by: Person | None, now: datetime) -> None:
    """Go on after a pause; both must still be prepared (R1). Both are told."""
    unready = [side for side, ready in prepared_sides(pair, now).items() if not ready]
    if unready:
        raise StillUnprepared(names=", ".join(pair.member(side).person.name for side in unready))
    move(pair, "resume")
    _end_pause(pair, by=by, now=now)
    _record("pair.resume", pair, now=now, by=by)
    rests.tell_resumed(pair, now=now)


@transaction.atomic
def dissolve_pair(
    *,
    pair: Pair,
    reason: str,
    by: Person,
    now: datetime,
    outcome: str = Outcome.DISSOLVED,
    closing_words: bool = False,
) -> None:
    """The manager ends a pair early, with a reason; results and hours of both stand (R3).

    `closing_words`: the two may still write to each other, where they had begun and no guardian withdrew.
    """
    if not reason.strip():
        raise ReasonMissing()
    if outcome not in ENDED_EARLY:
        raise NoSuchOutcome()
    end_pair(pair, outcome, reason.strip(), by=by, now=now)
    if pair.active_at:
        permitted = not lacks_permission(pair.mentee, today_of(pair.programme, now))
        pair.closing_words = closing_words and permitted
        pair.save(update_fields=["closing_words"])
        letters.tell_ended(pair, now=now)
    else:
        letters.tell_declined(pair, now=now)


@transaction.atomic
def complete_pair(*, pair: Pair, by: Person, now: datetime, stays_in_touch: bool = False) -> None:
    """End a pair that went the whole way; `closing` has checked that nothing is missing."""
    end_pair(pair, Outcome.COMPLETED, "", by=by, now=now, stays_in_touch=stays_in_touch)
    letters.tell_ended(pair, now=now)


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
    ((pair.state, pair.active_at, pair.ended_at),) = _held(pk=pair.pk)


@compiled()
def _held(pk: int) -> QuerySet[Pair, tuple[str, datetime | None, datetime | None]]:
    held = Pair.objects.select_for_update(no_key=True).filter(pk=pk)
    return held.values_list("state", "active_at", "ended_at")


def require_not_ended(pair: Pair) -> None:
    """Raise PairHasEnded after the end: then the two read, and nothing is changed. Holds the pair."""
    hold(pair)
    if pair.state == PairState.ENDED:
        raise PairHasEnded()


def require_active(pair: Pair, now: datetime) -> None:
    """Raise NotActive unless the two may be in contact now (R1): asked before anything one-to-one.

    Asks the database, not the page: a pause, an end or a permission taken back counts at once. Holds the
    pair until the transaction ends, so that what the two do at the same second happens one after the other.
    """
    require_not_ended(pair)
    if pair.state == PairState.PAUSED:
        raise resting(pair) or NotActive()
    if pair.state == PairState.ACTIVE:
        if not both_prepared(pair, now):
            raise _one_has_left(pair) or NotPrepared()
    elif not start_if_ready(pair=pair, now=now):
        raise NotActive()


def require_readable(pair: Pair, now: datetime) -> None:
    """Raise NotActive unless what one has written may be handed to the other: also after the end (R1, R6).

    Never in a pair that had not begun, nor to a minor whose guardian permits no more that the two go on.
    """
    hold(pair)
    if pair.state != PairState.ENDED:
        require_active(pair, now)
    elif not pair.active_at:
        raise PairHasEnded()
    elif lacks_permission(pair.mentee, today_of(pair.programme, now)):
        raise NotPermitted()


def resting(pair: Pair) -> NotActive | None:
    """What is told to whoever acts in a pair that rests: by whose doing, and what makes it go on."""
    if left := _one_has_left(pair):
        return left
    pause = pair.pauses.filter(ended_at__isnull=True).select_related("by").first()
    if pause is None:
        return None
    day = words.day(pause.at)
    return PairRests(name=pause.by.name, day=day) if pause.by else PairRestsUnprepared(day=day)


def _one_has_left(pair: Pair) -> OneHasLeft | None:
    left = MembershipState.WITHDRAWN in (pair.mentor.state, pair.mentee.state)
    return OneHasLeft(names=whom_to_ask(pair.programme)) if left else None


def require_side(pair: Pair, by: Person) -> str:
    """Which of the two a person is; raises NotOneOfTheTwo."""
    side = side_of(pair, by)
    if not side:
        raise NotOneOfTheTwo()
    return side


def end_pair(
    pair: Pair, outcome: str, reason: str, *, by: Person | None, now: datetime, stays_in_touch: bool = False
) -> None:
    """End a pair, whatever it was; the action that calls it tells both."""
    hold(pair)
    move(pair, "end", outcome=outcome, end_reason=reason, stays_in_touch=stays_in_touch, ended_at=now)
    _end_pause(pair, by=by, now=now)
    if pair.active_at:
        settle_fact(pair=pair, fact=Fact.PAIR_ENDED, holds=True, now=now)
    rests.withdraw_questions(pair, now=now)
    _record("pair.end", pair, now=now, by=by, outcome=outcome)


def _end_pause(pair: Pair, *, by: Person | None, now: datetime) -> None:
    Pause.objects.filter(pair=pair, ended_at__isnull=True).update(ended_at=now, ended_by=by)


def _record(
    verb: str,
    pair: Pair,
    *,
    now: datetime,
    by: Person | None,
    channel: Channel = Channel.WEB,
    **details: str | int | None,
) -> None:
    how, ref = channel if by else Channel.SYSTEM, pair.programme.ref
    record(verb, pair, now=now, by=by, channel=how, programme_ref=ref, details=details)
