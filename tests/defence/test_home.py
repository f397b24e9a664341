"""The home leads to the defence: jurors in the hall open their page, mentees see when they present."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY, finish
from varpa.defence.actions import jurors, rehearsal, stage
from varpa.defence.models import Defence, Slot
from varpa.defence.queries import juror_of
from varpa.home.queries.homes import home_of
from varpa.kernel import clock
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
A_WEEK_BEFORE = DAY - timedelta(days=7)


def led(person: Person, now: datetime) -> list[str]:
    """Where the home of somebody leads because of a defence."""
    return [thing.url for thing in home_of(person, now).things if thing.key.startswith("defence")]


def test_before_the_day_jurors_and_mentees_are_led_to_its_order(cast: Cast, ready: Defence) -> None:
    page = f"/defences/{ready.ref}/"
    assert led(cast.andris, A_WEEK_BEFORE) == led(cast.elina, A_WEEK_BEFORE) == [page]
    assert led(cast.andris, DAY - timedelta(days=20)) == []


def test_while_the_day_is_on_it_comes_first(cast: Cast, running: Defence) -> None:
    mentor, mentee = (home_of(each, DAY).things[0] for each in (cast.andris, cast.elina))
    assert mentor.url == f"/defences/{running.ref}/jury/"
    assert mentee.url == f"/defences/{running.ref}/"


def test_a_day_that_was_left_open_leads_nobody_there_for_long(cast: Cast, running: Defence) -> None:
    assert led(cast.andris, DAY + timedelta(days=3)) == led(cast.elina, DAY + timedelta(days=3)) == []


def test_a_day_that_is_only_being_prepared_is_told_to_nobody(cast: Cast, defence: Defence) -> None:
    assert led(cast.andris, A_WEEK_BEFORE) == led(cast.elina, A_WEEK_BEFORE) == []


def test_a_rehearsal_of_the_day_leads_nobody(cast: Cast, ready: Defence) -> None:
    rehearsal.rehearse(defence=ready, by=cast.inga, now=A_WEEK_BEFORE)
    assert led(cast.andris, A_WEEK_BEFORE) == [f"/defences/{ready.ref}/"]


def test_who_has_presented_or_is_no_juror_any_more_is_led_there_no_longer(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert led(cast.elina, DAY) == []
    juror = juror_of(running, cast.andris)
    assert juror is not None
    jurors.take_juror_off(juror=juror, by=cast.inga, now=DAY)
    assert led(cast.andris, DAY) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "Notiek aizstāvēšana"), ("lt", "Vyksta gynimas"), ("en", "The defence is on now")],
)
def test_it_is_said_in_three_languages(
    cast: Cast, running: Defence, client: Client, language: str, said: str
) -> None:
    Person.objects.filter(pk__in=[cast.andris.pk, cast.elina.pk]).update(language=language)
    for each in (cast.andris, cast.elina):
        client.force_login(Person.objects.get(pk=each.pk))
        with clock.moved_to(DAY):
            assert said in client.get("/").content.decode()


def day_after(cast: Cast, running: Defence, elinas: Slot, client: Client, language: str) -> str:
    """Elīna's first page on the day after she has presented."""
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(running, cast)
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    client.force_login(Person.objects.get(pk=cast.elina.pk))
    with clock.moved_to(DAY + timedelta(days=1)):
        return str(client.get("/").content.decode())


HEARD = {
    "lv": "Izlasi, ko aizstāvēšanā teica par tavu plānu",
    "lt": "Perskaityk, ką per gynimą pasakė apie tavo planą",
    "en": "Read what was said of your plan at the defence",
}


@pytest.mark.parametrize("language", list(HEARD))
def test_for_two_weeks_after_the_day_a_mentee_is_led_to_what_was_said(
    cast: Cast, running: Defence, elinas: Slot, client: Client, language: str
) -> None:
    page = day_after(cast, running, elinas, client, language)
    assert HEARD[language] in page
    assert f"/slots/{elinas.ref}/result/" in page
    assert [
        each.key for each in home_of(cast.elina, DAY + timedelta(days=15)).things if each.key == "heard"
    ] == []


def test_a_mentor_is_led_to_nobodys_words(cast: Cast, running: Defence) -> None:
    finish(running, cast)
    assert "heard" not in [each.key for each in home_of(cast.andris, DAY + timedelta(days=1)).things]


TAKEN = {
    "lv": "Paņem visu līdzi vienā failā",
    "lt": "Pasiimk viską viename faile",
    "en": "Take everything home in one file",
}


@pytest.mark.parametrize("language", list(TAKEN))
def test_after_the_day_a_mentee_takes_everything_home(
    cast: Cast, running: Defence, elinas: Slot, client: Client, language: str
) -> None:
    page = day_after(cast, running, elinas, client, language)
    address = f"/slots/{elinas.ref}/everything.zip"
    with clock.moved_to(DAY + timedelta(days=1)):
        assert client.get(address)["Content-Type"] == "application/zip"
    assert TAKEN[language] in page
    assert address in page
    keys = [each.key for each in home_of(cast.elina, DAY + timedelta(days=1)).things]
    assert keys.index("heard") < keys.index("take_home")
    assert "take_home" not in [each.key for each in home_of(cast.elina, DAY + timedelta(days=15)).things]
    assert "take_home" not in [each.key for each in home_of(cast.andris, DAY + timedelta(days=1)).things]
