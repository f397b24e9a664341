"""Nobody funds an own mentee: neither of the two mentors of one who presents (R9)."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import juror, say
from tests.make import NOW
from tests.pairs.conftest import second_pair
from varpa.defence.actions.words import TooClose
from varpa.defence.funding import eligible_jurors, may_fund
from varpa.defence.models import Juror, Slot
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import Pair

pytestmark = pytest.mark.django_db


def _juror(slot: Slot, pair: Pair) -> Juror:
    """Laima before the plans, who was named before she was asked to be a mentor."""
    return slot.defence.jurors.create(
        person=pair.mentor.person, name="Laima", language="lv", budget=slot.defence.budget, at=NOW
    )


def test_neither_of_two_mentors_funds(cast: Cast, elinas: Slot) -> None:
    other = second_pair(cast)
    andris = juror(elinas.defence, cast.andris)
    assert not may_fund(andris, elinas)
    assert cast.andris not in {each.person for each in eligible_jurors(elinas)}
    with pytest.raises(TooClose):
        say(elinas, andris, 1)
    laima = _juror(elinas, other)
    with pytest.raises(TooClose):
        say(elinas, laima, 1)


def test_a_mentor_who_is_only_asked_yet_may_fund(cast: Cast, elinas: Slot) -> None:
    asked = second_pair(cast, active=False)
    laima = _juror(elinas, asked)
    assert may_fund(laima, elinas)
    for side in (asked.mentor, asked.mentee):
        answer_proposal(pair=asked, yes=True, by=side.person, now=NOW)
    assert not may_fund(laima, elinas)
