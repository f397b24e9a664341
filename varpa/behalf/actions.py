"""Entering what came on paper: when, how and how long, never what the two wrote about it (principle 6)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.behalf import letters
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.access import may
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_utc
from varpa.meetings.actions.hours import confirm_on_paper, enter_meeting
from varpa.meetings.actions.meetings import put_down
from varpa.meetings.actions.reviews import say_held
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.access import PairAction
from varpa.pairs.actions.past import require_together
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import side_of
from varpa.people.models import Person


class NobodySigned(Refusal):
    sentence = _("Choose who has signed the paper: the hours are entered on their behalf.")


class OneOfTheTwo(Refusal):
    """Who is in the pair enters their own side, and not the other's."""

    sentence = _("You are one of the two of this pair. Write the meeting down in its room, as your own.")


class NotYourPair(Refusal):
    sentence = _("Only who manages the programme can enter this.")


@transaction.atomic
def enter_paper(
    *,
    pair: Pair,
    kind: str,
    means: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    signed: Collection[str],
    by: Person,
    now: datetime,
    ref: str = "",
) -> Meeting:
    """A meeting that a paper tells of, signed by the sides in `signed`.

    One signature enters its length in the hours sheet, two confirm it (R2). Where the two had planned a
    meeting at this hour, it is that one. Raises what `plan_meeting` and `review_meeting` raise.
    """
    sides = [side for side in Side.values if side in signed]
    _require_staff(pair, by)
    if not sides:
        raise NobodySigned()
    starts_at = to_utc(starts_local, zone)
    require_together(pair, starts_at, now)
    meeting = _planned(pair, starts_at)
    if meeting is None:
        meeting, _made = put_down(
            pair=pair,
            side=sides[0],
            kind=kind,
            means=means,
            starts_local=starts_local,
            zone=zone,
            minutes=minutes,
            ref=ref,
            past=True,
            now=now,
        )
    if say_held(meeting, now):
        _count(meeting, sides, minutes, by=by, now=now)
    return meeting


def _require_staff(pair: Pair, by: Person) -> None:
    if side_of(pair, by):
        raise OneOfTheTwo()
    if not may(PairAction.MANAGE, by, pair):
        raise NotYourPair()


def _planned(pair: Pair, starts_at: datetime) -> Meeting | None:
    meeting = pair.meetings.filter(state=MeetingState.PLANNED, starts_at=starts_at).first()
    if meeting:
        meeting.pair = pair
    return meeting


def _count(meeting: Meeting, sides: list[str], minutes: int, *, by: Person, now: datetime) -> None:
    line = enter_meeting(
        meeting=meeting, side=sides[0], minutes=minutes, by=by, now=now, channel=Channel.PAPER
    )
    both = len(sides) == len(Side.values)
    if both:
        confirm_on_paper(line=line, by=by, now=now)
    record(
        "meeting.enter_paper",
        meeting,
        now=now,
        by=by,
        behalf=meeting.pair.member(sides[0]).person,
        channel=Channel.PAPER,
        programme_ref=meeting.pair.programme.ref,
        details={"minutes": minutes, "signed": len(sides)},
    )
    letters.tell_entered(line, both=both, by=by, now=now)
