"""A pause has a beginning, an end and a doer: what fell into it is known for good (R1, R11)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError

from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions import pairs, readiness
from varpa.pairs.actions.past import PairRested, require_together
from varpa.pairs.models import Pair, Pause
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def rested(cast: Cast) -> Pair:
    """Andris and Elīna, whose pair rested from the second to the ninth day."""
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 2 * DAY)
    pairs.resume_pair(pair=cast.pair, by=cast.dace, now=NOW + 9 * DAY)
    return cast.pair


def test_who_paused_and_who_resumed_stands_there(cast: Cast, rested: Pair) -> None:
    pause = Pause.objects.get()
    assert (pause.pair, pause.by, pause.at) == (rested, cast.inga, NOW + 2 * DAY)
    assert (pause.ended_by, pause.ended_at) == (cast.dace, NOW + 9 * DAY)


def test_each_pause_is_one_row(cast: Cast, rested: Pair) -> None:
    pairs.pause_pair(pair=rested, by=cast.inga, now=NOW + 20 * DAY)
    with pytest.raises(AlreadyMoved):
        pairs.pause_pair(pair=rested, by=cast.inga, now=NOW + 21 * DAY)
    assert [each.at for each in Pause.objects.order_by("pk")] == [NOW + 2 * DAY, NOW + 20 * DAY]
    with pytest.raises(IntegrityError):
        Pause.objects.create(pair=rested, at=NOW + 22 * DAY)


def test_the_schedule_pauses_without_a_doer(cast: Cast) -> None:
    withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
    readiness.pause_unprepared_pairs(NOW)
    assert Pause.objects.get().by is None


def test_the_end_of_the_pair_ends_its_pause(cast: Cast) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.dace, now=NOW + DAY)
    assert (Pause.objects.get().ended_at, Pause.objects.get().ended_by) == (NOW + DAY, cast.dace)


@pytest.mark.parametrize("day", [1, 9, 12])
def test_outside_the_pause_the_two_were_together(rested: Pair, day: int) -> None:
    require_together(rested, NOW + day * DAY, NOW + 14 * DAY)


@pytest.mark.parametrize("day", [2, 5, 8.9])
def test_within_the_pause_they_were_not(rested: Pair, day: float) -> None:
    with pytest.raises(PairRested):
        require_together(rested, NOW + day * DAY, NOW + 14 * DAY)


def test_while_the_pair_rests_only_what_was_before_counts(cast: Cast) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 2 * DAY)
    require_together(cast.pair, NOW + DAY, NOW + 4 * DAY)
    with pytest.raises(pairs.PairRests):
        require_together(cast.pair, NOW + 3 * DAY, NOW + 4 * DAY)


def test_of_an_ended_pair_only_what_was_before_its_end(cast: Cast) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 2 * DAY)
    pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW + 4 * DAY)
    require_together(cast.pair, NOW + DAY, NOW + 6 * DAY)
    with pytest.raises(PairRested):
        require_together(cast.pair, NOW + 3 * DAY, NOW + 6 * DAY)
    with pytest.raises(pairs.PairHasEnded):
        require_together(cast.pair, NOW + 5 * DAY, NOW + 6 * DAY)


def test_a_pair_that_rested_before_pauses_were_rows_has_one(cast: Cast) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
    Pause.objects.all().delete()
    module = import_module("varpa.pairs.migrations.0003_pauses_until_now")
    for _again in range(2):
        module.write_down(apps, None)
    assert (Pause.objects.get().by, Pause.objects.get().at) == (cast.inga, NOW + DAY)
