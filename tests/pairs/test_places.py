"""A mentor takes as many mentees as the mentor has said (product §2): each has a place of its own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import capacity, text
from varpa.pairs.actions import pairs
from varpa.pairs.models import Pair
from varpa.pairs.places import free_members, free_place
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import today_of

pytestmark = pytest.mark.django_db


def mentee(cast: Cast, name: str) -> Membership:
    return make.member(cast.programme, make.person(name, born=date(2006, 1, 1)), Role.MENTEE)


@pytest.fixture
def mentor(cast: Cast) -> Membership:
    return make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR)


def free(cast: Cast) -> list[str]:
    found = free_members(cast.programme, Role.MENTOR, today_of(cast.programme, NOW))
    return [each.person.name for each in found]


def test_who_has_said_nothing_takes_one(cast: Cast, mentor: Membership) -> None:
    make.pair(mentor, mentee(cast, "Jānis Bērzs"))
    with pytest.raises(pairs.NoPlaceLeft):
        make.pair(mentor, mentee(cast, "Oskars Kalns"))


def test_places_are_taken_from_the_lowest(cast: Cast, mentor: Membership) -> None:
    capacity(mentor, 3)
    made = [make.pair(mentor, mentee(cast, name)) for name in ("Jānis Bērzs", "Oskars Kalns")]
    assert [pair.place for pair in made] == [1, 2]
    pairs.dissolve_pair(pair=made[0], reason="Pārcelšanās.", by=cast.inga, now=NOW)
    assert free_place(mentor) == 1
    assert make.pair(mentor, mentee(cast, "Ruta Saule")).place == 1


def test_fewer_places_than_pairs_ends_none(cast: Cast, mentor: Membership) -> None:
    capacity(mentor, 2)
    made = [make.pair(mentor, mentee(cast, name)) for name in ("Jānis Bērzs", "Oskars Kalns")]
    capacity(mentor, 1)
    assert {Pair.objects.get(pk=pair.pk).state for pair in made} == {"active"}
    assert free_place(mentor) is None


def test_a_mentor_with_a_free_place_is_offered(cast: Cast, mentor: Membership) -> None:
    capacity(mentor, 2)
    make.pair(mentor, mentee(cast, "Jānis Bērzs"))
    assert "Laima Vītola" in free(cast)
    make.pair(mentor, mentee(cast, "Oskars Kalns"))
    assert "Laima Vītola" not in free(cast)
    assert "Laima Vītola" not in text(cast.inga, "new", cast.programme.ref, mentee=cast.mentee.ref)


def test_the_database_knows_each_place_once(cast: Cast, mentor: Membership) -> None:
    make.pair(mentor, mentee(cast, "Jānis Bērzs"))
    again = Pair(
        programme=cast.programme, mentor=mentor, mentee=mentee(cast, "Oskars Kalns"), proposed_at=NOW, place=1
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("place", [0, 21])
def test_the_database_knows_no_other_places(cast: Cast, mentor: Membership, place: int) -> None:
    other = mentee(cast, "Oskars Kalns")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(
            programme=cast.programme, mentor=mentor, mentee=other, proposed_at=NOW, place=place
        )
