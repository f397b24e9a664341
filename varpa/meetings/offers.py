"""What may go on the agenda with one tap: questions, promises that come back, goals (R5)."""

from datetime import date
from typing import NamedTuple

from varpa.meetings.agenda import items_of
from varpa.meetings.models import PromiseState
from varpa.meetings.order import plain
from varpa.meetings.queries import Seen
from varpa.pairs.models import GoalState
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
    """What is not on the agenda of a meeting yet: two queries. Nothing says that a promise is late (R5)."""
    pair = at.meeting.pair
    names = {side: pair.member(side).person for side in ("mentor", "mentee")}
    promises = pair.promises.filter(state=PromiseState.OPEN).order_by("due", "pk")[:MOST]
    goals = pair.goals.filter(state=GoalState.OPEN).order_by("pk")[:MOST]
    found = [Offer(_line(each.text), "topic", names[each.side]) for each in at.topics]
    found += [
        Offer(_line(each.text), "promise", names[each.side], each.due) for each in at.hearing.of(promises)
    ]
    found += [Offer(_line(each.text), "goal", None, each.due) for each in goals]
    there = {words for point in items_of(at.meeting) for words in (point.text, point.line)}
    return [offer for offer in found if offer.text not in there]


def _line(text: str) -> str:
    words = plain(text)
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1].rstrip() + "…"


def starters_for(at: Seen) -> list[str]:
    """The questions of the methodology that the mentee may still bring to this meeting, one tap each (R5)."""
    if at.is_mentor:
        return []
    asked = {topic.text for topic in at.topics}
    return [text for text in (str(each.text) for each in at.kind.questions) if text not in asked]
