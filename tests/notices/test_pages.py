"""One's own page about being told."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.post.models import Habit

pytestmark = pytest.mark.django_db

PAGE = "/me/notices/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return assemble()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_it_is_there_in_every_language(client: Client, cast: Cast, language: str) -> None:
    cast.elina.language = language
    cast.elina.save()
    client.force_login(cast.elina)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert 'href="/me/notices/"' in client.get("/me/").content.decode()


@pytest.mark.parametrize("path", ["", "hours/", "pace/", "beside/"])
def test_it_is_for_whoever_is_signed_in(client: Client, path: str) -> None:
    assert client.get(f"{PAGE}{path}").status_code == 302


def test_a_page_asks_few_questions(client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    client.force_login(cast.andris)
    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_who_is_under_age_is_told_of_the_quiet_night(client: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2008, 3, 1))
    client.force_login(cast.elina)
    page = client.get(PAGE)
    assert page.context["manner"].young
    assert 'value="21:00"' in page.content.decode()
    client.force_login(cast.andris)
    assert 'value="21:00"' not in client.get(PAGE).content.decode()


def test_quiet_hours_are_said_and_taken_back(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    assert (
        client.post(f"{PAGE}hours/", {"begins": "22.30", "ends": "6", "days": ["5", "6"]}).status_code == 302
    )
    habit = Habit.objects.get(person=cast.elina.pk)
    assert (habit.rest_from, habit.rest_until, habit.rest_days) == (time(22, 30), time(6), 0b1100000)
    client.post(f"{PAGE}hours/", {"begins": "", "ends": ""})
    habit.refresh_from_db()
    assert (habit.rest_said, habit.rest_from, habit.rest_days) == (True, None, 0)
    assert Line.objects.filter(verb="person.quiet_hours").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": "22:00", "ends": ""},
        {"begins": "22:00", "ends": "22:00"},
        {"begins": "", "ends": "", "days": list("0123456")},
        {"begins": "late", "ends": "7:00"},
        {"begins": "", "ends": "", "days": ["9"]},
    ],
)
def test_what_cannot_be_is_said_on_the_form(client: Client, cast: Cast, wrong: dict[str, Any]) -> None:
    client.force_login(cast.andris)
    answer = client.post(f"{PAGE}hours/", wrong)
    assert answer.status_code == 200
    assert answer.context["hours"].errors
    assert not Habit.objects.exists()


def test_the_pace_is_chosen(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    client.post(f"{PAGE}pace/", {"pace": "weekly", "tell_at": "", "tell_on": "4"})
    habit = Habit.objects.get(person=cast.andris.pk)
    assert (habit.pace, habit.tell_at, habit.tell_on) == ("weekly", time(16), 4)
    assert client.post(f"{PAGE}pace/", {"pace": "never", "tell_on": "0"}).context["pace"].errors
