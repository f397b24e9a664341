"""Who looks like whom: by address, by name and birth date, by name; and whom nobody is shown."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.duplicates.actions import OnlyOne, say_different, take_back
from varpa.duplicates.likeness import Known, Why, address_key, alike, name_key
from varpa.duplicates.models import Different
from varpa.duplicates.queries import found, like, people_within, shown, told_different
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db
BORN = date(2006, 5, 4)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def join(programme: Programme, name: str, address: str, *, born: date | None = BORN) -> Person:
    person = make.person(name, address, born=born)
    add_member(programme=programme, person=person, role=Role.MENTEE, by=None, now=NOW)
    return person


def whys(cast: Cast, reader: Person | None = None) -> list[str]:
    return [each.why.value for each in found(cast.programme, reader or cast.inga, NOW)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A.Person@Firm.example", " a.person@firm.example", True),
        ("anna+skola@gmail.com", "an.na@googlemail.com", True),
        ("anna+skola@outlook.com", "anna@outlook.com", True),
        # Elsewhere a plus or a dot may be another mailbox.
        ("anna+skola@firm.example", "anna@firm.example", False),
        ("an.na@outlook.com", "anna@outlook.com", False),
        ("anna@gmail.com", "anna@outlook.com", False),
    ],
)
def test_addresses_are_compared_as_far_as_it_is_certain(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same


def test_nobody_without_an_address_has_the_address_of_another() -> None:
    nobody: dict[str, Any] = {"address": "", "born": None, "programmes": frozenset({1})}
    assert alike([Known(1, "a", "Anna", **nobody), Known(2, "b", "Berta", **nobody)]) == []


@pytest.mark.parametrize("name", ["BĒRZIŅA  Elīna", "Berzina, Elina", "elīna bērziņa", "Elina Berzina"])
def test_names_are_compared_without_marks_and_order(name: str) -> None:
    assert name_key(name) == name_key("Elīna Bērziņa")


def test_two_names_of_one_person_need_not_be_hyphened() -> None:
    assert name_key("Anna Bērziņa-Kalna") == name_key("Anna Berzina Kalna")


def test_the_same_name_and_birth_date(cast: Cast) -> None:
    join(cast.programme, "BERZINA Elina", "elina.b@skola.example")
    (told,) = found(cast.programme, cast.inga, NOW)
    assert (told.why, told.first.person) == (Why.BORN, cast.elina.pk)


def test_the_same_name_alone_is_a_possibility(cast: Cast) -> None:
    join(cast.programme, "Elīna Bērziņa", "other@skola.example", born=None)
    assert whys(cast) == ["name"]


def test_another_birth_date_is_another_person(cast: Cast) -> None:
    join(cast.programme, "Elīna Bērziņa", "other@skola.example", born=date(2007, 1, 1))
    assert whys(cast) == []


def test_one_mailbox_of_brothers_and_sisters_is_no_likeness(cast: Cast) -> None:
    join(cast.programme, "Juris Kļava", "mamma+juris@gmail.com")
    join(cast.programme, "Anna Kļava", "mamma+anna@gmail.com", born=date(2008, 1, 1))
    assert whys(cast) == []
    join(cast.programme, "A. Kļava", "mamma@gmail.com", born=None)
    assert whys(cast) == ["address", "address"]


def test_the_surest_comes_first(cast: Cast) -> None:
    join(cast.programme, "Andris Ozols", "other@x.example", born=None)
    join(cast.programme, "Elīna Bērziņa", "other@skola.example")
    assert whys(cast) == ["born", "name"]


def test_people_of_other_programmes_are_shown_to_who_runs_both(cast: Cast) -> None:
    earlier = make.programme(cast.organisation)
    join(earlier, "Elīna Bērziņa", "other@skola.example")
    assert whys(cast) == []
    assert whys(cast, cast.dace) == ["born"]


def test_people_of_other_organisations_are_never_compared(cast: Cast) -> None:
    join(cast.elsewhere.programme, "Elīna Bērziņa", "other@skola.example")
    assert whys(cast) == []
    assert whys(cast, cast.tomas) == []
    assert not people_within([cast.elina.ref], cast.tomas)
    assert not people_within([cast.elina.ref], cast.andris)
    assert list(people_within([cast.elina.ref, "x"], cast.inga)) == [cast.elina]


def test_a_person_tells_whom_it_looks_like(cast: Cast) -> None:
    join(cast.programme, "Elīna Bērziņa", "other@skola.example")
    assert len(like(cast.mentee, cast.inga)) == 1
    assert like(cast.mentor, cast.inga) == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Berzina Elina", "other@skola.example"),
        ("E. B.", "e.lina.b+skola@googlemail.com"),
        ("Elīna Bērziņa", "elina@x.example"),
    ],
)
def test_one_person_finds_whom_all_find(cast: Cast, name: str, address: str) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(email="elina.b@gmail.com")
    cast.mentee.person.refresh_from_db()
    other = join(cast.programme, name, address)
    told = found(cast.programme, cast.inga, NOW)
    assert len(told) == 1
    assert like(cast.mentee, cast.inga) == told
    assert like(Membership.objects.get(person=other), cast.inga) == told


def test_two_who_are_said_to_be_two_are_not_offered_again(cast: Cast) -> None:
    other = join(cast.programme, "Elīna Bērziņa", "other@skola.example")
    for _click in range(2):
        say_different(programme=cast.programme, one=other, other=cast.elina, by=cast.inga, now=NOW)
    assert whys(cast) == []
    (said,) = told_different(cast.programme)
    assert (said.first, said.second) == (cast.elina, other)
    for _click in range(2):
        take_back(programme=cast.programme, different=said, by=cast.inga, now=NOW)
    assert whys(cast) == ["born"]
    assert Line.objects.filter(verb__in=("person.different", "person.alike")).count() == 2
    assert Different.objects.count() == 1


def test_nobody_is_different_from_oneself(cast: Cast) -> None:
    with pytest.raises(OnlyOne):
        say_different(programme=cast.programme, one=cast.elina, other=cast.elina, by=cast.inga, now=NOW)


def test_a_page_shows_only_memberships_that_its_reader_may_see(cast: Cast) -> None:
    other = join(cast.programme, "Elīna Bērziņa", "other@skola.example")
    add_member(programme=make.programme(cast.organisation), person=other, role=Role.MENTEE, by=None, now=NOW)
    (two,) = shown(found(cast.programme, cast.inga, NOW), cast.inga)
    assert [len(memberships) for _person, memberships in two.both] == [1, 1]


def test_a_name_that_very_many_have_says_nothing(cast: Cast) -> None:
    for number in range(13):
        join(cast.programme, "Jānis Bērziņš", f"j{number}@x.example", born=None)
    assert whys(cast) == []
    assert Membership.objects.filter(person__name="Jānis Bērziņš").count() == 13
