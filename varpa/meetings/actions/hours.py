"""The ledger of hours (R2): entered by one, confirmed by the other's tap or by 14 days of silence."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.kernel.times import to_local
from varpa.meetings.actions.lengths import MOST, require_length, require_room
from varpa.meetings.letters import hours as letters
from varpa.meetings.models import HourLine, LineState, Meeting
from varpa.meetings.queries import counted, hours_of
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import (
    NotOneOfTheTwo,
    PairHasEnded,
    hold,
    require_active,
    require_side,
    settle_fact,
)
from varpa.pairs.actions.past import require_lately, require_together_on
from varpa.pairs.models import Pair, PairState, Pause
from varpa.pairs.queries import other_side
from varpa.people.models import Person
from varpa.programmes.queries import today_of

SILENCE = timedelta(days=14)


class WrongMinutes(Refusal):
    sentence = _("Write minutes as a number, for example 45.")


class DayToCome(Refusal):
    sentence = _("This day has not come yet. Choose today or an earlier day.")


class DayBeforeThePair(Refusal):
    """No work of the two is older than the pair (R1)."""

    sentence = _("On that day your work together had not begun. Choose a later day.")


class InTheSheet(Refusal):
    """Nothing is counted twice (R2), whichever of the two enters it."""

    sentence = _("This line is in the sheet already. If it was other work, say which.")


class SilenceConfirmed(Refusal):
    """14 days of silence confirm at their moment, not when the worker comes by."""

    sentence = _(
        "14 days without an objection have passed: the line counts. Who entered it may take it back."
    )


class OtherCounted(Refusal):
    """What one has written down as held, the other does not wipe out alone."""

    sentence = _(
        "The other has written that this meeting took place. If that is not so, object in the hours sheet."
    )


class OwnLine(Refusal):
    """Entering confirms for the one; the tap is the other's."""

    sentence = _("You entered this line yourself; the other confirms it.")


class WordMissing(Refusal):
    sentence = _("Write in a word or two what is not right.")


@transaction.atomic
def enter_work(
    *, pair: Pair, day: date, minutes: int, work: str, by: Person, now: datetime, ref: str = ""
) -> HourLine:
    """Enter e-mentoring work: reading, commenting, writing (R2)."""
    require_active(pair, now)
    side = require_side(pair, by)
    if not 1 <= minutes <= MOST:
        raise WrongMinutes()
    if day > today_of(pair.programme, now):
        raise DayToCome()
    if pair.active_at is None or day < to_local(pair.active_at, pair.programme.zone).date():
        raise DayBeforeThePair()
    require_together_on(pair, day)
    _require_new(pair, day, minutes, work.strip(), ref)
    entered = {"day": day, "minutes": minutes, "work": work.strip(), "side": side, "at": now}
    line, made = make_once(HourLine, ref=ref, pair=pair, fields=entered)
    if made:
        _record("hours.enter", line, now=now, by=by, minutes=minutes)
    return line


def enter_meeting(
    *,
    meeting: Meeting,
    side: str,
    minutes: int,
    by: Person,
    now: datetime,
    channel: str = Channel.WEB,
) -> HourLine:
    """Count a held meeting once. The other's same length confirms it, another length objects.

    The side that entered a line may still correct it, until the pair ends; what both have confirmed stays.
    Raises what `lengths.require_length` raises. Called inside the review's transaction, which holds the pair.
    """
    line = counted(meeting)
    if line:
        line.pair = meeting.pair
    if line and silence_over(line, now):
        _count_silence(line, now)
    if line is None or (line.state == LineState.WAITING and line.minutes != minutes):
        require_length(meeting, minutes, now)
    if line is None:
        _require_uncounted(meeting, now)
        day = meeting.starts_local.date()
        line = HourLine.objects.create(
            pair=meeting.pair, meeting=meeting, day=day, minutes=minutes, side=side, at=now
        )
        _record("hours.enter", line, now=now, by=by, channel=channel, minutes=minutes)
    elif line.state == LineState.OBJECTED:
        settle_hours(line=line, minutes=minutes, by=by, now=now, channel=channel)
    elif line.state == LineState.WAITING and line.side == side:
        _correct(line, minutes, by=by, now=now, channel=channel)
    elif line.state == LineState.WAITING and line.minutes == minutes:
        confirm_hours(line=line, by=by, now=now, channel=channel)
    elif line.state == LineState.WAITING:
        move(line, "object", settled_by=side, settled_minutes=minutes)
        _record("hours.object", line, now=now, by=by, channel=channel, minutes=minutes)
        letters.tell_objection(line, now=now)
    return line


