"""Mail servers that behave badly, as backends of Django."""

import smtplib
from collections.abc import Callable, Sequence

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

Behaviour = Callable[[EmailMessage], None]


class Server(BaseEmailBackend):
    """Takes letters into `taken`, unless `behave` raises first; `after` may raise when it has taken one."""

    def __init__(self, behave: Behaviour | None = None, after: Behaviour | None = None) -> None:
        super().__init__()
        self.behave = behave
        self.after = after
        self.taken: list[EmailMessage] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for each in email_messages:
            if self.behave:
                self.behave(each)
            self.taken.append(each)
            if self.after:
                self.after(each)
        return len(email_messages)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what it took, in order; one that came twice is there twice."""
        return [str(each.message()["Message-ID"]) for each in self.taken]

    @property
    def subjects(self) -> list[str]:
        return [str(each.subject) for each in self.taken]


def installed(monkeypatch: pytest.MonkeyPatch, server: BaseEmailBackend) -> None:
    """Let the outbox speak to this server."""
    monkeypatch.setattr(mail, "get_connection", lambda *args, **kwargs: server)


def away(_each: EmailMessage) -> None:
    raise ConnectionRefusedError


def hangs(_each: EmailMessage) -> None:
    raise TimeoutError


def drops(_each: EmailMessage) -> None:
    raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def no_such_reader(_each: EmailMessage) -> None:
    raise smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})


def come_later(_each: EmailMessage) -> None:
    raise smtplib.SMTPRecipientsRefused({"x": (451, b"greylisted")})


def dislikes(_each: EmailMessage) -> None:
    raise smtplib.SMTPDataError(554, b"looks like spam")


class Killed(BaseException):
    """The worker's process ends here: nothing after it runs."""


def kills(_each: EmailMessage) -> None:
    raise Killed
