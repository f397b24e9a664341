"""The page on which two people stand beside each other before they become one."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from tests.merges.test_actions import busy
from varpa.applications.actions.talks import add_note
from varpa.kernel.refs import new_ref
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


def address(cast: Cast, second: Membership) -> str:
    return f"/programmes/{cast.programme.ref}/people/together/{cast.elina.ref}/{second.person.ref}/"


def by_manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.inga)
    return client


def test_what_goes_along_is_counted(cast: Cast, second: Membership) -> None:
    busy(cast, second)
    add_note(membership=second, text="Vēlreiz.", ref=new_ref(), by=cast.inga, now=NOW)
    told = by_manager(cast).get(address(cast, second)).context["rows"]
    assert {str(name): rows for name, rows in told}["Notes"] == 2, told


def test_however_much_goes_along_the_page_asks_as_often(
    cast: Cast, second: Membership, django_assert_num_queries: Any
) -> None:
    client = by_manager(cast)
    client.get(address(cast, second))
    with django_assert_num_queries(QUERIES):
        client.get(address(cast, second))
    busy(cast, second)
    with django_assert_num_queries(QUERIES):
        client.get(address(cast, second))


def test_whoever_runs_another_programme_finds_nobody_here(cast: Cast, second: Membership) -> None:
    client = Client()
    client.force_login(cast.tomas)
    assert client.get(address(cast, second)).status_code == 404


QUERIES = 21
"""A mentee who is there twice: pairs, locks and permissions of both are looked at too."""