def take_meeting_out(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """A meeting did not take place after all: what one has counted for it oneself is withdrawn."""
    line = counted(meeting)
    if line is None:
        return
    if line.side != require_side(meeting.pair, by):
        raise OtherCounted()
    withdraw_hours(line=line, by=by, now=now)


@transaction.atomic
def confirm_hours(
    *,
    line: HourLine,
    by: Person,
    now: datetime,
    minutes: int | None = None,
    channel: str = Channel.WEB,
) -> None:
    """The other says yes to a line; `minutes` is the length that was seen. Raises AlreadyMoved.

    A second tap on what was seen is the same yes.
    """
    _read_anew(line)
    if line.side == require_side(line.pair, by):
        raise OwnLine()
    if minutes not in (None, line.minutes):
        raise AlreadyMoved()
    if line.state == LineState.CONFIRMED and minutes is not None:
        return
    move(line, "confirm", confirmed_at=now)
    _record("hours.confirm", line, now=now, by=by, channel=channel)
    _settle_target(line.pair, now)


def confirm_on_paper(*, line: HourLine, by: Person, now: datetime) -> None:
    """Both have signed the paper that staff enter: the length counts. Inside that entry's transaction."""
    move(line, "confirm", confirmed_at=now)
    _record("hours.confirm", line, now=now, by=by, channel=Channel.PAPER)
    _settle_target(line.pair, now)


@transaction.atomic
def object_to_hours(
    *,
    line: HourLine,
    word: str,
    by: Person,
    now: datetime,
    minutes: int | None = None,
    channel: str = Channel.WEB,
) -> None:
    """Whoever did not enter the line objects with a word, and says how long it was if they like.

    Open until both settle it (R2).
    """
    _read_anew(line)
    side = require_side(line.pair, by)
    if line.side == side:
        raise OwnLine()
    if not word.strip():
        raise WordMissing()
    if silence_over(line, now):
        raise SilenceConfirmed()
    if minutes is not None:
        _require_possible(line, minutes, now)
    move(line, "object", objection=word.strip(), settled_by=side, settled_minutes=minutes)
    _record("hours.object", line, now=now, by=by, channel=channel)
    letters.tell_objection(line, now=now)


@transaction.atomic
def settle_hours(
    *, line: HourLine, minutes: int, by: Person, now: datetime, channel: str = Channel.WEB
) -> bool:
    """Say how long it was to settle an objection; the length of the other settles it (then True).

    Each side's last length stands until then, and counts for nothing.
    """
    _read_anew(line)
    side = require_side(line.pair, by)
    if line.state != LineState.OBJECTED:
        raise AlreadyMoved()
    own, others = line.said_by(side), line.said_by(other_side(side))
    if minutes != own:
        _require_possible(line, minutes, now)
    if minutes == others:
        move(line, "settle", minutes=minutes, settled_by=side, settled_minutes=minutes, confirmed_at=now)
        _settle_target(line.pair, now)
    elif minutes == own:
        return False
    else:
        _say(line, side, minutes)
    agreed = int(minutes == others)
    _record("hours.settle", line, now=now, by=by, channel=channel, minutes=minutes, agreed=agreed)
    return minutes == others


@transaction.atomic
def withdraw_hours(*, line: HourLine, by: Person, now: datetime) -> None:
    """The one who entered a line takes it back; it stays visible as withdrawn. Not what `stands`."""
    _read_anew(line)
    if line.side != require_side(line.pair, by):
        raise NotOneOfTheTwo()
    if stands(line):
        raise PairHasEnded()
    move(line, "withdraw")
    _record("hours.withdraw", line, now=now, by=by)
    _settle_target(line.pair, now)


def stands(line: HourLine) -> bool:
    """Whether nobody can take a line back: once a pair has ended, its confirmed hours stand (R3)."""
    return line.state == LineState.CONFIRMED and line.pair.state == PairState.ENDED


def silence_ends(line: HourLine, pauses: Iterable[Pause]) -> datetime | None:
    """When silence confirms a line; None while its pair rests: nothing is due then."""
    ends = line.at + SILENCE
    for pause in pauses:
        if pause.ended_at is None:
            return None
        if pause.at < ends:
            ends += max(pause.ended_at - max(pause.at, line.at), timedelta())
    return ends


def silence_over(line: HourLine, now: datetime) -> bool:
    """Whether nobody has objected to a waiting line for 14 days, those of a pause not counted."""
    if line.state != LineState.WAITING or line.at > now - SILENCE:
        return False
    ends = silence_ends(line, line.pair.pauses.all())
    return ends is not None and ends <= now


def confirm_silent_hours(now: datetime, limit: int = 200) -> int:
    """For the schedule: lines without objection for 14 days count as confirmed (R2); answers how many."""
    due = HourLine.objects.filter(state=LineState.WAITING, at__lte=now - SILENCE)
    lines = due.exclude(pair__state=PairState.PAUSED).select_related("pair__programme__methodology_version")
    return sum(_confirm_silent(line, now) for line in lines.order_by("at", "pk")[:limit])


@transaction.atomic
def _confirm_silent(line: HourLine, now: datetime) -> int:
    _read_anew(line)
    if not silence_over(line, now):
        return 0
    _count_silence(line, now)
    return 1


def _count_silence(line: HourLine, now: datetime) -> None:
    move(line, "confirm", confirmed_at=now, silent=True)
    _record("hours.confirm", line, now=now, by=None, silent=1)
    _settle_target(line.pair, now)


def _require_new(pair: Pair, day: date, minutes: int, work: str, ref: str) -> None:
    others = pair.hours.filter(day=day).exclude(state=LineState.WITHDRAWN).exclude(ref=ref)
    if others.filter(meeting__isnull=True, work=work, minutes=minutes).exists():
        raise InTheSheet()
    require_room(pair, day, minutes, but=pair.hours.filter(ref=ref))


def _require_possible(line: HourLine, minutes: int, now: datetime) -> None:
    """Another length of a line is one that can have been, as when it was entered."""
    if not 1 <= minutes <= MOST:
        raise WrongMinutes()
    if line.meeting:
        line.meeting.pair = line.pair
        require_length(line.meeting, minutes, now)
    else:
        require_room(line.pair, line.day, minutes, but=HourLine.objects.filter(pk=line.pk))


def _require_uncounted(meeting: Meeting, now: datetime) -> None:
    """After the end a meeting is counted for the first time, for a while; what was taken back stays so."""
    require_lately(meeting.pair, now)
    if meeting.pair.state == PairState.ENDED and meeting.hours.exists():
        raise PairHasEnded()


def _correct(line: HourLine, minutes: int, *, by: Person, now: datetime, channel: str) -> None:
    if line.minutes == minutes:
        return
    if line.pair.state == PairState.ENDED:
        raise PairHasEnded()
    HourLine.objects.filter(pk=line.pk).update(minutes=minutes, at=now)
    line.minutes, line.at = minutes, now
    _record("hours.correct", line, now=now, by=by, channel=channel, minutes=minutes)


def _say(line: HourLine, side: str, minutes: int) -> None:
    changes: dict[str, object] = {"settled_by": side}
    changes["minutes" if side == line.side else "settled_minutes"] = minutes
    HourLine.objects.filter(pk=line.pk).update(**changes)
    for name, value in changes.items():
        setattr(line, name, value)


def _read_anew(line: HourLine) -> None:
    """Hold the pair, and read what the other may have done since the page was asked for."""
    hold(line.pair)
    names = ("side", "state", "minutes", "at", "settled_by", "settled_minutes")
    line.refresh_from_db(fields=list(names))


def _settle_target(pair: Pair, now: datetime) -> None:
    hours = hours_of(pair)
    settle_fact(pair=pair, fact=Fact.HOURS_REACHED, holds=hours.confirmed >= hours.target, now=now)


def _record(
    verb: str,
    line: HourLine,
    *,
    now: datetime,
    by: Person | None,
    channel: str = "",
    **details: str | int | None,
) -> None:
    ref = line.pair.programme.ref
    record(verb, line, now=now, by=by, channel=channel, programme_ref=ref, details=details)
