"""Taking part in a training is evidence by itself (methodology §10)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.evaluation.conftest import cell, stands
from tests.events.conftest import AFTER, ON_THE_DAY, announced
from varpa.evaluation.queries import missing_members
from varpa.events.actions.presence import mark_present, take_presence_back
from varpa.programmes.actions.memberships import finish_lesson
from varpa.programmes.models import Role
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = "mentee_first_training", "mentee_second_training"
MENTORS = "mentor_second_training"


def test_who_was_at_the_training_of_the_period_has_done_it(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    assert stands(cast.programme, SECOND, ON_THE_DAY)[1:] == (0, 2)
    rows = mark_present(event=event, members=[cast.mentee, cast.mentor], by=cast.inga, now=ON_THE_DAY)
    assert stands(cast.programme, SECOND, AFTER)[1:] == (1, 2)
    missing = missing_members(cast.programme, cell(cast.programme, SECOND, AFTER), AFTER)
    assert list(missing) == [cast.neighbours.mentee]
    for row in rows:
        take_presence_back(attendance=row, by=cast.inga, now=AFTER)
    assert stands(cast.programme, SECOND, AFTER)[1:] == (0, 2)


def test_who_was_there_in_another_role_was_there(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    inga = make.member(cast.programme, cast.inga, Role.MENTOR)
    own = cast.programme.memberships.get(person=cast.inga, role=Role.MANAGER)
    mark_present(event=event, members=[own], by=cast.dace, now=ON_THE_DAY)
    missing = missing_members(cast.programme, cell(cast.programme, MENTORS, AFTER), AFTER)
    assert inga not in missing
    assert stands(cast.programme, MENTORS, AFTER)[1:] == (1, 3)


def test_the_self_study_of_the_first_training_stands_in_for_it(cast: Cast) -> None:
    assert stands(cast.programme, FIRST, AFTER)[1:] == (2, 2)
    make.member(cast.programme, make.person("Paula Krūmiņa"), Role.MENTEE, ready=False)
    assert stands(cast.programme, FIRST, AFTER)[1:] == (2, 3)


def test_the_self_study_of_a_later_training_stands_in_for_it_once_all_of_it_is_done(cast: Cast) -> None:
    lessons = methodology_of(cast.programme).self_study("mentee", "second")
    for done, each in enumerate(lessons, start=1):
        finish_lesson(membership=cast.mentee, lesson=each.key, by=cast.elina, now=AFTER)
        assert stands(cast.programme, SECOND, AFTER)[1:] == (done // len(lessons), 2)
    missing = missing_members(cast.programme, cell(cast.programme, SECOND, AFTER), AFTER)
    assert list(missing) == [cast.neighbours.mentee]
    assert stands(cast.programme, "mentor_second_training", AFTER)[1] == 0


def test_a_later_training_without_lessons_is_shown_by_being_there_alone(cast: Cast) -> None:
    programme = make.without_lessons(cast.programme)
    assert stands(programme, SECOND, AFTER)[1:] == (0, 2)
    assert stands(programme, FIRST, AFTER)[1:] == (2, 2)


def test_an_event_of_ones_own_stands_in_for_none(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga)
    mark_present(event=event, members=[cast.mentee], by=cast.inga, now=ON_THE_DAY)
    assert stands(cast.programme, SECOND, AFTER)[1:] == (0, 2)
