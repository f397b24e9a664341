"""A thousand programmes with a known effect and known drop-outs: the interval keeps its word."""

from random import Random

from varpa.statistics.paired import t_interval
from varpa.statistics.proportions import wilson

PROGRAMMES = 1_000
PEOPLE = 40
EFFECT = 0.6
DROP_OUTS = 0.25


def test_the_interval_of_a_change_covers_the_effect_as_often_as_it_says() -> None:
    dice, covered = Random(20251114), 0
    for _programme in range(PROGRAMMES):
        changes = [dice.gauss(EFFECT, 0.9) for _person in range(PEOPLE) if dice.random() >= DROP_OUTS]
        interval = t_interval(changes)
        assert interval is not None
        covered += interval.low <= EFFECT <= interval.high
    assert 930 <= covered <= 970


def test_the_interval_of_a_share_covers_it_too() -> None:
    dice, covered = Random(7), 0
    for _programme in range(PROGRAMMES):
        staying = [None for _person in range(PEOPLE) if dice.random() >= DROP_OUTS]
        improved = sum(dice.random() < 0.6 for _person in staying)
        interval = wilson(improved, len(staying))
        covered += interval.low <= 0.6 <= interval.high
    assert 930 <= covered <= 970
