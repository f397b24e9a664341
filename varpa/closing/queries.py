"""What is still ahead of a pair, long before its end (R3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.closing.models import Certificate, Excuse, LookBack
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import is_ref
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import hours_of
from varpa.methodology.model import Requirement
from varpa.pairs.models import Pair, Side
from varpa.pairs.parting import words_until
from varpa.pairs.queries import facts_of, other_side, with_people
from varpa.pairs.quiet import Waited, stopped, waits, with_stops
from varpa.programmes.queries import lacks_permission, methodology_of, today_of


@dataclass(frozen=True)
class Ahead:
    """One requirement of completion: when it happened, or why it did not, or neither yet.

    `waits`: the other said why, in words that wait for the reader (docs/decisions/0028). `asks`: the side
    that has not said so too; "" where none is asked. `said_at`: when the other one did.
    """

    requirement: Requirement
    happened_at: datetime | None
    excuse: str
    waits: bool = False
    asks: str = ""
    said_at: datetime | None = None

    @property
    def name(self) -> TranslatedText:
        return self.requirement.name

    @property
    def is_excused(self) -> bool:
        return self.waits or bool(self.excuse)

    @property
    def is_open(self) -> bool:
        """Whether it has not happened, and neither has said that it will not."""
        return self.happened_at is None and not self.is_excused

    @property
    def missing(self) -> bool:
        return self.happened_at is None and (not self.is_excused or bool(self.asks))


def still_ahead(pair: Pair, facts: dict[str, datetime] | None = None, *, side: str = "") -> list[Ahead]:
    """Every requirement of the methodology for this pair, in its order; two queries.

    As one `side` reads it where the pair was read `with_stops`.
    """
    happened = facts_of(pair) if facts is None else facts
    return ahead_of(pair, happened, {each.requirement: each for each in _excuses(pair=pair)}, side=side)


def ahead_of(
    pair: Pair, happened: dict[str, datetime], excuses: dict[str, Excuse], *, side: str = ""
) -> list[Ahead]:
    """The same where facts and excuses are read already."""
    since = stopped(pair, side) if side else None
    other = pair.member(other_side(side)).person_id if since else None
    found = []
    for each in methodology_of(pair.programme).requirements:
        said = excuses.get(each.key)
        deaf = said is not None and said.by_id == other and waits(said.at, since)
        reason = said.reason if said and not deaf else ""
        asks = _other_of(pair, said) if said and said.agreed_at is None else ""
        found.append(Ahead(each, happened.get(each.fact), reason, deaf, asks, said.at if said else None))
    return found


def _other_of(pair: Pair, said: Excuse) -> str:
    """The side that is asked whether it is so."""
    return Side.MENTEE if said.by_id == pair.mentor.person_id else Side.MENTOR


def excuses_of(pairs: list[Pair]) -> dict[int, dict[str, Excuse]]:
    """Why something did not happen, by requirement, for many pairs by their keys; one query."""
    found: dict[int, dict[str, Excuse]] = {}
    for each in Excuse.objects.filter(pair__in=pairs, withdrawn_at=None):
        found.setdefault(each.pair_id, {})[each.requirement] = each
    return found


@compiled()
def _excuses(pair: Pair) -> QuerySet[Excuse]:
    return Excuse.objects.filter(pair=pair, withdrawn_at=None)


def read_at_the_end(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with their people, and since when who of the two wants no words of the other."""
    return with_stops(with_people(pairs))


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The end of the pair, where the other looked back or said why something did not happen."""
    by, when = other_side(side), (since, until)
    wrote = LookBack.objects.filter(pair=pair, side=by, at__range=when)
    both = wrote.exists() and LookBack.objects.filter(pair=pair, side=side).exists()
    said = Excuse.objects.filter(pair=pair, withdrawn_at=None, by=pair.member(by).person_id, at__range=when)
    if both or said.exists():
        yield Waited(_("Review of the results"), reverse("closing:closing", args=[pair.ref]))


def nothing_missing(ahead: list[Ahead]) -> bool:
    """Whether everything has happened, or was answered by a reason to which both stand: they may end it."""
    return not any(each.missing for each in ahead)


def is_reached(ahead: list[Ahead]) -> bool:
    """Whether a pair is led to its end. Where nothing is asked for, the two decide when, and are not led."""
    return bool(ahead) and nothing_missing(ahead)


def were_together(pair: Pair) -> bool:
    """Whether there is anything to certify: a meeting that was held, or a confirmed minute."""
    return hours_of(pair).confirmed > 0 or bool(held_of(pair))


def held_of(pair: Pair) -> set[str]:
    """What the meetings that the two held were for, as kinds of the methodology act."""
    held = Meeting.objects.filter(pair=pair, state=MeetingState.HELD).order_by().values_list("kind")
    methodology = methodology_of(pair.programme)
    return {methodology.kind(key).acts for (key,) in held.distinct()}


def words_open(pair: Pair, now: datetime) -> bool:
    """Whether the two of a pair that ended early may write closing words to each other now."""
    until = words_until(pair)
    begun = pair.active_at is not None and until is not None and now < until
    return begun and not lacks_permission(pair.mentee, today_of(pair.programme, now))


def look_backs(pair: Pair) -> dict[str, LookBack]:
    """Each side's review, by side."""
    return {each.side: each for each in LookBack.objects.filter(pair=pair)}


def certificates_read() -> QuerySet[Certificate]:
    """Certificates with what they say: the people, the programme and who carries it."""
    people = ("pair__mentor__person", "pair__mentee__person")
    programme = ("methodology_version", "organisation", "emblem")
    return Certificate.objects.select_related(*people, *(f"pair__programme__{each}" for each in programme))


def certificates_of(pair: Pair) -> list[Certificate]:
    """The certificates of a pair that has gone the whole way, the mentee's first."""
    return list(certificates_read().filter(pair=pair).order_by("side"))


def certified(number: str) -> Certificate | None:
    """The certificate that a number names; None where there is none."""
    return certificates_read().filter(number=number).first() if is_ref(number) else None
