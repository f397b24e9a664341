"""How little it takes on a phone: clicks, fields and screens, from the letter or the first page."""

import pytest

from tests import make
from tests.journeys import steps
from tests.journeys.conftest import Time, Visitor
from tests.journeys.stage import Stage
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import Pair

MINUTE = 60


@pytest.fixture
def stage(visit: Visitor, time: Time) -> Stage:
    """Both are prepared; axe has looked at these pages on the whole way."""
    stage = Stage(visit, time)
    for side in (stage.mentor, stage.mentee):
        make.prepare(side)
    return stage


@pytest.fixture
def pair(stage: Stage) -> Pair:
    return make.pair(stage.mentor, stage.mentee)


def test_a_new_mentor_accepts_and_proposes_the_first_meeting_in_six_clicks(stage: Stage) -> None:
    pair = make.pair(stage.mentor, stage.mentee, active=False)
    answer_proposal(pair=pair, yes=True, by=stage.gabija, now=make.NOW)
    mentor = stage.enter()
    stage.come_in(mentor, stage.rimantas, "pairs.proposed")
    steps.say_yes(mentor, other="Gabija Petrauskaitė")
    mentor.follow("Atidaryti bendrą puslapį")
    mentor.follow("Suplanuoti")
    mentor.press("Suplanuoti susitikimą")
    assert pair.meetings.get().kind == "first"
    assert mentor.clicks <= 6
    assert mentor.fields <= 2
    assert mentor.screens <= 7


def test_a_meeting_that_nobody_planned_is_written_down_in_a_minute(stage: Stage, pair: Pair) -> None:
    make.held(pair)
    stage.time.in_vilnius(10, 20, 17)
    mentor = stage.enter(stage.rimantas)
    mentor.arrive()
    steps.to_the_room(mentor)
    mentor.follow("Visi susitikimai")
    mentor.follow("Susitikimas jau įvyko")
    mentor.write("Minutės", "45")
    mentor.write(steps.SENTENCE, "Skaičiavome, kiek kainuoja degimas.")
    mentor.press("Užrašyti")
    assert pair.meetings.latest("pk").minutes == 45
    assert mentor.clicks <= 4
    assert mentor.fields <= 2
    assert mentor.seconds <= MINUTE


def test_a_planned_meeting_is_written_down_in_one_click(stage: Stage, pair: Pair) -> None:
    make.meeting(pair)
    stage.time.in_vilnius(10, 17, 12)
    mentor = stage.enter(stage.rimantas)
    mentor.arrive()
    mentor.write(steps.SENTENCE, "Susipažinome ir aptarėme temą.")
    mentor.press("Išsaugoti")
    assert pair.hours.get().minutes == 60
    assert mentor.clicks <= 1
    assert mentor.fields <= 1
    assert mentor.seconds <= MINUTE / 2


def test_hours_are_confirmed_in_two_clicks(stage: Stage, pair: Pair) -> None:
    make.held(pair)
    stage.time.in_vilnius(10, 18, 12)
    mentee = stage.enter(stage.gabija)
    mentee.arrive()
    mentee.follow("Patvirtink valandas")
    mentee.press_first("Patvirtinti")
    assert pair.hours.get().state == "confirmed"
    assert mentee.clicks <= 2
    assert mentee.fields == 0
