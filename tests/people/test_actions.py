"""People: one human one row, whatever the case of the address; names, zones, letters, appointments."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.make import NOW
from varpa.history.models import Line
from varpa.people import actions
from varpa.people.models import Appointment, Organisation, Person
from varpa.people.queries import by_address, eighteenth_birthday, is_minor, organisations_of, recipient
from varpa.post import actions as post
from varpa.post.models import Letter
from varpa.programmes.letters import ACCEPTED

pytestmark = pytest.mark.django_db


def test_two_people_never_have_one_address() -> None:
    make.person("Andris Ozols", "andris@varpa.example")
    for case in ("andris@varpa.example", "ANDRIS@Varpa.example", "  Andris@varpa.example "):
        with pytest.raises(actions.AddressTaken) as refused:
            make.person("Andris Cits", case)
        assert case in str(refused.value)
    assert Person.objects.count() == 1
    assert Line.objects.filter(verb="person.add").count() == 1


def test_the_database_itself_refuses_a_second_one() -> None:
    make.person("Andris Ozols", "andris@varpa.example")
    other = make.person("Jonas Balčiūnas", "jonas@varpa.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(email="ANDRIS@varpa.example")


def test_people_on_paper_have_no_address_and_are_many() -> None:
    first, second = (
        actions.add_person(name=name, now=NOW, by=None) for name in ("Anna Papīra", "Ieva Papīra")
    )
    assert (first.email, second.email) == (None, None)
    assert by_address("") is None
    assert by_address("  ") is None


def test_a_person_without_an_address_never_gets_mail() -> None:
    paper = actions.add_person(name="Anna Papīra", now=NOW, by=None)
    context = {"programme": "Educate for Business"}
    sent = post.send(ACCEPTED, to=recipient(paper, adult=True), context=context, about="x", once="x", now=NOW)
    assert sent is None
    assert not Letter.objects.exists()


@pytest.mark.parametrize("asked", ["Ēriks@Skola.example", "ēriks@skola.example", " ĒRIKS@SKOLA.EXAMPLE "])
def test_an_address_is_found_whatever_its_case(asked: str) -> None:
    person = make.person("Ēriks Kalns", "Ēriks@skola.example")
    assert by_address(asked) == person


def test_a_roster_key_belongs_to_one() -> None:
    make.person("Anna Liepa", "anna@varpa.example", roster_key="10a-7")
    with pytest.raises(actions.AddressTaken):
        make.person("Ieva Liepa", "ieva@varpa.example", roster_key="10a-7")


@pytest.mark.parametrize("name", ["", "   ", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH SPACE}"])
def test_everybody_has_a_name(name: str) -> None:
    with pytest.raises(actions.NoName):
        actions.add_person(name=name, now=NOW, by=None)
    person = make.person("Andris Ozols")
    with pytest.raises(actions.NoName):
        actions.change_profile(person=person, name=name, phone="", zone="Europe/Riga", now=NOW)


def test_a_zone_must_exist() -> None:
    person = make.person("Andris Ozols")
    with pytest.raises(actions.UnknownZone):
        actions.change_profile(person=person, name="Andris", phone="", zone="Mars/Olympus", now=NOW)


@pytest.mark.parametrize("language", ["", "ru", "lv"])
def test_an_unknown_or_the_same_language_changes_nothing(language: str) -> None:
    person = make.person("Andris Ozols", language="lv")
    actions.change_language(person=person, language=language, now=NOW)
    person.refresh_from_db()
    assert person.language == "lv"
    assert not Line.objects.filter(verb="person.language").exists()


def test_letters_that_are_needed_always_come() -> None:
    person = make.person("Andris Ozols")
    for kind in ("people.code", "no.such"):
        with pytest.raises(actions.NeededLetter):
            actions.stop_letters(person=person, kind=kind, now=NOW)
    actions.resume_letters(person=person, kind="no.such", now=NOW)
    assert not Line.objects.filter(verb__startswith="person.letters").exists()


def test_an_organisation_begins_with_whoever_has_the_address() -> None:
    dace = make.person("Dace Kalniņa", "dace@varpa.example")
    organisation = actions.create_organisation(
        name="Jelgavas centrs", person_name="Cits vārds", email="DACE@varpa.example", language="lv", now=NOW
    )
    assert list(organisations_of(dace)) == [organisation]
    assert Person.objects.count() == 1


def test_appointed_twice_is_appointed_once() -> None:
    organisation = make.organisation()
    dace = Person.objects.get()
    actions.appoint(organisation=organisation, person=dace, by=None, now=NOW)
    assert Appointment.objects.count() == 1
    assert Line.objects.filter(verb="organisation.appoint").count() == 1
    Appointment.objects.update(ended_at=NOW)
    assert list(organisations_of(dace)) == []
    actions.appoint(organisation=organisation, person=dace, by=None, now=NOW)
    assert list(organisations_of(dace)) == [Organisation.objects.get()]


def test_the_eighteenth_birthday() -> None:
    assert eighteenth_birthday(date(2008, 2, 29)) == date(2026, 3, 1)
    person = make.person("Elīna Bērziņa", born=date(2008, 2, 29))
    assert is_minor(person, date(2026, 2, 28))
    assert not is_minor(person, date(2026, 3, 1))
    assert not is_minor(make.person("Zane Krūmiņa"), date(2026, 3, 1))


def test_a_new_calendar_address_replaces_the_earlier_one() -> None:
    person = make.person("Andris Ozols")
    keys = {actions.renew_calendar_key(person=person, now=NOW) for _ in range(3)}
    assert len(keys) == 3
    person.refresh_from_db()
    assert person.calendar_key in keys
