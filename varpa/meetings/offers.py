"""What may go on the agenda with one tap: questions, promises that come back, goals (R5)."""

from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from varpa.kernel.compiled import compiled
from varpa.meetings.agenda import items_of
from varpa.meetings.models import Promise, PromiseState
from varpa.meetings.order import plain
from varpa.meetings.queries import Seen
from varpa.pairs.models import Goal, GoalState, Pair
from varpa.people.models import Person

MOST = 20
LONGEST_LINE = 200


class Offer(NamedTuple):
    """A line that could be added. `what`: "topic", "promise" or "goal", which has nobody as `whose`."""

    text: str
    what: str
    whose: Person | None = None
    due: date | None = None


def offers_for(at: Seen) -> list[Offer]:
    """What is not on the agenda of a meeting yet: one query. Nothing says that a promise is late (R5)."""
    pair = at.meeting.pair
    names = {side: pair.member(side).person for side in ("mentor", "mentee")}
    # A goal has no side: both set it.
    still = [_Open(*row) for row in _still_open(pair=pair)]
    promises = sorted(filter(attrgetter("side"), still), key=lambda each: (each.due or date.max, each.pk))
    goals = sorted((each for each in still if not each.side), key=attrgetter("pk"))
    found = [Offer(_line(each.text), "topic", names[each.side]) for each in at.topics]
    for each in at.hearing.of(promises[:MOST]):
        found.append(Offer(_line(each.text), "promise", names[each.side], each.due))
    found += [Offer(_line(each.text), "goal", None, each.due) for each in goals[:MOST]]
    there = {words for point in items_of(at.meeting) for words in (point.text, point.line)}
    return [offer for offer in found if offer.text not in there]


class _Open(NamedTuple):
    pk: int
    text: str
    due: date | None
    side: str
    at: datetime


@compiled()
def _still_open(pair: Pair) -> "QuerySet[Any, tuple[int, str, date | None, str, datetime]]":
    promises = Promise.objects.filter(pair=pair, state=PromiseState.OPEN).order_by()
    goals = Goal.objects.filter(pair=pair, state=GoalState.OPEN).order_by()
    return promises.values_list("pk", "text", "due", "side", "at").union(
        goals.values_list("pk", "text", "due", Value(""), "set_at"), all=True
    )


def _line(text: str) -> str:
    words = plain(text)
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1].rstrip() + "…"


def starters_for(at: Seen) -> list[str]:
    """The questions of the methodology that the mentee may still bring to this meeting, one tap each (R5)."""
    if at.is_mentor:
        return []
    asked = {topic.text for topic in at.topics}
    return [text for text in (str(each.text) for each in at.kind.questions) if text not in asked]
