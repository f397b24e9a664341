"""Where a provider answers: asked of itself, and kept for an hour.

A provider that is down is left alone for half a minute: who asks meanwhile is told at once, and keeps no
thread of the site waiting. One thread at a time asks; an answer that is long or drips is cut off.
"""

import json
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

import requests
from django.conf import settings

from varpa.providers.configured import Provider, is_safe

KEPT_SECONDS: Final = 3600
LEFT_ALONE_SECONDS: Final = 30
LONGEST: Final = 256 * 1024
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class UnreachableError(Exception):
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
    if known.until < time.monotonic() and known.lock.acquire(blocking=False):
        try:
            _learn(known, provider)
        finally:
            known.lock.release()
    # Where another thread asks just now, what was said before still holds.
    said = known.said
    if isinstance(said, str):
        raise UnreachableError(said or f"{provider.server} does not answer yet: it is being asked.")
    return said


def _learn(known: _Known, provider: Provider) -> None:
    if known.until >= time.monotonic():
        return
    try:
        known.said, lasts = ask(provider), KEPT_SECONDS
    except UnreachableError as error:
        known.said, lasts = str(error), LEFT_ALONE_SECONDS
    known.until = time.monotonic() + lasts


def forget() -> None:
    """Ask anew next time."""
    _known.clear()


def ask(provider: Provider) -> dict[str, Any]:
    """Ask a provider now; raises UnreachableError."""
    where = f"{provider.server}/.well-known/openid-configuration"
    try:
        said = json.loads(_read(where))
    except (requests.RequestException, ValueError) as error:
        raise UnreachableError(f"{where} does not answer: {error}.") from error
    if not isinstance(said, dict) or str(said.get("issuer", "")).rstrip("/") != provider.server:
        issuer = said.get("issuer", "") if isinstance(said, dict) else ""
        raise UnreachableError(f"{where} is not that of {provider.server}: it names itself “{issuer}”.")
    lacking = [name for name in ENDPOINTS if not is_safe(str(said.get(name, "")))]
    if lacking:
        raise UnreachableError(f"{where} names no safe {', '.join(lacking)}.")
    return said


def _read(where: str) -> bytes:
    """What stands at an address, within the time and the length that what a provider says of itself has."""
    seconds = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT
    ends = time.monotonic() + seconds
    heard = b""
    with requests.get(where, timeout=seconds, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        # As it comes: a larger piece would be waited for until it is full.
        for piece in answer.iter_content(1):
            heard += piece
            if len(heard) > LONGEST:
                raise requests.RequestException(f"it says more than {LONGEST} bytes")
            if time.monotonic() > ends:
                raise requests.Timeout(f"it is not done within {seconds} seconds")
    return heard
