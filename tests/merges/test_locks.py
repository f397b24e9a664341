"""Two records of one mentor, for each of whom matching has a mentee decided: nothing is lost unseen."""

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.merges.conftest import put, rows, without_growth
from tests.visits import Visitor, words
from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.choices import contradictions, stands_of
from varpa.merges.actions import hindrances as against
from varpa.merges.actions import merging as actions
from varpa.merges.queries import two_of
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast: Cast) -> tuple[Membership, Membership]:
    """Laima, who is in the programme twice; under each name a mentee is decided for her."""
    people = [make.person("Laima Vītola"), make.person("Vitola Laima", "laima.v@firma.example")]
    mentors = [make.member(cast.programme, each, Role.MENTOR) for each in people]
    for mentor, name in zip(mentors, ("Anna Sile", "Oskars Eglītis"), strict=True):
        mentee = make.member(cast.programme, make.person(name), Role.MENTEE)
        lock(mentor, mentee)
    return mentors[0], mentors[1]


def lock(mentor: Membership, mentee: Membership, kind: str = ChoiceKind.LOCK) -> Choice:
    return Choice.objects.create(programme=mentor.programme, kind=kind, mentee=mentee, mentor=mentor, at=NOW)


def take(mentor: Membership, capacity: int) -> None:
    say_participation(membership=mentor, said={"capacity": capacity}, by=None, now=NOW)


def test_more_than_the_mentor_takes_is_said_before(cast: Cast, both: tuple[Membership, Membership]) -> None:
    one, other = both
    with pytest.raises(against.TooManyLocks) as told:
        put(cast, one.person, other.person)
    assert (told.value.values["count"], told.value.values["free"]) == (2, 1)
    assert Membership.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "brīvas vietas šim mentoram: 1"),
        ("lt", "laisvos šio mentoriaus vietos: 1"),
        ("en", "free places of this mentor: 1"),
    ],
)
def test_the_page_says_so(cast: Cast, both: tuple[Membership, Membership], language: str, said: str) -> None:
    one, other = both
    address = f"/programmes/{cast.programme.ref}/people/together/{one.person.ref}/{other.person.ref}/"
    assert said in words(Visitor(cast.inga, language=language).get(address))


def test_where_there_is_room_both_stand_and_come_back(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    one, other = both
    stays, goes = two_of(one.person, other.person).same[0]
    take(stays, 2)
    take(goes, 1)
    before = rows()
    made = put(cast, one.person, other.person)
    stands = Choice.objects.filter(undone_at=None, kind=ChoiceKind.LOCK)
    assert set(stands.values_list("mentor__person", flat=True)) == {made.kept.pk}
    assert stands.count() == 2
    assert contradictions(stands_of(cast.programme)) == []
    actions.undo(merge=made, by=cast.inga, now=NOW)
    assert without_growth(before, rows()) == before


def test_a_lock_that_ends_by_the_merge_takes_no_place(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    """Whom one of the two is kept apart from, the other is not decided for."""
    one, other = both
    oskars = Choice.objects.get(mentor=other).mentee
    lock(one, oskars, ChoiceKind.VETO)
    made = put(cast, one.person, other.person)
    (stands,) = Choice.objects.filter(undone_at=None, kind=ChoiceKind.LOCK)
    assert (stands.mentor.person, stands.mentee.person.name) == (made.kept, "Anna Sile")


def test_a_lock_beside_a_pair_of_the_other_name(cast: Cast, both: tuple[Membership, Membership]) -> None:
    one, other = both
    make.pair(other, Choice.objects.get(mentor=other).mentee)
    with pytest.raises(against.TooManyLocks) as told:
        put(cast, one.person, other.person)
    assert (told.value.values["count"], told.value.values["free"]) == (1, 0)
