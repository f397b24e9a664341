"""The outbox against a real conversation with a mail server that refuses, hangs, drops, or is not there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.post.conftest import NOW, write
from tests.post.smtp import MailServer, running
from varpa.post import outbox
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with running() as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield made


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def three() -> list[str]:
    """Three letters of one thread; their Message-IDs in order."""
    return [write(once=f"letter {number}", now=after(number / 100)).message_id for number in range(3)]


def test_letters_arrive_whole_and_in_order(server: MailServer) -> None:
    ids = three()
    assert outbox.deliver_due(after(1)) == 3
    assert server.ids == ids
    assert server.letters[2]["References"].split() == ids[:2]
    assert server.letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("how", ["hang", "drop", "421 closing", "451 later"])
@pytest.mark.parametrize("step", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "body", "taken"])
def test_whatever_goes_wrong_no_letter_is_lost_and_the_order_stays(
    server: MailServer, step: str, how: str
) -> None:
    ids = three()
    server.trouble = {step: how}
    assert outbox.deliver_due(after(1)) == 0 or (step, how) in NO_TROUBLE
    server.trouble = {}
    for minute in (3, 9, 30):
        outbox.deliver_due(after(minute))
    assert states() == [LetterState.SENT] * 3
    once = list(dict.fromkeys(server.ids))
    assert once == ids
    # What was taken without an answer, and only that, came a second time.
    assert len(server.ids) - len(once) == (1 if step == "taken" and how in ("hang", "drop") else 0)


# The library goes on by HELO where EHLO is refused, and a body is not answered line by line.
NO_TROUBLE = {
    ("EHLO", "451 later"),
    ("EHLO", "421 closing"),
    ("body", "hang"),
    ("body", "421 closing"),
    ("body", "451 later"),
}


def test_a_reader_who_is_not_known_there_fails_at_once(server: MailServer) -> None:
    write()
    server.trouble = {"RCPT": "550 no such user"}
    assert outbox.deliver_due(NOW) == 0
    assert states() == [LetterState.FAILED]
    assert Letter.objects.get().error == "recipient 550"


def test_a_letter_that_is_refused_is_tried_again(server: MailServer) -> None:
    write()
    server.trouble = {"taken": "554 looks like spam"}
    assert outbox.deliver_due(NOW) == 0
    assert states() == [LetterState.QUEUED]
    assert Letter.objects.get().error == "letter 554"


def test_no_server_at_all_loses_nothing(server: MailServer) -> None:
    write()
    server.close()
    assert outbox.deliver_due(NOW) == 0
    assert states() == [LetterState.QUEUED]
    assert Letter.objects.get().error == "ConnectionRefusedError"
