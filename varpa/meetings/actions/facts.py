"""What a pair has done by its meetings: the facts that follow from their kinds."""

from datetime import datetime

from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import kind_of, kinds_acting
from varpa.methodology import Fact
from varpa.methodology.marks import KindAct
from varpa.pairs.actions.pairs import settle_fact

FACTS = {
    KindAct.FIRST: Fact.FIRST_MEETING_HELD,
    KindAct.VISIT: Fact.VISIT_HELD,
    KindAct.ROLE_SWAP: Fact.ROLE_SWAP_HELD,
}
"""What a pair has done once a meeting of this meaning is held."""


def settle_kind(meeting: Meeting, now: datetime) -> None:
    """Bring the pair's facts in line with its meetings of this kind: held, planned, or neither.

    What happened at a meeting is dated by the meeting, not by when somebody wrote it down.
    """
    act = kind_of(meeting).acts
    if act not in FACTS and act != KindAct.CLOSING:
        return
    kinds = kinds_acting(meeting.pair.programme, act)
    alike = Meeting.objects.filter(pair=meeting.pair, kind__in=kinds)
    first = alike.filter(state=MeetingState.HELD).order_by("starts_at").first()
    if act in FACTS:
        on = min(first.starts_at, now) if first else now
        settle_fact(pair=meeting.pair, fact=FACTS[KindAct(act)], holds=first is not None, now=on)
    if act == KindAct.CLOSING:
        planned = first is not None or alike.filter(state=MeetingState.PLANNED).exists()
        settle_fact(pair=meeting.pair, fact=Fact.CLOSING_PLANNED, holds=planned, now=now)
