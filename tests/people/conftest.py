"""What the tests of the door share: one who signs in, and the letter that comes."""

import re

import pytest
from django.test import Client
from django.test.client import Client as _Client

from tests import make
from varpa.people.models import Person
from varpa.post.models import Letter

DOOR, CODE = "/sign-in/", "/sign-in/code/"


@pytest.fixture
def andris(db: None) -> Person:
    return make.person("Andris Ozols", "andris@varpa.example", language="lv")


def ask(client: Client, address: str, **more: str) -> str:
    """Ask for a code; answers where one is led, or "" where the page stays."""
    answer = client.post(DOOR, {"email": address, **more})
    return answer.headers.get("Location", "")


def code_of(letter: Letter) -> str:
    """The six digits, as a reader finds them in the text."""
    found = re.search(r"\b\d{6}\b", letter.text)
    assert found, letter.text
    return found.group()


def newest_code() -> str:
    return code_of(Letter.objects.filter(kind="people.code").latest("pk"))


def signed_in(client: _Client) -> str:
    """The key of whoever is signed in, else ""."""
    return str(client.session.get("_auth_user_id", ""))
