"""A question that is compiled once answers what its queryset would, whoever asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import CharField, DateTimeField, Q
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel.compiled import Compiled, Given
from varpa.meetings.models import Meeting
from varpa.pairs.actions.goals import add_step, set_goal
from varpa.pairs.models import Goal, Pair
from varpa.pairs.queries import with_people, with_steps
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db
PERSON = Given("person")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_each_asking_has_its_own_values(cast: Cast) -> None:
    own = Compiled(lambda: with_people(Pair.objects.filter(Q(mentor__person=PERSON))))
    assert own(person=cast.andris) == [cast.pair]
    assert own(person=cast.rimantas.pk) == [cast.neighbours]
    assert own(person=cast.zane) == []


def test_what_is_read_along_is_read_in_the_same_query(cast: Cast) -> None:
    own = Compiled(lambda: with_people(Pair.objects.filter(ref=Given("ref", CharField()))))
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            (pair,) = own(ref=cast.pair.ref)
            assert (pair.mentor.person, pair.mentee.person) == (cast.andris, cast.elina)
            assert str(pair.programme) == "Educate for Business"
        assert len(caught) == 1


def test_values_of_a_row_are_answered_as_such(cast: Cast) -> None:
    roles = Compiled(lambda: Membership.objects.filter(person=PERSON).values("role"))
    assert roles(person=cast.elina) == [{"role": "mentee"}]
    assert roles(person=cast.inga) == [{"role": "manager"}]


def test_a_moment_is_given_as_the_database_takes_it(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    since = Compiled(lambda: Meeting.objects.filter(starts_at__gte=Given("since", DateTimeField())))
    assert since(since=meeting.starts_at) == [meeting]
    assert since(since=meeting.starts_at + timedelta(seconds=1)) == []


def test_what_is_fetched_beforehand_comes_along(cast: Cast) -> None:
    goal = set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
    step = add_step(goal=goal, text="Pajautāt", by=cast.elina, now=NOW)
    goals = Compiled(lambda: with_steps(Goal.objects.filter(pair=Given("pair"))))
    (found,) = goals(pair=cast.pair)
    assert list(found.steps.all()) == [step]
    assert goals(pair=cast.neighbours) == []


def test_what_one_asking_is_given_reaches_no_other(cast: Cast) -> None:
    own = Compiled(lambda: with_people(Pair.objects.filter(mentor__person=PERSON)))
    (first,) = own(person=cast.andris)
    (second,) = own(person=cast.rimantas)
    assert (first.mentor.person, second.mentor.person) == (cast.andris, cast.rimantas)
    assert first.programme is not own(person=cast.andris)[0].programme
