"""Saying yes or no to an invitation: by a calendar program, or in words by mail (RFC 5546)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.actions.meetings import FARTHEST, TooFarAhead, read_anew
from varpa.meetings.comings import AS_PLANNED, Proposed, began_at, proposes, word_of_other
from varpa.meetings.letters import coming as letters
from varpa.meetings.models import LONGEST, Coming, Meeting, MeetingState, Said
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.people.models import Person
from varpa.ui import words


class CalledOff(Refusal):
    sentence = _("This meeting was called off, so there is nothing to answer. You may plan another one.")


class Over(Refusal):
    sentence = _("The hour of this meeting has passed. On its page you can write how it was.")


class AnotherTime(Refusal):
    """A yes to a time that is no longer the meeting's would be a yes to nothing."""

    sentence = _("The meeting has been moved since that invitation: {when}. Answer the newer letter.")


class ChangedSince(Refusal):
    """A yes to another place, or a proposal against what holds no more: the hour alone has stayed."""

    sentence = _("The meeting has been changed since that invitation: {now}. Answer the newer letter.")


class ProposedInThePast(Refusal):
    sentence = _("The time that you propose has passed already. Nobody was told of it; propose a later one.")


class NothingProposed(Refusal):
    sentence = _("Nothing is proposed for this meeting any more. It stands as its page shows.")


class ProposedAnew(Refusal):
    """Nobody declines what they have not seen."""

    sentence = _("Something else was proposed meanwhile. Look at it first.")


class Overtaken(Refusal):
    """Answers may come in another order than they were given: the one given last counts (RFC 5546, 2.1.5)."""

    sentence = _("You have answered anew since, and your later answer counts.")


@transaction.atomic
def say_coming(
    *,
    meeting: Meeting,
    said: str,
    by: Person,
    now: datetime,
    sequence: int | None = None,
    word: str = "",
    proposed: Proposed = AS_PLANNED,
    stamped_at: datetime | None = None,
    channel: str = Channel.WEB,
) -> Coming:
    """Say whether one comes; a no is told to the other at once, with its word. The same again is the same.

    `sequence` is that of the invitation that is answered, `stamped_at` when that was done where it was not
    now. A no to an older invitation stands while the hour is the same: whoever cannot then, cannot at another
    place either. Raises CalledOff, Over, AnotherTime, ChangedSince, Overtaken, WrongLength,
    ProposedInThePast, TooFarAhead.
    """
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    _read_ahead(meeting, now)
    answers = meeting.sequence if sequence is None else sequence
    _require_standing(meeting, answers, said, proposed)
    _require_possible(proposed, now)
    answer = {"said": Said(said).value, "sequence": meeting.sequence, "word": word.strip()}
    answer |= {f"proposed_{name}": value for name, value in proposed._asdict().items()}
    # A clock that is fast must not keep what is said later away.
    stamped_at = min(stamped_at or now, now)
    known = Coming.objects.filter(meeting=meeting, side=side).first()
    same = known is not None and all(getattr(known, name) == value for name, value in answer.items())
    if known and known.stamped_at and answers <= known.sequence and stamped_at < known.stamped_at:
        if not same:
            raise Overtaken()
        stamped_at = known.stamped_at
    if known and same:
        Coming.objects.filter(pk=known.pk).update(stamped_at=stamped_at)
        return known
    coming, _made = Coming.objects.update_or_create(
        meeting=meeting,
        side=side,
        defaults={**answer, "stamped_at": stamped_at, "declined_at": None, "at": now},
    )
    ref, details = meeting.pair.programme.ref, {"said": str(said)}
    record("meeting.answer", meeting, now=now, by=by, channel=channel, programme_ref=ref, details=details)
    letters.tell_answer(coming, now=now)
    return coming


@transaction.atomic
def decline_proposal(*, meeting: Meeting, by: Person, now: datetime, seen: datetime | None = None) -> None:
    """The other lets the meeting stay as planned: who proposed is told, and the calendar program with them.

    `seen`: when what the page showed was said. A second click changes nothing. Raises CalledOff, Over,
    NothingProposed, ProposedAnew.
    """
    require_active(meeting.pair, now)
    side = require_side(meeting.pair, by)
    _read_ahead(meeting, now)
    coming = word_of_other(meeting, side)
    if coming is None or not proposes(coming):
        raise NothingProposed()
    if seen not in (None, coming.at):
        raise ProposedAnew()
    if Coming.objects.filter(pk=coming.pk, declined_at=None).update(declined_at=now):
        letters.tell_declined(coming, now=now)
        record("meeting.decline_proposal", meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref)


def _read_ahead(meeting: Meeting, now: datetime) -> None:
    """Read the meeting anew, which the pair holds meanwhile; raise CalledOff or Over unless it is ahead."""
    read_anew(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise CalledOff()
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= now:
        raise Over()


def as_it_is(meeting: Meeting) -> str:
    """When and where a meeting is now, for whoever answered an older invitation."""
    return ", ".join(filter(None, (words.day_time(meeting.starts_at, meeting.zone), meeting.place)))


def _require_possible(proposed: Proposed, now: datetime) -> None:
    """Raise for what could not be taken: nobody is told of it."""
    if proposed.minutes is not None and proposed.minutes > LONGEST:
        raise WrongLength()
    if proposed.at is not None and proposed.at <= now:
        raise ProposedInThePast()
    if proposed.at is not None and proposed.at > now + FARTHEST:
        raise TooFarAhead()


def _require_standing(meeting: Meeting, sequence: int, said: str, proposed: Proposed) -> None:
    """Raise unless an answer to an older invitation still says something: a no to the same hour."""
    if sequence >= meeting.sequence:
        return
    if began_at(meeting, sequence) != meeting.starts_at:
        raise AnotherTime(when=words.day_time(meeting.starts_at, meeting.zone))
    if said != Said.NO or proposed != AS_PLANNED:
        raise ChangedSince(now=as_it_is(meeting))
