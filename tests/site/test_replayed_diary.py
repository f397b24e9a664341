"""The end of a replayed pair: what was written late is read too, before the diary is handed over."""

from random import Random
from typing import Any

import pytest

from tests import make
from tests.cast import assemble
from tests.make import NOW
from varpa.diary.models import Diary, DiaryState, EntryState
from varpa.kernel import clock
from varpa.site.replay.ending import hand_the_diary_over
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Stage

CALM: Any = None


def _second(seed: int) -> float:
    chance = Random(seed)
    chance.random()
    return chance.random()


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [True, False])
def test_what_is_written_after_the_reading_is_read_before_the_handover(*, kept: bool) -> None:
    who = assemble()
    make.entry(who.pair, text="Runājām par cenu.")
    diary = Diary.objects.get(pair=who.pair)
    # Of these chances the mentee writes no answer.
    chance = Random(next(seed for seed in range(50) if _second(seed) > 0.75))
    life = Life(Stage(), CALM, CALM, who.pair, CALM, CALM, chance, who.inga)
    with clock.moved_to(NOW):
        course = hand_the_diary_over(life, diary)
        next(course)
        make.entry(who.pair, text="Vēl par nakts maiņu.", kept=kept)
        next(course, None)
    stored = Diary.objects.get(pk=diary.pk)
    assert stored.state == DiaryState.HANDED_OVER
    assert stored.entries.filter(state=EntryState.KEPT).count() == 2
