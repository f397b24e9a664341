"""A mail server of a few lines, on loopback, that can be told to behave badly at any step."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from threading import Thread

REPLIES = {
    "EHLO": "250 varpa.example",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "RSET": "250 ok",
    "DATA": "354 go on",
}


class MailServer:
    """`trouble` is a step (connect, EHLO, MAIL, RCPT, DATA, body, taken) and what happens there.

    "hang" answers nothing, "drop" ends the connection, anything else is the answer that is given. At `taken`
    the letter is the server's already, and its answer is what goes wrong.
    """

    def __init__(self) -> None:
        self.trouble: dict[str, str] = {}
        self.letters: list[Message] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def serve(self) -> None:
        """Take one connection after the other until it is closed."""
        with suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                self.connections += 1
                with connection, suppress(OSError, _Dropped):
                    self._talk(connection)

    def close(self) -> None:
        # A blocked accept() is woken by shutting the socket down; closing alone would leave it waiting.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what it took; one that came twice is there twice."""
        return [str(letter["Message-ID"]) for letter in self.letters]

    def _talk(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        self._answer(connection, "connect", "220 varpa.example")
        for line in lines:
            verb = line[:4].decode().upper().strip()
            if verb == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            if self._answer(connection, verb, REPLIES.get(verb, "250 ok")) and verb == "DATA":
                self._take(connection, lines)

    def _take(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        if self.trouble.get("body") == "drop":
            raise _Dropped
        body = []
        for line in lines:
            if line == b".\r\n":
                break
            body.append(line)
        else:
            raise _Dropped
        if self.trouble.get("taken", "250")[:1] not in "45":
            self.letters.append(message_from_bytes(b"".join(body)))
        self._answer(connection, "taken", "250 taken")

    def _answer(self, connection: socket.socket, step: str, usual: str) -> bool:
        """Give the usual answer, or do what was told; whether the usual one was given."""
        told = self.trouble.get(step, usual)
        if told == "hang":
            while connection.recv(4096):
                pass
            raise _Dropped
        if told == "drop":
            raise _Dropped
        connection.sendall(f"{told}\r\n".encode())
        return told == usual


class _Dropped(Exception):  # noqa: N818 - it says what happened, and nobody else sees it
    pass


@contextmanager
def running() -> Iterator[MailServer]:
    """A server for one test."""
    server = MailServer()
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(5)
