"""Entering what came on paper: when, how and how long, never what the two wrote about it (principle 6)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from varpa.behalf import letters
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.access import may
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_utc
from varpa.meetings.actions.hours import confirm_on_paper, enter_meeting
from varpa.meetings.actions.meetings import put_down, read_anew, require_fit, require_time
from varpa.meetings.actions.reviews import say_held
from varpa.meetings.models import LineState, Meeting, MeetingState
from varpa.meetings.queries import counted
from varpa.pairs.access import PairAction
from varpa.pairs.actions.past import require_together
from varpa.pairs.actions.plans import agree_on_paper
from varpa.pairs.models import Pair, Plan, Side
from varpa.pairs.queries import agreed_plan, other_side, side_of
from varpa.people.models import Person


class NobodySigned(Refusal):
    sentence = _("Choose who has signed the paper: the hours are entered on their behalf.")


class BothSign(Refusal):
    """A plan holds once both have agreed (R4)."""

    sentence = _("A plan is agreed once both have signed it. Enter it when both signatures stand there.")


class OneOfTheTwo(Refusal):
    """Who is in the pair enters their own side, and not the other's."""

    sentence = _("You are one of the two of this pair. Write the meeting down in its room, as your own.")


class NotYourPair(Refusal):
    sentence = _("Only who manages the programme can enter this.")


class OtherwiseCounted(Refusal):
    """What the two have written themselves, a paper does not overrule (R2)."""

    sentence = _(
        "This meeting is in the hours sheet already, otherwise than on the paper. The two settle it there."
    )


@transaction.atomic
def enter_paper(
    *,
    pair: Pair,
    means: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    signed: Collection[str],
    by: Person,
    now: datetime,
    kind: str = "",
    known: Meeting | None = None,
    ref: str = "",
) -> Meeting:
    """A meeting that a paper tells of, which `signed` have signed: a `known` one, or a new one of a `kind`.

    One signature enters its length in the hours sheet, that of the other confirms it (R2). Entered twice, it
    is there once. Raises what `plan_meeting` and `review_meeting` raise, and OtherwiseCounted.
    """
    sides = [side for side in Side.values if side in signed]
    _require_staff(pair, by)
    if not sides:
        raise NobodySigned()
    starts_at = to_utc(starts_local, zone)
    require_together(pair, starts_at, now)
    meeting = known
    if meeting is None:
        # Whoever has signed: a kind that the mentor leads was the mentor's to plan.
        meeting, _made = put_down(
            pair=pair,
            side=Side.MENTOR,
            kind=kind,
            means=means,
            starts_local=starts_local,
            zone=zone,
            minutes=minutes,
            ref=ref,
            past=True,
            now=now,
        )
        say_held(meeting, now)
    else:
        meeting.pair = pair
        asked = {"means": means, "starts_local": starts_local, "zone": zone, "minutes": minutes}
        _took_place(meeting, {**asked, "starts_at": starts_at}, now)
    _count(meeting, sides, minutes, by=by, now=now)
    return meeting


@transaction.atomic
def enter_plan(
    *,
    pair: Pair,
    day: date,
    signed: Collection[str],
    choices: Mapping[str, object],
    by: Person,
    now: datetime,
) -> Plan:
    """A cooperation plan that both have signed on paper: when, and what it acts on, never its words (R4).

    Entered twice, it is there once. Raises BothSign and what `agree_on_paper` raises.
    """
    _require_staff(pair, by)
    if set(signed) != set(Side.values):
        raise BothSign()
    before = agreed_plan(pair)
    plan = agree_on_paper(pair=pair, day=day, choices=choices, by=by, now=now)
    if plan != before:
        _record("plan.enter_paper", plan, pair, list(Side.values), by, now)
    return plan


def _require_staff(pair: Pair, by: Person) -> None:
    if side_of(pair, by):
        raise OneOfTheTwo()
    if not may(PairAction.MANAGE, by, pair):
        raise NotYourPair()


def _took_place(meeting: Meeting, asked: dict[str, Any], now: datetime) -> None:
    """A meeting that is known took place as the paper has it; what is held already stays as it stands."""
    read_anew(meeting)
    if meeting.state == MeetingState.HELD:
        return
    pair, minutes = meeting.pair, asked["minutes"]
    kind, where = meeting.kind, meeting.country
    require_fit(pair, Side.MENTOR, kind, asked["means"], minutes, now, moving=True, country=where)
    require_time(pair, asked["starts_at"], minutes, now, past=True, but=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(**asked)
    for name, value in asked.items():
        setattr(meeting, name, value)
    say_held(meeting, now)


def _count(meeting: Meeting, sides: list[str], minutes: int, *, by: Person, now: datetime) -> None:
    line = counted(meeting)
    news = line is None
    if line is None:
        line = enter_meeting(
            meeting=meeting, side=sides[0], minutes=minutes, by=by, now=now, channel=Channel.PAPER
        )
    elif line.minutes != minutes or line.state == LineState.OBJECTED:
        raise OtherwiseCounted()
    if line.state == LineState.WAITING and other_side(line.side) in sides:
        confirm_on_paper(line=line, by=by, now=now)
        news = True
    if news:
        _record("meeting.enter_paper", meeting, meeting.pair, sides, by, now)
        letters.tell_entered(line, by=by, now=now)


def _record(verb: str, thing: Model, pair: Pair, sides: list[str], by: Person, now: datetime) -> None:
    """A line for each who has signed: it was done on behalf of both (R11)."""
    for side in sides:
        record(
            verb,
            thing,
            now=now,
            by=by,
            behalf=pair.member(side).person,
            channel=Channel.PAPER,
            programme_ref=pair.programme.ref,
        )
