"""A mentor with two mentees ends one cooperation."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.checkins.actions import look_back as answer_checkin
from varpa.checkins.models import Checkin, How, Nearer
from varpa.checkins.queries import with_looks
from varpa.closing.actions import agree_excuse, end_cooperation, excuse, look_back
from varpa.closing.queries import still_ahead
from varpa.pairs.models import Pair
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import MembershipState, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def end(pair: Pair, cast: Cast) -> None:
    for side in (pair.mentor, pair.mentee):
        look_back(pair=pair, text="Labi.", stay_in_touch=False, revision=0, by=side.person, now=NOW + DAY)
    for each in still_ahead(pair):
        if each.missing:
            said = {
                "pair": pair,
                "requirement": each.requirement.key,
                "reason": "Nesanāca.",
                "now": NOW + DAY,
            }
            excuse(**said, by=pair.mentor.person)
            agree_excuse(**said, by=pair.mentee.person)
    end_cooperation(pair=pair, by=pair.mentor.person, now=NOW + DAY)


def test_the_other_pair_goes_on(cast: Cast) -> None:
    say_participation(membership=cast.mentor, said={"capacity": 2}, by=None, now=NOW)
    ilze = make.member(
        cast.programme, make.person("Ilze Kļava", "ilze@varpa.example", born=date(2006, 1, 1)), Role.MENTEE
    )
    other = make.pair(cast.mentor, ilze)
    end(cast.pair, cast)
    cast.mentor.refresh_from_db()
    assert cast.mentor.state == MembershipState.ACCEPTED
    other = Pair.objects.get(pk=other.pk)
    assert make.meeting(other, days=5, kind="first", now=NOW + 2 * DAY)


def test_an_old_look_does_not_come_back(cast: Cast) -> None:
    old = Checkin.objects.create(pair=cast.pair, due=NOW.date(), at=NOW)
    new = Checkin.objects.create(pair=cast.pair, due=(NOW + 60 * DAY).date(), at=NOW + 60 * DAY)
    answer_checkin(checkin=new, how=How.WELL, nearer=Nearer.YES, change="", by=cast.elina, now=NOW + 61 * DAY)
    assert with_looks(Pair.objects.filter(pk=cast.pair.pk)).get().look_mentee != old.ref
