"""Two at once: one link of a person at a provider, and of an account."""

import pytest

from tests import make
from tests.together import at_once
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.providers.actions import GoneAlready, NobodyKnown, enter, unlink
from varpa.providers.configured import Provider
from varpa.providers.models import Link

pytestmark = pytest.mark.django_db(transaction=True)
SCHOOL = Provider("school", "Rīgas skola", "https://login.example", "varpa", "secret")


@pytest.fixture
def andris() -> Person:
    return make.person("Andris Ozols", "andris@varpa.example")


def come(subject: str) -> object:
    return enter(
        provider=SCHOOL, subject=subject, address="andris@varpa.example", verified=True, now=make.NOW
    )


def test_two_tabs_of_one_account_make_one_link(andris: Person) -> None:
    assert at_once(lambda: come("a1"), lambda: come("a1")) == [andris, andris]
    assert Link.objects.count() == 1
    assert Line.objects.filter(verb="person.account_link").count() == 1


def test_of_two_accounts_with_one_address_one_comes_in(andris: Person) -> None:
    found = at_once(lambda: come("a1"), lambda: come("a2"))
    assert sorted(type(each).__name__ for each in found) == [NobodyKnown.__name__, "Person"]
    assert Link.objects.count() == 1


def test_two_clicks_remove_one_link(andris: Person) -> None:
    come("a1")
    key = Link.objects.get().pk

    def once() -> object:
        return unlink(person=Person.objects.get(pk=andris.pk), key=key, now=make.NOW)

    found = at_once(once, once)
    assert sorted(type(each).__name__ for each in found) == [GoneAlready.__name__, "NoneType"]
    assert Line.objects.filter(verb="person.account_unlink").count() == 1
