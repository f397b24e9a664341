"""Two records of one mentee who has mentors in both: no more than the programme allows, and each once."""

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.merges.conftest import put, rows, without_growth
from tests.pairs.conftest import allow, laima
from varpa.merges.actions import hindrances as against
from varpa.merges.actions import merging as actions
from varpa.pairs.models import Pair
from varpa.programmes.actions.memberships import decide
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


def test_the_mentors_of_one_mentee_get_seats_of_their_own(cast: Cast, second: Membership) -> None:
    decide(membership=second, step="accept", by=cast.inga, now=NOW)
    make.prepare(second)
    other = make.pair(laima(cast), second, active=False)
    with pytest.raises(against.TwoPairs):
        put(cast, cast.elina, second.person)
    allow(cast, 2)
    before = rows()
    made = put(cast, cast.elina, second.person)
    seats = Pair.objects.filter(mentee=cast.mentee).order_by("seat").values_list("pk", "seat")
    assert list(seats) == [(cast.pair.pk, 1), (other.pk, 2)]
    actions.undo(merge=made, by=cast.inga, now=NOW)
    assert without_growth(before, rows()) == before


def test_not_more_mentors_than_the_programme_allows(cast: Cast, second: Membership) -> None:
    allow(cast, 2)
    decide(membership=second, step="accept", by=cast.inga, now=NOW)
    for name in ("Laima Vītola", "Ruta Saule"):
        make.pair(laima(cast, name, ""), second, active=False)
    with pytest.raises(against.TooManyMentors):
        put(cast, cast.elina, second.person)


def test_one_mentor_is_not_twice_the_mentor_of_one(cast: Cast, second: Membership) -> None:
    allow(cast, 2)
    decide(membership=second, step="accept", by=cast.inga, now=NOW)
    say_participation(membership=cast.mentor, said={"capacity": 2}, by=None, now=NOW)
    make.pair(cast.mentor, second, active=False)
    with pytest.raises(against.SameMentor):
        put(cast, cast.elina, second.person)
