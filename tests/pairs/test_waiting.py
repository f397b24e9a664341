"""A proposal is answered within a set time: who has not answered is reminded, then it ends without blame."""

from datetime import date, datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import send, text
from varpa.pairs.actions import pairs, waiting
from varpa.pairs.models import Answer, Outcome, Pair, PairState
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db

UNTIL = NOW + timedelta(days=7)


@pytest.fixture
def pair(cast: Cast) -> Pair:
    mentor = make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)
    young = make.person("Jānis Bērzs", born=date(2006, 1, 1))
    mentee = make.member(cast.programme, young, Role.MENTEE)
    return pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW, answer_by=UNTIL)


def stands(pair: Pair) -> Pair:
    return Pair.objects.get(pk=pair.pk)


def reminded(pair: Pair) -> list[str]:
    found = Letter.objects.filter(kind="pairs.still_asked", about=f"pair:{pair.ref}")
    return sorted(found.values_list("to_name", flat=True))


def test_the_letter_tells_until_when(pair: Pair) -> None:
    letters = Letter.objects.filter(kind="pairs.proposed", about=f"pair:{pair.ref}")
    texts = letters.values_list("text", flat=True)
    assert all("Atbildi gaidām līdz" in each and "oktobrim." in each for each in texts)


@pytest.mark.parametrize(
    ("at", "names"),
    [
        (NOW + timedelta(days=4), []),
        (UNTIL - timedelta(days=2), ["Jānis Bērzs", "Laima Vītola"]),
        (UNTIL, []),
    ],
)
def test_two_days_before_the_end_both_are_reminded(pair: Pair, at: datetime, names: list[str]) -> None:
    waiting.remind_unanswered(at)
    assert reminded(pair) == names


def test_who_has_answered_is_not_reminded_and_nobody_twice(pair: Pair) -> None:
    pairs.answer_proposal(pair=pair, yes=True, by=pair.mentor.person, now=NOW)
    found = [waiting.remind_unanswered(UNTIL - timedelta(days=days)) for days in (2, 1)]
    assert (found, reminded(pair)) == ([1, 0], ["Jānis Bērzs"])


def test_a_short_time_is_reminded_in_its_second_half(cast: Cast, pair: Pair) -> None:
    Pair.objects.filter(pk=pair.pk).update(answer_by=NOW + timedelta(days=2))
    assert waiting.remind_unanswered(NOW + timedelta(hours=1)) == 0
    assert waiting.remind_unanswered(NOW + timedelta(days=1)) == 2


def test_at_the_end_it_ends_without_blame(cast: Cast, pair: Pair) -> None:
    assert waiting.end_unanswered(UNTIL - timedelta(seconds=1)) == 0
    assert waiting.end_unanswered(UNTIL) == 1
    assert (stands(pair).state, stands(pair).outcome) == (PairState.ENDED, Outcome.DISSOLVED)
    kinds = Letter.objects.filter(about=f"pair:{pair.ref}").exclude(state=LetterState.WITHDRAWN)
    assert sorted(kinds.values_list("kind", flat=True)) == [
        "pairs.declined",
        "pairs.declined",
        "pairs.needs_manager",
    ]
    assert waiting.end_unanswered(UNTIL + timedelta(days=1)) == 0


def test_the_manager_is_told_that_not_who(pair: Pair) -> None:
    pairs.answer_proposal(pair=pair, yes=True, by=pair.mentor.person, now=NOW)
    waiting.end_unanswered(UNTIL)
    assert "nav saņemtas abas atbildes" in Letter.objects.get(kind="pairs.needs_manager").text


def test_a_proposal_by_hand_waits_for_ever(cast: Cast, pair: Pair) -> None:
    Pair.objects.filter(pk=pair.pk).update(answer_by=None)
    later = NOW + timedelta(days=400)
    assert (waiting.remind_unanswered(later), waiting.end_unanswered(later)) == (0, 0)


class TestRatherNot:
    def test_the_reason_is_for_the_manager_only(self, cast: Cast, pair: Pair) -> None:
        send(pair.mentee.person, "answer", pair.ref, answer="no", reason="Gribu keramiku.")
        assert Answer.objects.get(pair=pair).reason == "Gribu keramiku."
        assert "Gribu keramiku." in text(cast.inga, "manage", pair.ref)
        for person in (pair.mentor.person, pair.mentee.person):
            assert "Gribu keramiku." not in text(person, "answer", pair.ref)
        assert not Letter.objects.filter(text__contains="Gribu keramiku.").exists()

    def test_not_for_a_mentor_who_manages_as_well(self, cast: Cast, pair: Pair) -> None:
        send(pair.mentee.person, "answer", pair.ref, answer="no", reason="Gribu keramiku.")
        make.manager(cast.programme, pair.mentor.person)
        assert "Gribu keramiku." not in text(pair.mentor.person, "manage", pair.ref)

    def test_none_need_be_given(self, pair: Pair) -> None:
        send(pair.mentor.person, "answer", pair.ref, answer="no")
        assert stands(pair).state == PairState.ENDED

    def test_with_a_yes_nothing_is_kept(self, pair: Pair) -> None:
        send(pair.mentor.person, "answer", pair.ref, answer="yes", reason="Labi.")
        assert Answer.objects.get(pair=pair).reason == ""

    def test_a_text_too_long_is_shown_again(self, pair: Pair) -> None:
        answer = send(pair.mentor.person, "answer", pair.ref, answer="no", reason="a" * 2001)
        assert "a" * 2001 in answer.content.decode()
        assert not Answer.objects.filter(pair=pair).exists()

    def test_the_page_tells_until_when(self, pair: Pair) -> None:
        assert "oktobrim" in text(pair.mentor.person, "answer", pair.ref)
