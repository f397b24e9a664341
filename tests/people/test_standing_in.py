"""Whoever stands in for the cast reads their own language; the member keeps theirs, and letters go in it."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/"


@pytest.fixture
def cast(settings: Any) -> Cast:
    """The demonstration: Inga, Andris and Gabija may be stood in for."""
    settings.DEMONSTRATION = True
    assembled = assemble()
    members = {"manager": assembled.inga, "mentor": assembled.andris, "mentee": assembled.gabija}
    for key, person in members.items():
        Person.objects.filter(pk=person.pk).update(roster_key=f"cast:{key}")
    return assembled


def choose(client: Client, language: str) -> None:
    client.post("/language/", {"language": language, "next": DOOR})


def stand_in(client: Client, person: Person) -> None:
    assert client.post(f"/sign-in/as/{person.ref}/").status_code == 302


def reads(client: Client) -> str:
    return str(client.get("/me/").headers["Content-Language"])


def stored(person: Person) -> str:
    return Person.objects.get(pk=person.pk).language


def test_the_language_of_the_door_holds_and_the_members_stays(client: Client, cast: Cast) -> None:
    choose(client, "en")
    stand_in(client, cast.gabija)
    assert reads(client) == "en"
    assert stored(cast.gabija) == "lt"
    assert not Line.objects.filter(verb="person.language").exists()


def test_without_a_choice_one_reads_what_the_member_reads(client: Client, cast: Cast) -> None:
    stand_in(client, cast.gabija)
    assert reads(client) == "lt"


def test_a_choice_inside_is_the_visitors_too(client: Client, cast: Cast) -> None:
    stand_in(client, cast.gabija)
    choose(client, "en")
    assert (reads(client), stored(cast.gabija)) == ("en", "lt")


def test_it_holds_from_one_member_to_the_next(client: Client, cast: Cast) -> None:
    choose(client, "en")
    stand_in(client, cast.gabija)
    stand_in(client, cast.andris)
    assert reads(client) == "en"
    client.post("/sign-out/")
    stand_in(client, cast.inga)
    assert reads(client) == "en"
    assert [stored(each) for each in (cast.gabija, cast.andris, cast.inga)] == ["lt", "lv", "lv"]


def test_the_next_visitor_reads_what_the_member_reads(client: Client, cast: Cast) -> None:
    choose(client, "en")
    stand_in(client, cast.gabija)
    other = Client()
    stand_in(other, cast.gabija)
    assert reads(other) == "lt"


def test_letters_go_on_in_the_members_language(client: Client, cast: Cast) -> None:
    choose(client, "en")
    stand_in(client, cast.gabija)
    make.meeting(cast.neighbours)
    invited = Letter.objects.get(kind="meetings.invited", person=cast.gabija.pk)
    assert invited.language == "lt"


def test_a_person_who_signs_in_by_code_still_keeps_a_chosen_language(client: Client, cast: Cast) -> None:
    client.force_login(cast.andris)
    choose(client, "en")
    assert (reads(client), stored(cast.andris)) == ("en", "en")
