"""What the tests of the programmes share: the cast, somebody signed in, a page as text, a picture."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.cast import Cast, assemble
from varpa.people.models import Person
from varpa.programmes.models import Membership

SignIn = Callable[[Person], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


def membership_of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def address(cast: Cast, page: str) -> str:
    return f"/programmes/{cast.programme.ref}/{page}"


def picture(size: int = 40, kind: str = "PNG") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (size, size), "white").save(drawn, kind)
    return SimpleUploadedFile("emblem.png", drawn.getvalue())
