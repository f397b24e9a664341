"""The number of the other of the two: only where both things hold, the agreed means and its owner's yes."""

import re
from datetime import datetime
from typing import NamedTuple

from varpa.methodology.marks import QuestionAct
from varpa.pairs.models import Pair, PairState, PlanState
from varpa.pairs.queries import agreed_choices, both_prepared, other_side
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of

FEWEST_DIGITS = 5


class Phone(NamedTuple):
    """Whose number, as its owner wrote it, and what a phone dials; "" where there is too little to dial."""

    person: Person
    number: str
    dialled: str


def phone_of_other(pair: Pair, side: str, now: datetime) -> Phone | None:
    """The number that one of the two may see of the other now; None in every other case.

    Only of an active pair whose two people are prepared (R1), where the means that both agreed on include
    the phone, and where the owner has let this very number be seen.
    """
    if pair.state != PairState.ACTIVE or side not in ("mentor", "mentee"):
        return None
    person = pair.member(other_side(side)).person
    if not person.phone or person.phone_shown != person.phone:
        return None
    if not by_phone(pair) or not both_prepared(pair, now):
        return None
    return Phone(person, person.phone, _dialled(person.phone))


def by_phone(pair: Pair) -> bool:
    """Whether the two call each other: as the plan says, before there is one if both have a phone (R4).

    A plan in own words or on paper, which chooses no means, agrees on no phone.
    """
    phones = _phones(pair)
    agreed = agreed_choices(pair).get(QuestionAct.MEANS)
    if agreed is None and not pair.plans.filter(state=PlanState.AGREED).exists():
        agreed = [key for key in pair.mentor.means if key in pair.mentee.means]
    return isinstance(agreed, list) and not phones.isdisjoint(agreed)


def is_call(pair: Pair, means: str) -> bool:
    """Whether a meeting by these means is a call to the other's number."""
    return means in _phones(pair)


def _phones(pair: Pair) -> set[str]:
    return {each.key for each in methodology_of(pair.programme).means if each.phone}


def _dialled(number: str) -> str:
    """What stands after `tel:`: digits, and a plus before them (RFC 3966)."""
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) < FEWEST_DIGITS:
        return ""
    return f"+{digits}" if number.lstrip().startswith("+") else digits
