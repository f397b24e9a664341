"""At the same second: two managers merge, the person applies, the person signs in."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.merges.conftest import BORN, put
from tests.together import at_once
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.merges.actions import merging as actions
from varpa.merges.models import Merge
from varpa.merges.queries import two_of
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def twins(cast: Cast) -> tuple[Person, Person]:
    """Elīna twice more."""
    found = [make.person("Berzina Elina", f"e{number}@x.example", born=BORN) for number in range(2)]
    for each in found:
        add_member(programme=cast.programme, person=each, role=Role.MENTEE, by=None, now=NOW)
    return found[0], found[1]


def merging(cast: Cast, one: Person, other: Person, ref: str = "") -> Any:
    mark = two_of(Person.objects.get(pk=one.pk), Person.objects.get(pk=other.pk)).mark
    given: dict[str, Any] = {
        "choices": {},
        "mark": mark,
        "ref": ref or new_ref(),
        "by": cast.inga,
        "now": NOW,
    }
    return lambda: actions.merge(programme=cast.programme, one=one, other=other, **given)


def test_two_managers_merge_the_same_two(cast: Cast, twins: tuple[Person, Person]) -> None:
    found = at_once(merging(cast, cast.elina, twins[0]), merging(cast, cast.elina, twins[0]))
    assert sorted(isinstance(each, Refusal) for each in found) == [False, True]
    assert Merge.objects.count() == 1


def test_two_managers_merge_one_with_two_others(cast: Cast, twins: tuple[Person, Person]) -> None:
    found = at_once(merging(cast, cast.elina, twins[0]), merging(cast, twins[0], twins[1]))
    # Whoever was first has it; the other looks at it once more.
    assert sorted(isinstance(each, Refusal) for each in found) == [False, True]
    assert Merge.objects.count() == 1


def test_two_clicks_merge_one(cast: Cast, twins: tuple[Person, Person]) -> None:
    ref = new_ref()
    found = at_once(merging(cast, cast.elina, twins[0], ref), merging(cast, cast.elina, twins[0], ref))
    assert [each for each in found if isinstance(each, Exception)] == []
    assert Merge.objects.count() == 1


def test_two_undo_one(cast: Cast, twins: tuple[Person, Person]) -> None:
    made = put(cast, cast.elina, twins[0])

    def undo() -> None:
        actions.undo(merge=made, by=cast.inga, now=NOW)

    found = at_once(undo, undo)
    assert sorted(isinstance(each, Refusal) for each in found) == [False, True]
    assert Membership.objects.filter(person=twins[0]).count() == 1


def test_the_person_signs_in_at_that_moment(cast: Cast, twins: tuple[Person, Person]) -> None:
    """Either the merge sees that somebody has signed in, or who goes can no longer."""
    Person.objects.filter(pk=cast.elina.pk).update(last_login=NOW)

    def sign_in() -> int:
        return Person.objects.filter(pk=twins[0].pk, is_active=True).update(last_login=NOW)

    merged, entered = at_once(merging(cast, cast.elina, twins[0]), sign_in)
    assert isinstance(merged, Merge) == (entered == 0)


def test_the_person_joins_at_that_moment(cast: Cast, twins: tuple[Person, Person]) -> None:
    """Nothing is torn in two: whoever joins as the one who goes is refused, or goes along."""
    other = make.programme(cast.organisation)

    def join() -> object:
        return add_member(programme=other, person=twins[0], role=Role.MENTEE, by=None, now=NOW)

    at_once(merging(cast, cast.elina, twins[0]), join)
    assert not Membership.objects.filter(person__is_active=False).exists()
