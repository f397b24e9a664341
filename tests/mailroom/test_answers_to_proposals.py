"""The letter of a proposal asks for yes or no: a mail that says so answers it (R14)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.history.models import Channel, Line
from varpa.pairs.actions.pairs import propose_pair
from varpa.pairs.models import Answer, Pair, PairState
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Cast) -> Pair:
    two = (("Krista Liepiņa", Role.MENTEE), ("Laima Vītola", Role.MENTOR))
    mentee, mentor = (
        make.member(cast.programme, make.person(name), role, country="LV") for name, role in two
    )
    return propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)


@pytest.mark.parametrize("said", ["Jā!", "Taip, ačiū", "yes"])
def test_a_yes_by_mail_is_a_yes(cast: Cast, pair: Pair, said: str) -> None:
    bring(answer(letter_to(pair.mentee.person, "pairs.proposed"), said))
    assert Answer.objects.get(pair=pair).yes
    assert Line.objects.get(verb="pair.answer", thing_ref=pair.ref).channel == Channel.MAIL


def test_a_no_by_mail_ends_the_proposal_and_its_reason_is_the_managers(cast: Cast, pair: Pair) -> None:
    bring(answer(letter_to(pair.mentor.person, "pairs.proposed"), "Nē, šogad man nebūs laika."))
    pair.refresh_from_db()
    assert (pair.state, Answer.objects.get(pair=pair).reason) == (
        PairState.ENDED,
        "Nē, šogad man nebūs laika.",
    )


@pytest.mark.parametrize("said", ["Jā, bet tikai no janvāra.", "Kas viņš ir?"])
def test_other_words_come_back_unread(cast: Cast, pair: Pair, said: str) -> None:
    letter = letter_to(pair.mentee.person, "pairs.proposed")
    bring(answer(letter, said))
    assert not Answer.objects.filter(pair=pair).exists()
    assert said in letter_to(pair.mentee.person, "mailroom.came_back").text
