"""One pair goes the whole way, by the actions alone."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import assemble
from tests.make import NOW
from varpa.closing.actions import end_cooperation, look_back
from varpa.closing.queries import still_ahead
from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary
from varpa.evaluation.queries import board
from varpa.meetings.actions.hours import confirm_silent_hours
from varpa.meetings.actions.reminders import remind
from varpa.meetings.queries import hours_of
from varpa.pairs.models import Outcome, PairState
from varpa.pairs.queries import facts_of, phase_of
from varpa.post.models import Letter
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db


def test_a_pair_goes_from_accepted_to_diary_handed_over() -> None:
    cast = assemble()
    pair = cast.pair
    make.held(pair, kind="first", minutes=60)
    make.agreed_plan(pair)
    make.held(pair, kind="visit", days=10, minutes=240)
    make.held(pair, kind="role_swap", days=20, minutes=300)
    make.held(pair, kind="regular", days=25, minutes=240)
    make.held(pair, kind="closing", days=30, minutes=120)
    later = NOW + timedelta(days=50)
    assert remind(NOW + timedelta(days=31, hours=12)) >= 1
    assert confirm_silent_hours(later) == 5
    assert hours_of(pair).confirmed == 960
    make.entry(pair, now=later)
    for side in (pair.mentor, pair.mentee):
        look_back(pair=pair, text="Daudz.", stay_in_touch=True, revision=0, by=side.person, now=later)
    diary = Diary.objects.get(pair=pair)
    note_read_through(diary=diary, by=cast.andris, now=later)
    hand_over(diary=diary, by=cast.andris, now=later)
    assert [each.requirement.key for each in still_ahead(pair) if each.missing] == []
    end_cooperation(pair=pair, by=cast.andris, now=later)
    pair.refresh_from_db()
    assert (pair.state, pair.outcome, pair.stays_in_touch) == (PairState.ENDED, Outcome.COMPLETED, True)
    phase = phase_of(methodology_of(pair.programme), facts_of(pair))
    assert phase is not None
    assert phase.key == "ending"
    states = {
        cell.activity.key: (cell.state, cell.done, cell.of)
        for row in board(pair.programme, later)
        for cells in row.cells
        for cell in cells
    }
    assert states["organises_visit"] == ("late", 1, 2)
    assert states["hands_over_diary"][1:] == (1, 2)
    assert Letter.objects.filter(kind="diary.handed_over").count() == 1
