"""A virus scanner that an installation may have: ClamAV's clamd, spoken to by its own few words (INSTREAM).

Off unless VARPA_SCANNER names one. Where it is named and does not answer, nothing is kept: a file that
nobody has looked at is not let through because the scanner rests. Whoever keeps a file may hold the
database meanwhile: a scanner that does not answer is left alone for half a minute. Why no library (decision
0040): the free one had its last release in 2014, the kept one is under the GPL.
"""

import socket
import struct
from contextlib import closing
from time import monotonic
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings

from varpa.files.refusals import Infected, NotScanned

SECONDS: Final = 5
"""Within so long a file has to be looked through, whatever the scanner does meanwhile."""
LEFT_ALONE_SECONDS: Final = 30
PIECE: Final = 64 * 1024
ANSWER: Final = 4096
"""An answer is one line; what says more is no scanner."""
_left_alone: dict[str, float] = {}
"""Until when a scanner is not asked, by its address; of this process."""


def require_clean(content: bytes) -> None:
    """Raise Infected, or NotScanned where the scanner does not say that a file is clean."""
    if not settings.SCANNER_URL:
        return
    if monotonic() < _left_alone.get(settings.SCANNER_URL, 0):
        raise NotScanned()
    try:
        said = _asked(b"zINSTREAM\0", content)
    except (OSError, ValueError) as error:
        # A scanner that cuts the connection is there, and may take the next file.
        if isinstance(error, TimeoutError):
            _left_alone[settings.SCANNER_URL] = monotonic() + LEFT_ALONE_SECONDS
        raise NotScanned() from error
    if said.endswith(" FOUND"):
        raise Infected()
    if said != "stream: OK":
        raise NotScanned()


def fault() -> str:
    """Why the scanner of this installation cannot be asked; "" where it answers, or there is none."""
    if not settings.SCANNER_URL:
        return ""
    try:
        said = _asked(b"zPING\0")
    except (OSError, ValueError) as error:
        return f"VARPA_SCANNER does not answer ({error}): no file is taken in until it does."
    return "" if said == "PONG" else "VARPA_SCANNER is no clamd: no file is taken in until it is one."


def _asked(command: bytes, content: bytes | None = None) -> str:
    """What the scanner says to a command; a file goes along in pieces, each with its length before it."""
    ends = monotonic() + SECONDS
    with closing(_opened(ends)) as scanner:
        _send(scanner, command, ends)
        if content is not None:
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                _send(scanner, struct.pack(">I", len(piece)) + piece, ends)
            _send(scanner, struct.pack(">I", 0), ends)
        return _heard(scanner, ends)


def _opened(ends: float) -> socket.socket:
    """A connection to the first address that takes one, all within the same time."""
    refused: OSError = ConnectionError("it has no address")
    for family, address in _addresses():
        made = socket.socket(family)
        try:
            made.settimeout(_left(ends))
            made.connect(address)
        except OSError as error:
            made.close()
            refused = error
        else:
            return made
    raise refused


def _addresses() -> list[tuple[int, Any]]:
    """tcp://host:port or unix:///run/clamav/clamd.ctl; ValueError where it is neither."""
    named = urlsplit(settings.SCANNER_URL)
    if named.scheme == "tcp" and named.hostname and named.port:
        found = socket.getaddrinfo(named.hostname, named.port, type=socket.SOCK_STREAM)
        return [(family, address) for family, _type, _protocol, _name, address in found]
    if named.scheme != "unix" or not named.path:
        raise ValueError("write tcp://host:port or unix:///path")
    return [(socket.AF_UNIX, unquote(named.path))]


def _send(scanner: socket.socket, data: bytes, ends: float) -> None:
    scanner.settimeout(_left(ends))
    scanner.sendall(data)


def _heard(scanner: socket.socket, ends: float) -> str:
    """One answer up to its null character; ValueError where it breaks off or never ends."""
    heard = b""
    while not heard.endswith(b"\0"):
        scanner.settimeout(_left(ends))
        more = scanner.recv(ANSWER)
        heard += more
        if not more or len(heard) > ANSWER:
            raise ValueError("the answer breaks off")
    return heard[:-1].decode(errors="replace")


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError(f"no answer within {SECONDS} seconds")
    return left
