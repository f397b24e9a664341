"""Who comes of age is asked where one looks: on the own first page, before and after the pair rests (R1)."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.programmes.test_coming_of_age import cast, member, on, pair_of
from tests.visits import Visitor, words
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.actions.readiness import pause_unprepared_pairs, resume_ready_pairs
from varpa.pairs.models import Pair, PairState
from varpa.post.models import Letter
from varpa.programmes.actions.permissions import confirm_grown, record_permission, withdraw_permission
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db
__all__ = ["cast", "member"]


@pytest.fixture
def pair(cast: Cast, member: Membership) -> Pair:
    return pair_of(cast, member)


def home(member: Membership, days: int, language: str = "lv") -> str:
    visitor = Visitor(member.person, days=10 + days, language=language)
    return words(visitor.get("/"))


def preparation(member: Membership) -> str:
    return f"/memberships/{member.ref}/preparation/"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "Tagad par dalību izlem tu"),
        ("lt", "Dabar dėl dalyvavimo sprendi tu"),
        ("en", "Now you decide on taking part yourself"),
    ],
)
@pytest.mark.parametrize("days", [0, 14])
def test_in_the_grace_the_first_page_asks(
    member: Membership, pair: Pair, days: int, language: str, said: str
) -> None:
    page = home(member, days, language)
    assert said in page
    assert preparation(member) in page


def test_not_before_the_day_nor_once_it_is_said(member: Membership, pair: Pair) -> None:
    assert preparation(member) not in home(member, -1)
    confirm_grown(membership=member, by=member.person, now=on(1))
    assert preparation(member) not in home(member, 2)


def test_after_the_pause_page_and_letter_say_what_makes_it_go_on(member: Membership, pair: Pair) -> None:
    pause_unprepared_pairs(on(15))
    page = home(member, 15)
    assert "Apstiprini" in page
    assert preparation(member) in page
    assert "nekas nav jādara" not in page
    own = Letter.objects.get(kind="pairs.paused", person=member.person_id)
    assert "apstiprini dalību" in own.text
    assert preparation(member) in own.link
    other = Letter.objects.get(kind="pairs.paused", person=pair.mentor.person_id)
    assert "Nekas nav jādara" in other.text
    assert not other.link


def test_the_manager_learns_who_and_what(cast: Cast, member: Membership, pair: Pair) -> None:
    pause_unprepared_pairs(on(15))
    letter = Letter.objects.get(kind="pairs.needs_manager", person=cast.inga.pk)
    assert "Marta Lapa: pilngadība sasniegta, bet dalība vēl nav apstiprināta" in letter.text
    page = words(Visitor(cast.inga, days=25).get(f"/pairs/{pair.ref}/manage/"))
    assert "pilngadība sasniegta, bet dalība vēl nav apstiprināta" in page


def test_the_own_word_lets_the_pair_go_on_and_both_are_told(member: Membership, pair: Pair) -> None:
    pause_unprepared_pairs(on(15))
    assert resume_ready_pairs(on(16)) == 0
    confirm_grown(membership=member, by=member.person, now=on(16))
    assert [resume_ready_pairs(on(16)) for _round in range(2)] == [1, 0]
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    assert Letter.objects.filter(kind="pairs.resumed").count() == 2


def test_a_guardians_new_yes_does_too(cast: Cast, member: Membership, pair: Pair) -> None:
    withdraw_permission(membership=member, kind="taking_part", by=cast.inga, now=on(-5))
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    assert "Vecāku vai aizbildņa piekrišanas pašlaik nav" in home(member, -5)
    record_permission(membership=member, kind="taking_part", guardian="Juris", by=cast.inga, now=on(-4))
    assert resume_ready_pairs(on(-4)) == 1


def test_what_somebody_paused_goes_on_by_nobody(cast: Cast, member: Membership, pair: Pair) -> None:
    pause_pair(pair=pair, by=cast.inga, now=on(-5))
    assert resume_ready_pairs(on(-5) + timedelta(minutes=1)) == 0
