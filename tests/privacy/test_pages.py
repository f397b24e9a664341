"""The pages: my data in three languages, taking it along, requests that wait; who opens what."""

import io
import json
import zipfile
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.merges.conftest import put
from tests.privacy.test_asking import asked, code_of
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.privacy.holdings import HOLDINGS
from varpa.privacy.models import Erasure
from varpa.privacy.parts import TOLD, Part
from varpa.privacy.queries import kept
from varpa.privacy.whom import whom
from varpa.programmes.actions.memberships import add_member

pytestmark = pytest.mark.django_db


def signed(person: Person, language: str = "") -> Client:
    if language:
        Person.objects.filter(pk=person.pk).update(language=language)
    client = Client()
    client.force_login(person)
    return client


def zipped(client: Client) -> zipfile.ZipFile:
    answer: Any = client.get("/me/data/everything.zip")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("who", ["elina", "andris", "inga", "zane"])
def test_everybody_reads_what_is_kept(cast: Cast, who: str, language: str) -> None:
    page = signed(getattr(cast, who), language).get("/me/data/").content.decode()
    heading = {"lv": "Mani dati", "lt": "Mano duomenys", "en": "My data"}[language]
    assert f"<h1>{heading}</h1>" in page


def test_a_part_of_which_nothing_is_kept_is_not_told(cast: Cast) -> None:
    parts = signed(cast.zane).get("/me/data/").context["kept"]
    assert [each.things for each in parts if not each.things] == []
    assert parts


@pytest.mark.parametrize("known_by", ["one address", "no address", "two rows and memberships"])
def test_all_that_is_kept_is_counted_however_somebody_is_known(cast: Cast, known_by: str) -> None:
    if known_by == "no address":
        Person.objects.filter(pk=cast.elina.pk).update(email=None)
        cast.elina.refresh_from_db()
    if known_by == "two rows and memberships":
        other = make.person("Berzina Elina", "e.b@skola.example", born=cast.elina.born)
        add_member(programme=cast.programme, person=other, role="mentee", by=None, now=NOW)
        put(cast, cast.elina, other)
    make.meeting(cast.pair, kind="first")
    who, things = whom(cast.elina), Counter[Part]()
    for holding in HOLDINGS:
        things[holding.part] += holding.told(who).distinct().count() if holding.given else 0
    assert [(each.told, each.things) for each in kept(cast.elina)] == [
        (TOLD[part], things[part]) for part in Part if things[part]
    ]


def test_the_page_asks_as_much_for_one_thing_as_for_many(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = signed(cast.elina)
    client.get("/me/data/")
    for days in range(1, 8):
        make.meeting(cast.pair, days=days, kind="regular" if days > 1 else "first")
    with django_assert_max_num_queries(12):
        client.get("/me/data/")


def test_a_stranger_is_led_to_the_door(cast: Cast) -> None:
    for path in ("/me/data/", "/me/data/everything.zip"):
        assert Client().get(path).status_code == 302


def test_it_is_asked_for_confirmed_and_taken_back_on_the_page(cast: Cast) -> None:
    client = signed(cast.elina)
    client.post("/me/data/erasure/")
    wrong = client.post("/me/data/erasure/confirmation/", {"code": ""})
    assert wrong.status_code == 200
    # The clock of a page is the real one, so that the code is new.
    client.post("/me/data/erasure/confirmation/", {"code": code_of(cast.elina)})
    wish = Erasure.objects.get(person=cast.elina, state="waiting")
    assert wish.ref in client.get("/me/data/").content.decode()
    client.post(f"/erasures/{wish.ref}/withdrawal/")
    wish.refresh_from_db()
    assert wish.state == "taken_back"


def test_only_whom_it_is_about_takes_it_back(cast: Cast) -> None:
    path = f"/erasures/{asked(cast.elina).ref}/withdrawal/"
    assert {
        who: signed(getattr(cast, who)).post(path).status_code for who in ("andris", "tomas", "zane")
    } == {
        "andris": 404,
        "tomas": 404,
        "zane": 404,
    }
    assert signed(cast.inga).post(path).status_code == 403
    assert signed(cast.elina).post(path).status_code == 302


def test_the_manager_enters_a_paper_and_takes_it_back(cast: Cast) -> None:
    client, path = signed(cast.inga), f"/memberships/{cast.mentee.ref}/erasure/"
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    wish = Erasure.objects.get(person=cast.elina)
    waiting = f"/programmes/{cast.programme.ref}/erasures/"
    assert "Elīna Bērziņa" in client.get(waiting).content.decode()
    assert client.post(f"/erasures/{wish.ref}/withdrawal/").status_code == 302
    assert "Elīna Bērziņa" not in client.get(waiting).content.decode()
    assert Line.objects.filter(verb="person.keep", channel="paper", behalf=cast.elina.pk).count() == 1


@pytest.mark.parametrize(("who", "status"), [("andris", 404), ("elina", 403), ("tomas", 404), ("dace", 200)])
def test_who_enters_a_paper(cast: Cast, who: str, status: int) -> None:
    assert signed(getattr(cast, who)).get(f"/memberships/{cast.mentee.ref}/erasure/").status_code == status


@pytest.mark.parametrize(("who", "status"), [("andris", 403), ("zane", 404), ("tomas", 404), ("dace", 200)])
def test_who_sees_the_requests(cast: Cast, who: str, status: int) -> None:
    assert signed(getattr(cast, who)).get(f"/programmes/{cast.programme.ref}/erasures/").status_code == status


def test_the_list_asks_as_much_for_one_as_for_thirty(cast: Cast, django_assert_num_queries: Any) -> None:
    client, path = signed(cast.inga), f"/programmes/{cast.programme.ref}/erasures/"
    given = {"by": cast.inga, "state": "waiting", "asked_at": NOW, "due_at": NOW.replace(year=2200)}
    for number in range(30):
        person = make.person(f"Otrais {number}", f"o{number}@varpa.example")
        make.member(cast.programme, person, "mentor", ready=False)
        if number == 1:
            client.get(path)
            with django_assert_num_queries(QUERIES):
                client.get(path)
        Erasure.objects.create(person=person, **given)
    with django_assert_num_queries(QUERIES):
        client.get(path)


QUERIES = 5


def test_taken_along_is_what_is_ones_own_and_nothing_that_opens_a_door(full: Cast) -> None:
    packed = zipped(signed(full.elina))
    names = packed.namelist()
    assert {"data.json", "data.html"} <= set(names)
    assert any(name.startswith("files/") for name in names)
    assert "everything-1.zip" not in names or packed.read("everything-1.zip")
    told = json.loads(packed.read("data.json"))
    assert told["account"][0]["name"] == "Elīna Bērziņa"
    said = packed.read("data.json").decode() + packed.read("data.html").decode()
    assert "Vai var parādīt zīmējumu?" in said
    assert "http" not in said
    assert "Jā, sūti." not in {each.get("text") for each in told["messages"]}
    for lock in ("password", "digest", "calendar_key", "stop_link"):
        assert f'"{lock}"' not in said
