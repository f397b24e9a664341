"""The stage of these tests, pages as somebody sees them, and two who act at one moment."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel import clock
from varpa.pairs.actions.several import allow_mentors
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Programme, Role


@pytest.fixture
def cast() -> Cast:
    return assemble()


def capacity(mentor: Membership, places: int) -> None:
    """A mentor says how many mentees there may be."""
    say_participation(membership=mentor, said={"capacity": places}, by=None, now=NOW)


def see(who: Person, name: str, *args: str, **asked: str) -> Any:
    """A page of this room as somebody sees it."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW):
        return client.get(reverse(f"pairs:{name}", args=args), asked)


def text(who: Person, name: str, *args: str, **asked: str) -> str:
    """What stands on a page."""
    return str(see(who, name, *args, **asked).content.decode())


def send(who: Person, name: str, *args: str, by_script: bool = False, **data: Any) -> Any:
    """A form as somebody sends it; `by_script`: as it saves itself."""
    client = Client()
    client.force_login(who)
    headers = {"X-Autosave": "1"} if by_script else {}
    with clock.moved_to(NOW):
        return client.post(reverse(f"pairs:{name}", args=args), data, headers=headers)


def form(who: Person, name: str, *args: str) -> dict[str, Any]:
    """The fields of the page's form as the browser has them."""
    shown = see(who, name, *args).context["form"]
    return {field.html_name: field.value() for field in shown if field.value() is not None}


def merged(answer: Any) -> dict[str, str]:
    """The fields of the page that shows both texts: what it would send again."""
    page = answer.content.decode()
    fields = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.S)
    fields += re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def queries(who: Person, name: str, *args: str, **asked: str) -> int:
    """How many queries a page takes."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(f"pairs:{name}", args=args), asked).status_code == 200
    return len(caught)


def allow(cast: Cast, most: int) -> None:
    """Inga allows the mentees of the programme so many mentors at once."""
    stored = Programme.objects.get(pk=cast.programme.pk)
    allow_mentors(programme=stored, most=most, by=cast.inga, now=NOW, revision=stored.revision)
    cast.programme.refresh_from_db()


def laima(cast: Cast, name: str = "Laima Vītola", address: str = "laima@varpa.example") -> Membership:
    """An accepted mentor with a free place."""
    return make.member(cast.programme, make.person(name, address), Role.MENTOR, place="Dzirnavas")


def second_pair(cast: Cast, *, active: bool = True) -> Pair:
    """Elīna is mentored by Andris and by Laima."""
    if cast.programme.mentors_at_once < 2:
        allow(cast, 2)
    return make.pair(laima(cast), cast.mentee, active=active)
