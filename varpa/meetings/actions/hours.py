"""The ledger of hours (R2): entered by one, confirmed by the other's tap or by 14 days of silence."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.meetings.models import HourLine, LineState, Meeting
from varpa.meetings.queries import hours_of
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotOneOfTheTwo, require_active, require_side, settle_fact
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.queries import today_of

SILENCE = timedelta(days=14)
MOST = 24 * 60


class WrongMinutes(Refusal):
    sentence = _("Write minutes as a number, for example 45.")


class DayToCome(Refusal):
    sentence = _("This day has not come yet. Choose today or an earlier day.")


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
    line, made = HourLine.objects.get_or_create(
        ref=ref or new_ref(),
        pair=pair,
        defaults={"day": day, "minutes": minutes, "work": work.strip(), "side": side, "at": now},
    )
    if made:
        _record("hours.enter", line, now=now, by=by, minutes=minutes)
    return line


def enter_meeting(*, meeting: Meeting, side: str, minutes: int, by: Person, now: datetime) -> HourLine:
    """Count a held meeting once. The other's same length confirms it, another length objects.

    The side that entered a line may still correct it. Called inside the review's transaction.
    """
    standing = HourLine.objects.filter(meeting=meeting).exclude(state=LineState.WITHDRAWN).first()
    if standing is None:
        line = HourLine.objects.create(
            pair=meeting.pair,
            meeting=meeting,
            day=meeting.starts_local.date(),
            minutes=minutes,
            side=side,
            at=now,
        )
        _record("hours.enter", line, now=now, by=by, minutes=minutes)
        return line
    if standing.state == LineState.WAITING and standing.side == side:
        _correct(standing, minutes, by=by, now=now)
    elif standing.state == LineState.WAITING and standing.minutes == minutes:
        confirm_hours(line=standing, by=by, now=now)
    elif standing.state == LineState.WAITING:
        offer = {"settled_by": side, "settled_minutes": minutes}
        move(standing, "object", objection="", **offer)
        _record("hours.object", standing, now=now, by=by, minutes=minutes)
    return standing


@transaction.atomic
def confirm_hours(*, line: HourLine, by: Person, now: datetime) -> None:
    """The other says yes to a line."""
    if line.side == require_side(line.pair, by):
        raise OwnLine()
    move(line, "confirm", confirmed_at=now)
    _record("hours.confirm", line, now=now, by=by)
    _settle_target(line.pair, now)


@transaction.atomic
def object_to_hours(*, line: HourLine, word: str, by: Person, now: datetime) -> None:
    """The mentee, or whoever did not enter the line, objects with a word; open until both settle it."""
    if line.side == require_side(line.pair, by):
        raise OwnLine()
    if not word.strip():
        raise WordMissing()
    move(line, "object", objection=word.strip())
    _record("hours.object", line, now=now, by=by)


@transaction.atomic
def settle_hours(*, line: HourLine, minutes: int, by: Person, now: datetime) -> bool:
    """Offer a length to settle an objection; the other's same length settles it (then True)."""
    side = require_side(line.pair, by)
    if not 1 <= minutes <= MOST:
        raise WrongMinutes()
    current = HourLine.objects.get(pk=line.pk)
    if current.state != LineState.OBJECTED:
        raise AlreadyMoved()
    agreed = current.settled_minutes == minutes and current.settled_by not in ("", side)
    if agreed:
        move(line, "settle", minutes=minutes, confirmed_at=now)
    else:
        HourLine.objects.filter(pk=line.pk, state=LineState.OBJECTED).update(
            settled_by=side, settled_minutes=minutes
        )
        line.settled_by, line.settled_minutes = side, minutes
    _record("hours.settle", line, now=now, by=by, minutes=minutes, agreed=int(agreed))
    _settle_target(line.pair, now)
    return agreed


@transaction.atomic
def withdraw_hours(*, line: HourLine, by: Person, now: datetime) -> None:
    """The one who entered a line takes it back; it stays visible as withdrawn."""
    if line.side != require_side(line.pair, by):
        raise NotOneOfTheTwo()
    move(line, "withdraw")
    _record("hours.withdraw", line, now=now, by=by)
    _settle_target(line.pair, now)


def confirm_silent_hours(now: datetime, limit: int = 200) -> int:
    """For the schedule: lines without objection for 14 days count as confirmed (R2); answers how many."""
    lines = HourLine.objects.filter(state=LineState.WAITING, at__lte=now - SILENCE).select_related(
        "pair__programme__methodology_version"
    )
    return sum(_confirm_silent(line, now) for line in lines.order_by("at", "pk")[:limit])


@transaction.atomic
def _confirm_silent(line: HourLine, now: datetime) -> int:
    try:
        move(line, "confirm", confirmed_at=now)
    except AlreadyMoved:
        return 0
    _record("hours.confirm", line, now=now, by=None, silent=1)
    _settle_target(line.pair, now)
    return 1


def _correct(line: HourLine, minutes: int, *, by: Person, now: datetime) -> None:
    if line.minutes == minutes:
        return
    if not HourLine.objects.filter(pk=line.pk, state=LineState.WAITING).update(minutes=minutes, at=now):
        raise AlreadyMoved()
    line.minutes = minutes
    _record("hours.correct", line, now=now, by=by, minutes=minutes)


def _settle_target(pair: Pair, now: datetime) -> None:
    hours = hours_of(pair)
    settle_fact(pair=pair, fact=Fact.HOURS_REACHED, holds=hours.confirmed >= hours.target, now=now)


def _record(
    verb: str, line: HourLine, *, now: datetime, by: Person | None, **details: str | int | None
) -> None:
    record(verb, line, now=now, by=by, programme_ref=line.pair.programme.ref, details=details)
