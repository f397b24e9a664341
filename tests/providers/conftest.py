"""What the tests of accounts elsewhere share: a real provider on this computer, and signing in by it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import oidc_provider_mock
import pytest
import requests
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast, assemble
from varpa.providers import discovery
from varpa.providers.configured import Provider

BEGIN, BACK = "/sign-in/with/school/", "/sign-in/with/school/back/"


@dataclass
class School:
    """The provider: people have accounts there, each with a subject and what is said of it."""

    server: str

    def has(self, subject: str, email: str, **more: Any) -> None:
        self.says(subject, **{"email": email, "email_verified": True, **more})

    def says(self, subject: str, **said: Any) -> None:
        requests.put(f"{self.server}/users/{quote(subject)}", json=said, timeout=5).raise_for_status()

    def asks(self, where: str, **given: str) -> str:
        """Whoever stands on the provider's page answers it; where the provider then sends the browser."""
        answer = requests.post(where, data=given, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        sent = urlsplit(answer.headers["Location"])
        return f"{sent.path}?{sent.query}"


@pytest.fixture(scope="session")
def answering() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def school(answering: str, settings: Any) -> School:
    settings.SIGN_IN_PROVIDERS = (Provider("school", "Rīgas skola", answering, "varpa", "secret"),)
    discovery.forget()
    cache.clear()
    return School(answering)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def begin(client: Client, **more: str) -> str:
    """Press the button; where the page leads on to."""
    answer = client.post(BEGIN, more)
    assert answer.status_code == 200, answer.headers
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert found
    return html.unescape(found.group(1))


def sign_in(client: Client, school: School, subject: str, **more: str) -> Any:
    """The whole way; answers what comes of the provider's sending back."""
    return client.get(school.asks(begin(client, **more), sub=subject))
