"""Mail servers of other makers on loopback: one takes what we send, one holds the mailbox of answers."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Taken:
    """What a mail server was given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 ok"

    def saying(self, words: str) -> EmailMessage:
        """The mail in which these words stand."""
        return next(mail for mail in self.mails if words in _plain(mail))


def _plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


@contextmanager
def smtp() -> Iterator[tuple[int, Taken]]:
    """aiosmtpd, on a free port."""
    taken = Taken()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port, taken
    finally:
        controller.stop()


@contextmanager
def imap() -> Iterator[str]:
    """pymap, on a free port: the address of a mailbox as VARPA_IMAP names it."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    user = ["dict", "--demo-data", "--demo-user", "atbildes", "--demo-password", "slepens"]
    server = subprocess.Popen(
        [sys.executable, "-c", "from pymap.main import main; main()", *options, *user],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        with mailbox(port) as connection:
            _empty(connection)
        yield f"imap://atbildes:slepens@127.0.0.1:{port}/INBOX"
    finally:
        server.terminate()
        server.wait(10)


def deliver(url: str, mail: EmailMessage | bytes) -> None:
    """Put a mail into the mailbox, as the mail server of the school would."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    with mailbox(_port(url)) as connection:
        connection.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw)


def unread(url: str) -> int:
    """How many mails are still marked as new."""
    with mailbox(_port(url)) as connection:
        connection.select("INBOX")
        return len(connection.search(None, "UNSEEN")[1][0].split())


@contextmanager
def mailbox(port: int) -> Iterator[imaplib.IMAP4]:
    connection = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    connection.login("atbildes", "slepens")
    yield connection
    connection.logout()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def _empty(connection: imaplib.IMAP4) -> None:
    connection.select("INBOX")
    connection.store("1:*", "+FLAGS", r"(\Deleted)")
    connection.expunge()


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/")[0])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            # It has not opened its port yet; should it have ended, nobody waits for it.
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"the IMAP server ended with code {server.wait(0.05)}") from None
    raise TimeoutError("the IMAP server did not start")
