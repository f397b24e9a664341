"""Requests that come at once are counted together: the limits of the door hold (decision 3)."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.people.conftest import CODE, ask, newest_code, signed_in
from tests.together import at_once
from varpa.history.models import Line
from varpa.people.actions import (
    AddressTaken,
    LastOfStaff,
    SignedOutAlready,
    end_appointment,
    invite_staff,
    sign_out_there,
)
from varpa.people.models import Appointment, Person
from varpa.people.sessions import where_signed_in
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


def test_two_of_the_staff_who_let_each_other_go_never_leave_nobody() -> None:
    organisation = make.organisation()
    dace = Person.objects.get(name="Dace Kalniņa")
    asked = {"name": "Ilze Vītola", "address": "ilze@varpa.example"}
    ilze = invite_staff(organisation=organisation, by=dace, now=make.NOW, **asked).person

    def let_go(by: Person, whom: Person) -> str:
        try:
            end_appointment(organisation=organisation, person=whom, by=by, now=make.NOW)
        except LastOfStaff:
            return "refused"
        return "gone"

    assert sorted(at_once(lambda: let_go(dace, ilze), lambda: let_go(ilze, dace))) == ["gone", "refused"]
    assert Appointment.objects.filter(organisation=organisation, ended_at=None).count() == 1


def test_somebody_appointed_twice_at_once_is_appointed_and_told_once() -> None:
    organisation = make.organisation()
    dace = Person.objects.get(name="Dace Kalniņa")
    ilze = make.person("Ilze Vītola", "ilze@varpa.example")

    def invite() -> None:
        invite_staff(organisation=organisation, name="", address=str(ilze.email), by=dace, now=make.NOW)

    at_once(invite, invite)
    assert Appointment.objects.filter(person=ilze).count() == 1
    assert Letter.objects.filter(kind="people.appointed").count() == 1


def test_two_clicks_sign_out_there_once(andris: Person) -> None:
    here, there = Client(), Client()
    for each in (here, there):
        each.force_login(andris)
    (other,) = [each for each in where_signed_in(andris, here.session.session_key) if not each.here]

    def click() -> object:
        return sign_out_there(
            person=andris, name=other.name, here=here.session.session_key, now=timezone.now()
        )

    found = at_once(click, click)
    assert sorted(type(each).__name__ for each in found) == [SignedOutAlready.__name__, "dict"]
    assert Line.objects.filter(verb="person.session_end").count() == 1
