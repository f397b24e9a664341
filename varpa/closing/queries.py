"""What is still ahead of a pair, long before its end (R3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from varpa.closing.models import Certificate, Excuse, LookBack
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import is_ref
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import hours_of
from varpa.methodology.model import Requirement
from varpa.pairs.models import Pair
from varpa.pairs.queries import facts_of
from varpa.programmes.queries import methodology_of


@dataclass(frozen=True)
class Ahead:
    """One requirement of completion: when it happened, or why it did not, or neither yet."""

    requirement: Requirement
    happened_at: datetime | None
    excuse: str

    @property
    def name(self) -> TranslatedText:
        return self.requirement.name

    @property
    def missing(self) -> bool:
        return self.happened_at is None and not self.excuse


def still_ahead(pair: Pair, facts: dict[str, datetime] | None = None) -> list[Ahead]:
    """Every requirement of the methodology for this pair, in its order; two queries."""
    happened = facts_of(pair) if facts is None else facts
    return ahead_of(pair, happened, dict(_excuses(pair=pair)))


def ahead_of(pair: Pair, happened: dict[str, datetime], excuses: dict[str, str]) -> list[Ahead]:
    """The same where facts and excuses are read already."""
    return [
        Ahead(each, happened.get(each.fact), excuses.get(each.key, ""))
        for each in methodology_of(pair.programme).requirements
    ]


def excuses_of(pairs: list[Pair]) -> dict[int, dict[str, str]]:
    """Why something did not happen, by requirement, for many pairs by their keys; one query."""
    found: dict[int, dict[str, str]] = {}
    for pair, requirement, reason in Excuse.objects.filter(pair__in=pairs, withdrawn_at=None).values_list(
        "pair", "requirement", "reason"
    ):
        found.setdefault(pair, {})[requirement] = reason
    return found


@compiled()
def _excuses(pair: Pair) -> QuerySet[Excuse, tuple[str, str]]:
    return Excuse.objects.filter(pair=pair, withdrawn_at=None).values_list("requirement", "reason")


def nothing_missing(ahead: list[Ahead]) -> bool:
    """Whether everything has happened, or was answered by a reason."""
    return not any(each.missing for each in ahead)


def is_reached(ahead: list[Ahead]) -> bool:
    """Whether a pair is led to its end. Where nothing is asked for, the two decide when, and are not led."""
    return bool(ahead) and nothing_missing(ahead)


def is_complete(pair: Pair) -> bool:
    """Whether nothing is missing any more: the two may end it."""
    return nothing_missing(still_ahead(pair))


def were_together(pair: Pair) -> bool:
    """Whether there is anything to certify: a meeting that was held, or a confirmed minute."""
    return hours_of(pair).confirmed > 0 or bool(held_of(pair))


def held_of(pair: Pair) -> set[str]:
    """What the meetings that the two held were for, as kinds of the methodology act."""
    held = Meeting.objects.filter(pair=pair, state=MeetingState.HELD).order_by().values_list("kind")
    methodology = methodology_of(pair.programme)
    return {methodology.kind(key).acts for (key,) in held.distinct()}


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
