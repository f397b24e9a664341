"""Who of a pair wants no words of the other for now: what the other does still reaches them, its words wait.

Messaging knows it and stands above; the house wires it, so that every room in which words stand beside
something that was done, or in what both work on, may ask. The words are kept: their writer reads them, the
other does once messages may come again, and staff only by an opening with a reason (product §2). In what both
work on only what came since then waits: what was there before stays (docs/decisions/0028).

While a pair rests, or has not begun, no words go between the two (R1): then both want none, as it were.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, DateTimeField, F, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.kernel.compiled import compiled
from varpa.kernel.refusals import Refusal
from varpa.pairs.models import BEFORE_THE_START, Pair, PairState, Pause, Side
from varpa.pairs.queries import other_side

Known = Callable[[QuerySet[Pair]], QuerySet[Pair]]
Follow = Callable[[Pair, str, datetime], None]


@dataclass(frozen=True)
class Waited:
    """Where words of the other can be read that had waited: what it is, and its address."""

    what: str
    url: str


Gather = Callable[[Pair, str, datetime, datetime], Iterable[Waited]]

_APART: Final = (*BEFORE_THE_START, PairState.PAUSED)
_known: Final[list[Known]] = []
_gathering: Final[list[Gather]] = []
_following: Final[list[Follow]] = []


class WordsWouldReach(Refusal):
    """What both write in cannot hold words that one of them does not read."""

    sentence = gettext_lazy(
        "{name} wants no messages for now, and this is read by both: it stays as it is until messages may "
        "come again. The project manager knows and can help."
    )


class WordsWait(Refusal):
    """What both write in cannot hold words while nothing goes between the two."""

    sentence = gettext_lazy(
        "Nothing goes between the two of you for now, and this is read by both: it stays as it is until "
        "the pair goes on. The project manager can help."
    )


def ask(known: Known) -> None:
    """Let `known` add to pairs `quiet_mentor` and `quiet_mentee`: since when that side wants no words."""
    if known not in _known:
        _known.append(known)


def follow(act: Follow) -> None:
    """Let `act` be done, in the same transaction, when a side begins to want no words."""
    if act not in _following:
        _following.append(act)


def gather(ask_room: Gather) -> None:
    """Let a room tell, for a side, where words of the other waited between two moments."""
    if ask_room not in _gathering:
        _gathering.append(ask_room)


def what_waited(pair: Pair, side: str, since: datetime, until: datetime) -> list[Waited]:
    """Where words of the other waited for a side, in the order of the rooms."""
    return [waited for ask_room in _gathering for waited in ask_room(pair, side, since, until)]


def tell_begun(pair: Pair, side: str, now: datetime) -> None:
    """A side wants no words from now on."""
    for act in _following:
        act(pair, side, now)


def stops_of(pair: Pair) -> dict[str, datetime]:
    """Since when which side of a pair gets no words; only those that get none now."""
    (read,) = _read(pair=pair)
    return {side: at for side in Side.values if (at := stopped(read, side))}


@compiled()
def _read(pair: Pair) -> QuerySet[Pair]:
    return with_stops(Pair.objects.filter(pk=pair.pk).only("pk"))


def with_stops(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs of which `stopped` can be asked without another question."""
    for known in _known:
        pairs = known(pairs)
    return pairs.annotate(apart_since=_apart_since())


def _apart_since() -> Case:
    """Since when nothing goes between the two of a pair (R1); None where it is open to them."""
    pauses = Pause.objects.filter(pair=OuterRef("pk"), ended_at__isnull=True)
    return Case(
        When(state=PairState.PAUSED, then=Subquery(pauses.values("at")[:1])),
        When(state__in=BEFORE_THE_START, then=F("proposed_at")),
        output_field=DateTimeField(),
    )


def stopped(pair: Pair, side: str) -> datetime | None:
    """Since when a side of a pair, read `with_stops`, gets no words of the other; None where they come."""
    since = [getattr(pair, name, None) for name in (f"quiet_{side}", "apart_since")]
    return min((at for at in since if at), default=None)


def wants_quiet(pair: Pair, side: str) -> bool:
    """Whether one side gets no words of the other now: it wants none, or nothing goes between the two."""
    return side in stops_of(pair)


def waits(at: datetime | None, since: datetime | None) -> bool:
    """Whether words of the other, of `at` (None: long ago), wait by a stop `since` (None: there is none)."""
    return since is not None and at is not None and at >= since


def passed(words: str, pair: Pair, *, by: str, to: str) -> str:
    """The words of one side as a side reads them: "" while it wants none of the other's.

    `by` is "" where nobody knows any more whose they are: then they count as the other's.
    """
    return "" if words and by != to and wants_quiet(pair, to) else words


def not_passed(pair: Pair, writer: str) -> str:
    """What whoever writes is told where the words will not pass; "" where they will."""
    return why_words_wait(pair, writer) if wants_quiet(pair, other_side(writer)) else ""


def why_words_wait(pair: Pair, writer: str) -> str:
    """What whoever writes is told where the other gets no words."""
    if pair.state in _APART:
        return _(
            "Nothing goes between the two of you for now. What is done is told, the words wait until the "
            "pair goes on. The project manager can help."
        )
    told = _(
        "%(name)s wants no messages for now. What is done is told, the words wait until messages may come "
        "again. The project manager knows and can help."
    )
    return told % {"name": pair.member(other_side(writer)).person.first_name}


def why_text_stays(pair: Pair, writer: str) -> str:
    """What a mentor is told whose words go into no goals and no draft of the plan now; "" where they may.

    The mentee writes on. That a pair rests, and by whose doing, its pages say by themselves.
    """
    if writer != Side.MENTOR or pair.state in _APART:
        return ""
    return str(_refusal(pair)) if wants_quiet(pair, Side.MENTEE) else ""


def require_text_heard(pair: Pair, writer: str) -> None:
    """Raise WordsWouldReach where a mentor would write into goals or plan while the mentee wants no words."""
    if writer == Side.MENTOR:
        require_heard(pair, writer)


def require_heard(pair: Pair, writer: str) -> None:
    """Raise WordsWouldReach or WordsWait where the other gets no words of the writer. The pair is held."""
    if wants_quiet(pair, other_side(writer)):
        raise _refusal(pair, writer)


def _refusal(pair: Pair, writer: str = Side.MENTOR) -> Refusal:
    if pair.state in _APART:
        return WordsWait()
    return WordsWouldReach(name=pair.member(other_side(writer)).person.first_name)
