"""What is left of a pair that has ended: its diary to hand over, its hours to settle, closing words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef
from django.urls import reverse

from varpa.closing.models import LookBack
from varpa.closing.queries import words_open
from varpa.diary.models import Diary, DiaryState, Entry
from varpa.diary.queries import OFFERED, offered_until
from varpa.home.queries.sentences import SENTENCES
from varpa.home.queries.things import Thing
from varpa.meetings.models import HourLine, LineState
from varpa.pairs.models import Pair, Side
from varpa.pairs.parting import words_until
from varpa.pairs.queries import other_side, side_of
from varpa.people.models import Person
from varpa.programmes.queries import today_of

RANK: Final = -0.5
"""Before whatever waits of a pair that goes: it can be done for thirty days only."""


def left_of(pairs: Iterable[Pair], person: Person, now: datetime) -> Iterator[tuple[float, Thing, Pair]]:
    """(rank, what is left, the pair) of each pair that ended within the last thirty days, for one person."""
    lately = [pair for pair in pairs if pair.active_at and pair.ended_at and pair.ended_at > now - OFFERED]
    if not lately:
        return
    diaries, lines = _diaries(lately), _lines(lately)
    written = _written([pair for pair in lately if words_open(pair, now)])
    for pair in lately:
        side = side_of(pair, person)
        if side == Side.MENTOR and pair.pk in diaries:
            yield RANK, _diary(pair, diaries[pair.pk]), pair
        if any(_waits(line, side) for line in lines if line.pair_id == pair.pk):
            yield RANK + 0.1, _hours(pair, side), pair
        if side not in written.get(pair.pk, (side,)):
            yield RANK + 0.2, _words(pair, side), pair


def _diaries(pairs: Sequence[Pair]) -> dict[int, str]:
    written = Exists(Entry.objects.filter(diary=OuterRef("pk")))
    open_still = Diary.objects.filter(written, pair__in=pairs, state=DiaryState.OPEN)
    return dict(open_still.values_list("pair", "ref"))


def _lines(pairs: Sequence[Pair]) -> list[HourLine]:
    unsettled = HourLine.objects.filter(pair__in=pairs, state__in=(LineState.WAITING, LineState.OBJECTED))
    return list(unsettled.only("pair", "side", "state", "settled_by"))


def _written(pairs: Sequence[Pair]) -> dict[int, set[str]]:
    """Which sides of these pairs have written their closing words, by the pair's key."""
    found: dict[int, set[str]] = {pair.pk: set() for pair in pairs}
    if pairs:
        for pair, side in LookBack.objects.filter(pair__in=pairs).values_list("pair", "side"):
            found[pair].add(side)
    return found


def _waits(line: HourLine, side: str) -> bool:
    """Whether a line waits for what this side says."""
    return side != (line.side if line.state == LineState.WAITING else line.settled_by)


def _diary(pair: Pair, ref: str) -> Thing:
    ends = offered_until(pair)
    due = today_of(pair.programme, ends) if ends else None
    url = reverse("diary:handover", args=[ref])
    return Thing("left_diary", str(SENTENCES["left_diary"][0]), url, due, detail=_other(pair, Side.MENTOR))


def _hours(pair: Pair, side: str) -> Thing:
    sentence = SENTENCES["hours"][0 if side == Side.MENTOR else 1]
    url = reverse("meetings:hours", args=[pair.ref])
    return Thing("left_hours", str(sentence), url, detail=_other(pair, side))


def _words(pair: Pair, side: str) -> Thing:
    sentence = SENTENCES["left_words"][0 if side == Side.MENTOR else 1]
    until = words_until(pair)
    due = today_of(pair.programme, until) if until else None
    return Thing(
        "left_words",
        str(sentence),
        reverse("closing:closing", args=[pair.ref]),
        due,
        detail=_other(pair, side),
    )


def _other(pair: Pair, side: str) -> str:
    return str(pair.member(other_side(side)).person.first_name)
