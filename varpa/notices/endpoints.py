"""The addresses of push servers: they come from browsers, so nobody may lead us into a network by them."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST = 1000
SECONDS = 5
WHOLE_SECONDS = 10


class WrongAddressError(OSError):
    """The address leads to a private network, or is no https address at all."""


def may_be(endpoint: str) -> bool:
    """Whether an address can be that of a push server: https, a public name, no port of its own."""
    try:
        _parts(endpoint)
    except WrongAddressError:
        return False
    return True


def post(endpoint: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send to a push server and answer its status. No redirect is followed; OSError where nobody answers.

    From a trial copy nothing is sent (WrongAddressError): the devices are those of real people.
    The name is looked up once and the address that was checked is the one spoken to.
    """
    if settings.TRIAL:
        raise WrongAddressError("a trial copy tells nobody")
    parts = _parts(endpoint)
    port = parts.port or 443
    with _connected(parts, port) as connected:
        host = parts.hostname or ""
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = connected
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        try:
            connection.request("POST", target, body, {"Host": parts.netloc, **headers})
            return connection.getresponse().status
        except http.client.HTTPException as error:
            raise ConnectionError(type(error).__name__) from error


@contextmanager
def _connected(parts: SplitResult, port: int) -> Iterator[socket.socket]:
    plain = socket.create_connection((_address(parts.hostname or "", port), port), timeout=SECONDS)
    # A server that sends a letter now and then would otherwise hold the worker up for hours.
    watch = Timer(WHOLE_SECONDS, _hang_up, [plain])
    watch.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            with context.wrap_socket(plain, server_hostname=parts.hostname) as secure:
                watch.args = [secure]
                yield secure
        else:
            yield plain
    finally:
        watch.cancel()
        plain.close()


def _hang_up(connected: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _parts(endpoint: str) -> SplitResult:
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise WrongAddressError from error
    host = parts.hostname or ""
    if len(endpoint) > LONGEST or not endpoint.isascii() or any(each <= " " for each in endpoint):
        raise WrongAddressError
    if settings.PUSH_TO_LOOPBACK and host == "127.0.0.1":
        return parts
    named = "." in host and not _is_number(host)
    if parts.scheme != "https" or not named or parts.username is not None or port not in (None, 443):
        raise WrongAddressError
    return parts


def _is_number(host: str) -> bool:
    """Whether a host is an address of the net instead of a name; also 127.1 and 0x7f.1."""
    return ":" in host or host.rpartition(".")[2][:1].isdigit()


def _address(host: str, port: int) -> str:
    """An address of the net for a name; where one of them is private, none is."""
    found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for each in found:
        asked = ipaddress.ip_address(each.partition("%")[0])
        mapped = getattr(asked, "ipv4_mapped", None) or asked
        is_public = mapped.is_global and not mapped.is_multicast
        if not is_public and not (settings.PUSH_TO_LOOPBACK and mapped.is_loopback):
            raise WrongAddressError
    # Where only one of both is there, it is mostly the older one.
    return sorted(found, key=lambda each: ":" in each)[0]
