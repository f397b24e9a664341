"""The manager of the replay matches: who is declined gets another mentor, and nobody else is moved."""

from datetime import timedelta
from random import Random

import pytest
from django.conf import settings

from varpa.kernel import clock, refs
from varpa.matching.models import Run
from varpa.methodology import Offset, load
from varpa.pairs.models import Pair, PairState
from varpa.programmes.models import MembershipState
from varpa.site.replay.crowd import Crowd
from varpa.site.replay.dates import dates
from varpa.site.replay.house import House
from varpa.site.replay.matching import match_again
from varpa.site.replay.stage import Stage
from varpa.site.replay.temper import TEMPERS, Temper
from varpa.site.replay.whole import SEED_METHODOLOGY, STARTS, ZONE, found, populate

DECLINED, AGAIN = Temper(ends="declined"), TEMPERS[10]


def _lived(chains: list[list[Temper]], seed: int) -> House:
    """A programme of these mentees on the day when the third week of its pairs has begun."""
    folder = settings.METHODOLOGIES / SEED_METHODOLOGY
    plan = load(folder)
    days = dates(plan, STARTS, Offset(plan.months).on(STARTS) - timedelta(days=1), ZONE)
    with refs.seeded(seed):
        stage = Stage()
        house = found(stage, days, plan, str(seed))
        with clock.moved_to(days.at(days.made, 10)):
            populate(house, chains, Crowd(plan, days.starts, Random(f"{seed}/crowd")))
        stage.live(days.at(days.opens + timedelta(days=21), 0))
    return house


@pytest.mark.django_db
def test_whoever_is_declined_gets_another_mentor_or_may_go() -> None:
    house = _lived([[DECLINED, AGAIN], [AGAIN], [DECLINED, AGAIN], [DECLINED]], seed=1)
    first = Run.objects.order_by("pk").first()
    assert first
    assert first.figures["placed"] == 4
    assert first.figures["proven"]
    ended: dict[int, list[bool]] = {}
    for pair in Pair.objects.order_by("pk"):
        ended.setdefault(pair.mentee_id, []).append(pair.state == PairState.ENDED)
    mentees = [house.members[each.seeker.mentee.email].membership for each in house.seeking]
    assert [ended[each.pk] for each in mentees] == [[True, False], [False], [True, False], [True]]
    left = [each.state == MembershipState.WITHDRAWN for each in mentees]
    assert left == [False, False, False, True]
    assert Run.objects.count() == 3


@pytest.mark.django_db
def test_a_mentor_who_is_in_another_pair_by_then_is_not_taken_out() -> None:
    house = _lived([[AGAIN]], seed=1)
    pair, seeking = Pair.objects.get(), house.seeking[0]
    moment = next(match_again(house, pair, seeking, leaves=True))
    assert moment > clock.now()
    pair.mentor.refresh_from_db()
    assert pair.mentor.state == MembershipState.ACCEPTED
