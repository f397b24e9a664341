"""When the two of a pair have something else: never what, nor with whom, for that is other people's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, F, Q, QuerySet, Value

from varpa.events.models import EventState, Invitation, InvitationState
from varpa.kernel.compiled import compiled
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
    ahead = _ahead(one=pair.mentor.person_id, other=pair.mentee.person_id, since=since - _LONGEST)
    found: dict[str, list[tuple[datetime, datetime]]] = {each: [] for each in (*Side.values, TOGETHER)}
    for of, first, second, begins, minutes in ahead:
        span = (begins, begins + timedelta(minutes=minutes))
        if of == pair.pk:
            found[TOGETHER].append(span)
            continue
        for key in {first, second} & people.keys():
            found[people[key]].append(span)
    return {whose: tuple(sorted(spans)) for whose, spans in found.items()}


@compiled(since=DateTimeField())
def _ahead(one: int, other: int, since: datetime) -> QuerySet[Any, tuple[int, int, int, datetime, int]]:
    """Meetings and events of one and the other: of which pair (0: none), whose, from when, how long."""

    def theirs(path: str) -> Q:
        return Q(**{path: one}) | Q(**{path: other})

    meetings = Meeting.objects.filter(theirs("pair__mentor__person") | theirs("pair__mentee__person"))
    meetings = meetings.filter(state=MeetingState.PLANNED, starts_at__gt=since).order_by()
    coming = Invitation.objects.filter(theirs("membership__person"), state=InvitationState.COMING)
    coming = coming.filter(event__state=EventState.ANNOUNCED, event__starts_at__gt=since).order_by()
    of_pairs = meetings.annotate(
        of=F("pair"), first=F("pair__mentor__person"), second=F("pair__mentee__person")
    ).values_list("of", "first", "second", "starts_at", "minutes")
    of_events = coming.annotate(
        of=Value(0), first=F("membership__person"), second=F("membership__person")
    ).values_list("of", "first", "second", "event__starts_at", "event__minutes")
    return of_pairs.union(of_events, all=True)


def overlaps(spans: Spans, begins: datetime, minutes: int) -> bool:
    """Whether something that begins then and lasts so long falls into one of these."""
    ends = begins + timedelta(minutes=minutes)
    return any(start < ends and begins < end for start, end in spans)
