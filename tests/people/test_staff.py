"""Who works for the lead partner is appointed and let go by those who do (product S21)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from varpa.history.models import Line
from varpa.people.actions import (
    LastOfStaff,
    NoName,
    NoStaffAddress,
    NotOfStaff,
    end_appointment,
    invite_staff,
)
from varpa.people.models import Appointment, Organisation, Person
from varpa.people.queries import staff_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

ADDRESS = "ilze@varpa.example"


@pytest.fixture
def organisation() -> Organisation:
    return make.organisation()


@pytest.fixture
def dace(organisation: Organisation) -> Person:
    return Person.objects.get(name="Dace Kalniņa")


@pytest.fixture
def ilze(organisation: Organisation, dace: Person) -> Person:
    invite_staff(organisation=organisation, name="Ilze Vītola", address=ADDRESS, by=dace, now=make.NOW)
    return Person.objects.get(email=ADDRESS)


def names(organisation: Organisation) -> list[str]:
    return [each.person.name for each in staff_of(organisation)]


def address(organisation: Organisation, more: str = "") -> str:
    return reverse("people:staff", args=[organisation.ref]) + more


def entered(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_staff_appoint_somebody_who_is_not_here_yet_and_a_letter_says_so(
    organisation: Organisation, dace: Person, ilze: Person
) -> None:
    assert names(organisation) == ["Dace Kalniņa", "Ilze Vītola"]
    letter = Letter.objects.get(kind="people.appointed")
    assert letter.to_address == ADDRESS
    assert organisation.name in letter.text
    line = Line.objects.filter(verb="organisation.appoint").latest("pk")
    assert (line.actor, line.details) == (dace.pk, {"person": ilze.pk})


def test_whoever_has_the_address_is_appointed_under_the_own_name_once(
    organisation: Organisation, dace: Person, ilze: Person
) -> None:
    invite_staff(organisation=organisation, name="Cita", address="ILZE@varpa.example", by=dace, now=make.NOW)
    assert names(organisation) == ["Dace Kalniņa", "Ilze Vītola"]
    assert Letter.objects.filter(kind="people.appointed").count() == 1


def test_nobody_is_appointed_without_an_address_or_a_name(organisation: Organisation, dace: Person) -> None:
    with pytest.raises(NoStaffAddress):
        invite_staff(organisation=organisation, name="Ilze Vītola", address=" ", by=dace, now=make.NOW)
    with pytest.raises(NoName):
        invite_staff(organisation=organisation, name="", address=ADDRESS, by=dace, now=make.NOW)
    assert names(organisation) == ["Dace Kalniņa"]


def test_whoever_is_let_go_sees_nothing_any_more_and_can_come_back(
    organisation: Organisation, dace: Person, ilze: Person
) -> None:
    make.programme(organisation)
    assert entered(ilze).get(reverse("programmes:new")).status_code == 200
    end_appointment(organisation=organisation, person=ilze, by=dace, now=make.NOW)
    assert names(organisation) == ["Dace Kalniņa"]
    assert entered(ilze).get(reverse("programmes:new")).status_code == 404
    assert entered(ilze).get(address(organisation)).status_code == 404
    assert Line.objects.filter(verb="organisation.release", actor=dace.pk).count() == 1
    invite_staff(organisation=organisation, name="", address=ADDRESS, by=dace, now=make.NOW)
    assert names(organisation) == ["Dace Kalniņa", "Ilze Vītola"]


def test_the_last_of_the_staff_stays(organisation: Organisation, dace: Person) -> None:
    with pytest.raises(LastOfStaff):
        end_appointment(organisation=organisation, person=dace, by=dace, now=make.NOW)
    assert names(organisation) == ["Dace Kalniņa"]


def test_whoever_is_no_staff_is_not_let_go_and_nobody_twice(
    organisation: Organisation, dace: Person, ilze: Person
) -> None:
    stranger = make.person("Zane Krūmiņa", "zane@varpa.example")
    with pytest.raises(NotOfStaff):
        end_appointment(organisation=organisation, person=stranger, by=dace, now=make.NOW)
    end_appointment(organisation=organisation, person=ilze, by=dace, now=make.NOW)
    with pytest.raises(NotOfStaff):
        end_appointment(organisation=organisation, person=ilze, by=dace, now=make.NOW)
    assert Appointment.objects.filter(person=ilze).count() == 1


def test_the_page_appoints_and_lets_go(organisation: Organisation, dace: Person) -> None:
    client = entered(dace)
    assert address(organisation) in client.get(reverse("programmes:list")).content.decode()
    assert client.post(address(organisation), {"address": ADDRESS, "name": "Ilze Vītola"}).status_code == 302
    ilze = Person.objects.get(email=ADDRESS)
    assert "Ilze Vītola" in client.get(address(organisation)).content.decode()
    assert f"{ilze.ref}/end/" in client.get(address(organisation)).content.decode()
    assert client.post(address(organisation, f"{ilze.ref}/end/")).status_code == 302
    assert "/end/" not in client.get(address(organisation)).content.decode()
    assert names(organisation) == ["Dace Kalniņa"]
    refused = client.post(address(organisation, f"{dace.ref}/end/"), follow=True)
    assert organisation.name in refused.content.decode()
    assert names(organisation) == ["Dace Kalniņa"]


def test_what_was_typed_stays_beside_what_is_wrong(organisation: Organisation, dace: Person) -> None:
    page = entered(dace).post(address(organisation), {"address": ADDRESS, "name": ""})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert f'value="{ADDRESS}"' in page.content.decode()


def test_whoever_lets_oneself_go_is_led_away(organisation: Organisation, dace: Person, ilze: Person) -> None:
    answer = entered(dace).post(address(organisation, f"{dace.ref}/end/"))
    assert answer.headers["Location"] == reverse("home:home")


def test_only_staff_see_who_else_is(organisation: Organisation, dace: Person) -> None:
    stranger = make.person("Zane Krūmiņa", "zane@varpa.example")
    assert entered(stranger).get(address(organisation)).status_code == 404
    other = make.organisation("Kita organizacija")
    assert entered(dace).get(address(other)).status_code == 404
    assert entered(dace).post(address(other, f"{dace.ref}/end/")).status_code == 404


@pytest.mark.parametrize(
    ("language", "heading"),
    [("lv", "Vadošā partnera darbinieki"), ("lt", "Pagrindinio partnerio darbuotojai")],
)
def test_the_page_speaks_the_language_of_its_reader(
    organisation: Organisation, dace: Person, language: str, heading: str
) -> None:
    Person.objects.filter(pk=dace.pk).update(language=language)
    dace.refresh_from_db()
    assert heading in entered(dace).get(address(organisation)).content.decode()


def test_twenty_ask_the_database_as_often_as_one(organisation: Organisation, dace: Person) -> None:
    client = entered(dace)
    client.get(address(organisation))
    one = asked(client, organisation)
    for number in range(20):
        more = {"name": f"Ilze Vītola {number}", "address": f"ilze{number}@varpa.example"}
        invite_staff(organisation=organisation, by=dace, now=make.NOW, **more)
    assert asked(client, organisation) == one


def asked(client: Client, organisation: Organisation) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address(organisation))
    return len(queries)
