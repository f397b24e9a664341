"""Where a provider answers: asked of itself, and kept for an hour.

A provider that is down is left alone for half a minute: who asks meanwhile is told at once, and keeps no
thread of the site waiting.
"""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings

from varpa.providers.configured import Provider, is_safe

KEPT_SECONDS: Final = 3600
LEFT_ALONE_SECONDS: Final = 30
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


# The library's kinds of failure are what its pages of signing in look for; it brings no types.
class UnreachableError(OAuth2Error):  # type: ignore[misc]  # allauth is untyped
    """What a provider answered, or that it did not; in a sentence for whoever runs the server."""


@dataclass
class _Known:
    lock: Lock = field(default_factory=Lock)
    until: float = 0
    said: dict[str, Any] | str = ""


_known: dict[str, _Known] = {}


def discovered(provider: Provider) -> dict[str, Any]:
    """What a provider says of itself; raises UnreachableError."""
    known = _known.setdefault(provider.server, _Known())
    with known.lock:
        if known.until < time.monotonic():
            try:
                known.said, lasts = ask(provider), KEPT_SECONDS
            except UnreachableError as error:
                known.said, lasts = str(error), LEFT_ALONE_SECONDS
            known.until = time.monotonic() + lasts
        if isinstance(known.said, str):
            raise UnreachableError(known.said)
        return known.said


def forget() -> None:
    """Ask anew next time."""
    _known.clear()


def ask(provider: Provider) -> dict[str, Any]:
    """Ask a provider now; raises UnreachableError."""
    where = f"{provider.server}/.well-known/openid-configuration"
    try:
        answer = requests.get(where, timeout=settings.SOCIALACCOUNT_REQUESTS_TIMEOUT, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except requests.RequestException as error:
        raise UnreachableError(f"{where} does not answer: {error}.") from error
    if not isinstance(said, dict) or str(said.get("issuer", "")).rstrip("/") != provider.server:
        issuer = said.get("issuer", "") if isinstance(said, dict) else ""
        raise UnreachableError(f"{where} is not that of {provider.server}: it names itself “{issuer}”.")
    lacking = [name for name in ENDPOINTS if not is_safe(str(said.get(name, "")))]
    if lacking:
        raise UnreachableError(f"{where} names no safe {', '.join(lacking)}.")
    return said
