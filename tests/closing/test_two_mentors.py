"""A mentee with two mentors ends one cooperation: hours and certificate are the pair's (product §3)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.closing.test_two_mentees import DAY, end
from tests.make import NOW
from tests.pairs.conftest import second_pair
from varpa.closing.models import Certificate
from varpa.meetings.actions.hours import confirm_hours
from varpa.meetings.models import HourLine
from varpa.meetings.queries import hours_of_pairs
from varpa.pairs.models import Pair
from varpa.programmes.models import Membership, MembershipState

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_the_mentee_goes_on_with_the_other_mentor(cast: Cast) -> None:
    other = second_pair(cast)
    end(cast.pair, cast)
    states = dict(Membership.objects.filter(programme=cast.programme).values_list("pk", "state"))
    assert states[cast.mentor.pk] == MembershipState.COMPLETED
    assert states[cast.mentee.pk] == MembershipState.ACCEPTED
    assert make.meeting(Pair.objects.get(pk=other.pk), days=5, now=NOW + 2 * DAY)


def test_each_pair_that_went_the_whole_way_has_its_certificates(cast: Cast) -> None:
    other = second_pair(cast)
    for pair in (cast.pair, other):
        make.held(Pair.objects.get(pk=pair.pk), days=1)
        end(Pair.objects.get(pk=pair.pk), cast)
    found = Certificate.objects.filter(pair__mentee=cast.mentee, side="mentee")
    assert {each.pair_id for each in found} == {cast.pair.pk, other.pk}
    assert Membership.objects.get(pk=cast.mentee.pk).state == MembershipState.COMPLETED


def test_the_hours_of_one_pair_are_not_the_hours_of_the_other(cast: Cast) -> None:
    other = second_pair(cast)
    make.held(cast.pair, days=1, minutes=90)
    line = HourLine.objects.get(pair=cast.pair)
    confirm_hours(line=line, by=cast.elina, now=NOW + timedelta(days=2))
    hours = hours_of_pairs([cast.pair, other], 960)
    assert (hours[cast.pair.pk].confirmed, hours[other.pk].confirmed) == (90, 0)
