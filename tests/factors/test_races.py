"""Two at once: one app, one use of a code, one reset."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.factors.conftest import SECOND, by_mail, shown, with_app
from tests.people.conftest import signed_in
from tests.together import at_once
from varpa.factors.actions import AppAlready, NothingSetUp, reset, set_up_app
from varpa.history.models import Line
from varpa.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def andris() -> Person:
    return make.person("Andris Ozols", "andris@varpa.example")


def test_two_tabs_set_up_one_app(andris: Person) -> None:
    def tab(secret: str) -> object:
        return set_up_app(person=Person.objects.get(pk=andris.pk), secret=secret, now=make.NOW)

    found = at_once(lambda: tab("A" * 32), lambda: tab("B" * 32))
    assert sorted(type(each).__name__ for each in found) == [AppAlready.__name__, "Authenticator"]
    assert Authenticator.objects.filter(user=andris).count() == 2
    assert Line.objects.filter(verb="person.second_add").count() == 1


def test_a_code_lets_in_one_of_two_browsers(andris: Person) -> None:
    code = shown(with_app(andris))
    browsers = [Client(), Client()]
    for each in browsers:
        by_mail(each, andris)
    cache.clear()
    at_once(*[lambda each=each: each.post(SECOND, {"code": code}).status_code for each in browsers])
    assert [bool(signed_in(each)) for each in browsers].count(True) == 1


def test_two_who_reset_at_once_write_one_letter(andris: Person) -> None:
    with_app(andris)
    by = make.person("Inga Liepa", "inga@varpa.example")

    def once() -> object:
        reset(person=Person.objects.get(pk=andris.pk), by=by, now=make.NOW)
        return None

    found = at_once(once, once)
    assert sorted(type(each).__name__ for each in found) == ["NoneType", NothingSetUp.__name__]
    assert Line.objects.filter(verb="person.second_reset").count() == 1
