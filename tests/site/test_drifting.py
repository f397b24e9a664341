"""A pair of the replay that drifts apart does so in sight of whoever looks, and by what people really do."""

from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from django.utils import translation

from varpa.kernel import clock, refs
from varpa.meetings.models import Meeting, MeetingState
from varpa.methodology import Offset, load
from varpa.pairs.models import Outcome, PairState
from varpa.site.replay.crowd import Crowd
from varpa.site.replay.dates import dates
from varpa.site.replay.drifting import SHORT
from varpa.site.replay.house import House
from varpa.site.replay.life import Life
from varpa.site.replay.looking import BEFORE, foreseen, look
from varpa.site.replay.matching import begin_lives
from varpa.site.replay.stage import Course, Stage
from varpa.site.replay.temper import TEMPERS, Temper
from varpa.site.replay.whole import SEED_METHODOLOGY, STARTS, ZONE, found, populate

DRIFTS = Temper(ends="early", drifts=True)


@pytest.mark.django_db
def test_who_drifts_apart_meets_less_and_is_named_four_weeks_before_the_end() -> None:
    house = _lived([[DRIFTS], [TEMPERS[0]]], seed=5)
    life = next(each for each in house.lives if each.temper.drifts)
    life.pair.refresh_from_db()
    assert (life.pair.state, life.pair.outcome) == (PairState.ENDED, Outcome.DISSOLVED)
    assert life.drifts
    missed = _meetings(life, MeetingState.MISSED)
    assert len(missed) == 2
    assert {each.missed_by for each in missed} == {life.drifts}
    last = _meetings(life, MeetingState.HELD)[-1]
    assert last.minutes == SHORT
    assert last.moves.exists()
    assert life.pair.ended_at
    assert life.pair.ended_at - last.starts_at > BEFORE
    told = foreseen(house.programme, house.looks)
    assert (told["failed"], told["failed_flagged_four_weeks_before"]) == (1, 1)


def _meetings(life: Life, state: str) -> list[Meeting]:
    return list(Meeting.objects.filter(pair=life.pair, state=state).order_by("starts_at"))


def _lived(chains: list[list[Temper]], seed: int) -> House:
    """These pairs from their beginning to the last weeks, looked at every Monday; no other duty is done."""
    plan = load(settings.METHODOLOGIES / SEED_METHODOLOGY)
    days = dates(plan, STARTS, Offset(plan.months).on(STARTS) - timedelta(days=1), ZONE)
    with refs.seeded(seed), translation.override("en"):
        stage = Stage()
        house = found(stage, days, plan, str(seed))
        with clock.moved_to(days.at(days.made, 10)):
            populate(house, chains, Crowd(plan, days.starts, Random(f"{seed}/crowd")))
        stage.live(days.at(days.opens + timedelta(days=21), 0))
        with clock.moved_to(days.at(days.opens + timedelta(days=21), 0)):
            begin_lives(house)
            stage.begin(_looks(house))
        stage.live(days.at(days.closes, 0))
    return house


def _looks(house: House) -> Course:
    while True:
        look(house.programme, house.looks, house.today)
        yield house.dates.at(house.today + timedelta(days=1), 7)
