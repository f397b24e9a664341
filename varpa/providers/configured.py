"""Whose accounts sign in: `sign-in.toml` in the data folder, written by whoever runs the server.

Read before Django wakes up. A provider that is written down wrongly is left out and told in a sentence;
the others, and every other way of signing in, go on.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

FILE: Final = "sign-in.toml"
NEEDED: Final = ("name", "server", "client_id", "client_secret")
TRUSTED: Final = "trusted_domains"
_KEY = re.compile(r"[a-z][a-z0-9-]{0,29}")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
MOST_LETTERS: Final = {"name": 40, "server": 200, "client_id": 200, "client_secret": 500}


@dataclass(frozen=True)
class Provider:
    """`key`: its name in the file and in addresses; `name`: on the button; `server`: where it answers.

    `trusted`: domains of which an address holds although the provider does not say that it has verified it.
    """

    key: str
    name: str
    server: str
    client_id: str
    client_secret: str
    trusted: tuple[str, ...] = ()

    def trusts(self, address: str) -> bool:
        return address.rpartition("@")[2].strip().lower() in self.trusted


def read(path: Path) -> tuple[tuple[Provider, ...], tuple[str, ...]]:
    """The providers that are written down well, and what is wrong with the others; without a file none."""
    if not path.exists():
        return (), ()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return (), (f"{path.name} cannot be read: {error}.",)
    except tomllib.TOMLDecodeError as error:
        return (), (f"{path.name} is not written as TOML: {error}.",)
    providers: list[Provider] = []
    faults: list[str] = []
    for key, given in written.items():
        wrong = list(_wrong(key, given, {each.server for each in providers}))
        faults += [f"{path.name}, [{key}]: {fault}" for fault in wrong]
        if not wrong:
            said = {name: given[name].strip() for name in NEEDED}
            said["server"] = _without_end(said["server"])
            trusted = tuple(domain.strip().lower() for domain in given.get(TRUSTED, ()))
            providers.append(Provider(key=key, trusted=trusted, **said))
    return tuple(providers), tuple(faults)


def is_safe(address: str) -> bool:
    """Whether what goes there is read by nobody on the way: TLS, or this very computer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )


def _wrong(key: str, given: Any, servers: set[str]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield "write a heading in square brackets, such as [school], and the lines below it."
        return
    if not _KEY.fullmatch(key):
        yield "the heading may have small letters a–z, digits and hyphens, and begins with a letter."
    for name in NEEDED:
        text = given.get(name)
        if not isinstance(text, str) or not text.strip():
            yield f'{name} is missing: {name} = "…".'
        elif len(text) > MOST_LETTERS[name]:
            yield f"{name} is too long: at most {MOST_LETTERS[name]} characters."
    for name in sorted(given.keys() - {*NEEDED, TRUSTED}):
        yield f"{name} is not known here. Known are {', '.join((*NEEDED, TRUSTED))}."
    server = given.get("server")
    if isinstance(server, str) and server.strip():
        if not is_safe(server.strip()) or "?" in server or "#" in server:
            yield "server has to be an address that begins with https://."
        elif _without_end(server.strip()) in servers:
            yield "another heading above has the same server."
    domains = given.get(TRUSTED, [])
    if not isinstance(domains, list) or not all(_is_domain(each) for each in domains):
        yield f'{TRUSTED} has to be a list of domains, such as {TRUSTED} = ["school.example"].'


def _is_domain(given: object) -> bool:
    return isinstance(given, str) and _DOMAIN.fullmatch(given.strip().lower()) is not None


def _without_end(server: str) -> str:
    """The address as the provider names itself, whichever of its two forms was copied."""
    return server.removesuffix("/.well-known/openid-configuration").rstrip("/")
