"""What the tests of the second step share: an app that shows codes, and signing in by mail."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.people.conftest import CODE, ask, newest_code
from varpa.factors.actions import set_up_app
from varpa.people.models import Person

AT = 1_900_000_010
"""Seconds since 1970: when it is for apps with codes; in the middle of one of their half minutes."""
SECOND, OVERVIEW = "/sign-in/second-step/", "/me/sign-in/"


@pytest.fixture(autouse=True)
def half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The half minute never ends while a code is on its way."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: AT))


@pytest.fixture
def cast() -> Cast:
    return assemble()


def shown(secret: str, steps: int = 0) -> str:
    """What the app shows now, or was to show so many half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, AT // 30 + steps)))


def with_app(person: Person) -> str:
    """Somebody has set up an app; answers its secret."""
    secret = str(generate_totp_secret())
    set_up_app(person=person, secret=secret, now=make.NOW)
    cache.clear()
    return secret


def codes_of(person: Person) -> list[str]:
    kept: Any = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return list(kept.wrap().get_unused_codes())


def by_mail(client: Client, person: Person, **more: str) -> str:
    """Sign in by the code that is mailed; answers where one is led."""
    ask(client, person.email or "", **more)
    return client.post(CODE, {"code": newest_code(), **more}).headers.get("Location", "")


def confirmed(client: Client, person: Person, secret: str, steps: int = 0) -> None:
    """Signed in, with the second step done just now."""
    client.force_login(person)
    client.post(f"{OVERVIEW}again/", {"code": shown(secret, steps)})
