"""Finding a port to listen on, and asking whether the site answers there."""

import socket
import urllib.error
import urllib.request

PORT = 8000
TRIED = 100
LAST = 65535


class PortTaken(Exception):  # noqa: N818 - said to whoever starts the site, in its own words
    """The port that was asked for is none, or it or every port tried belongs to another program."""


def choose(host: str, asked: int | None) -> int:
    """The port asked for, else 8000 or the next free one. Raises PortTaken."""
    if asked is not None:
        if not 0 < asked <= LAST:
            raise PortTaken(
                f"There is no port {asked}: ports are numbers from 1 to {LAST}. Ask for another one."
            )
        if not free(host, asked):
            raise PortTaken(f"Port {asked} is taken by another program. End it, or ask for another port.")
        return asked
    for port in range(PORT, PORT + TRIED):
        if free(host, port):
            return port
    raise PortTaken(f"The ports {PORT} to {PORT + TRIED - 1} are all taken. Ask for another one.")


def free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(address: str) -> bool:
    """Whether the site at this address is up and reaches its database."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
