"""Who comes back is known by a session that is still good, and by nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, assemble
from varpa.people.sessions import Backend, SessionStore

pytestmark = pytest.mark.django_db
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def seen(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_session_lasts_until_it_expires(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    assert seen(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not seen(client)


def test_a_session_of_nobody_is_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    client.cookies["sessionid"] = "0" * 32
    assert not seen(client)
    assert SessionStore("0" * 32).load() == {}


def test_somebody_who_is_no_longer_active_is_not_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    assert Backend().get_user(cast.elina.pk) == cast.elina
    cast.elina.is_active = False
    cast.elina.save()
    assert Backend().get_user(cast.elina.pk) is None
    assert Backend().get_user(0) is None
    assert not seen(client)


def test_a_session_ends_when_what_proves_it_changes(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina)
    cast.elina.set_password("another")
    cast.elina.save()
    assert not seen(client)


def test_whoever_signed_in_before_stays_signed_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.elina, backend=ALLAUTH)
    assert seen(client)
