"""What the tests of the programmes share: the cast, and somebody signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

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
