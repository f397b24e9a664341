"""Requests that come at once are counted together: the limits of the door hold (decision 3)."""

import pytest
from django.test import Client

from tests import make
from tests.people.conftest import CODE, ask, newest_code, signed_in
from tests.together import at_once
from varpa.people.actions import AddressTaken
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def andris() -> Person:
    return make.person("Andris Ozols", "andris@varpa.example")


def test_eight_requests_at_once_bring_five_letters_at_most(andris: Person) -> None:
    led = at_once(*[lambda: ask(Client(), "andris@varpa.example")] * 8)
    assert set(led) <= {CODE, ""}
    assert led.count(CODE) == Letter.objects.count() <= 5


def test_many_guesses_at_once_are_five_at_most(andris: Person) -> None:
    browser = Client()
    ask(browser, "andris@varpa.example")
    key = browser.cookies["sessionid"].value

    def guess() -> str:
        other = Client()
        other.cookies["sessionid"] = key
        answer = other.post(CODE, {"code": "x"})
        return "tried" if answer.status_code == 200 else "refused"

    tried = at_once(*[guess] * 10)
    assert set(tried) <= {"tried", "refused"}
    assert tried.count("tried") <= 5
    browser.post(CODE, {"code": newest_code()})
    if tried.count("refused"):
        assert signed_in(browser) == ""


def test_two_people_with_one_address_at_the_same_second() -> None:
    found = at_once(
        lambda: make.person("Andris Ozols", "andris@varpa.example"),
        lambda: make.person("Andris Cits", "ANDRIS@varpa.example"),
    )
    assert sorted(str(type(each).__name__) for each in found) == [AddressTaken.__name__, "Person"]
    assert Person.objects.count() == 1
