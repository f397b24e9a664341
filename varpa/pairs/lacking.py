"""What keeps a pair from going on: who of the two is not prepared, and by which step (R1)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.pairs.models import Pair
from varpa.pairs.queries import prepared_sides
from varpa.programmes.models import MembershipState, StepKey
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import SCREENING, today_of

OWN: Final = ("read", "lesson", StepKey.NOTICE, StepKey.GROWN)
"""Steps that one takes alone, by an own word or by reading."""
WORDS: Final[dict[str, str | Promise]] = {
    "": _("no longer takes part in the programme"),
    "read": _("the reading is not finished"),
    "lesson": _("the lessons are not finished"),
    "training": _("nobody has noted the training yet"),
    StepKey.NOTICE: _("the notice is not accepted"),
    StepKey.GROWN: _("came of age and has not confirmed taking part yet"),
    SCREENING: _("there is no result of screening to go on with"),
    "permission": _("no guardian permits taking part at present"),
}


class Lacking(NamedTuple):
    """One of the two who is not prepared; `step`: what comes next, "" for who takes part no more."""

    side: str
    name: str
    step: str

    @property
    def is_own(self) -> bool:
        return self.step in OWN

    @property
    def words(self) -> str | Promise:
        return WORDS[self.step]


def lacking(pair: Pair, now: datetime) -> list[Lacking]:
    """Who of the two is not prepared now: one query where both are."""
    unready = [side for side, ready in prepared_sides(pair, now).items() if not ready]
    return [Lacking(side, pair.member(side).person.name, _step(pair, side, now)) for side in unready]


def _step(pair: Pair, side: str, now: datetime) -> str:
    member = pair.member(side)
    if member.state in (MembershipState.WITHDRAWN, MembershipState.DECLINED):
        return ""
    return preparing(member, today_of(pair.programme, now)).next


def in_words(missing: Iterable[Lacking], language: str) -> str:
    """Who lacks what, in a letter."""
    with translation.override(language):
        return "; ".join(f"{each.name}: {each.words}" for each in missing)
