"""When the two of a pair have something else: never what, nor with whom, for that is other people's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q, Value

from varpa.events.models import EventState, Invitation, InvitationState
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.models import Pair, Side

_LONGEST = timedelta(days=3)
TOGETHER: Final = "together"
Spans = tuple[tuple[datetime, datetime], ...]


def busy(pair: Pair, since: datetime) -> Mapping[str, Spans]:
    """From when to when each side has a meeting of another pair or an event to which it comes; one query.

    What the two have planned with each other stands under TOGETHER.
    """
    people = {pair.mentor.person_id: Side.MENTOR, pair.mentee.person_id: Side.MENTEE}
    theirs = Q(pair__mentor__person__in=people) | Q(pair__mentee__person__in=people)
    ahead = Q(state=MeetingState.PLANNED, starts_at__gt=since - _LONGEST)
    meetings = Meeting.objects.filter(theirs & ahead).order_by()
    coming = Invitation.objects.filter(
        state=InvitationState.COMING,
        membership__person__in=people,
        event__state=EventState.ANNOUNCED,
        event__starts_at__gt=since - _LONGEST,
    ).order_by()
    of_pairs = meetings.annotate(
        of=F("pair"), one=F("pair__mentor__person"), other=F("pair__mentee__person")
    ).values_list("of", "one", "other", "starts_at", "minutes")
    of_events = coming.annotate(
        of=Value(0), one=F("membership__person"), other=F("membership__person")
    ).values_list("of", "one", "other", "event__starts_at", "event__minutes")
    found: dict[str, list[tuple[datetime, datetime]]] = {each: [] for each in (*Side.values, TOGETHER)}
    for of, one, other, begins, minutes in of_pairs.union(of_events, all=True):
        span = (begins, begins + timedelta(minutes=minutes))
        if of == pair.pk:
            found[TOGETHER].append(span)
            continue
        for key in {one, other} & people.keys():
            found[people[key]].append(span)
    return {whose: tuple(sorted(spans)) for whose, spans in found.items()}


def overlaps(spans: Spans, begins: datetime, minutes: int) -> bool:
    """Whether something that begins then and lasts so long falls into one of these."""
    ends = begins + timedelta(minutes=minutes)
    return any(start < ends and begins < end for start, end in spans)
