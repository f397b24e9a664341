"""The mailbox of files, where no mail server is set."""

import email
import email.policy
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage

from tests.post.conftest import NOW, RIMANTAS, write
from varpa.post import outbox
from varpa.post.mailbox import FileMailbox, letters_in
from varpa.post.models import LetterState


@pytest.fixture(autouse=True)
def mailbox(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "varpa.post.mailbox.FileMailbox"
    settings.MAILBOX = tmp_path / "deep" / "mailbox"
    return tmp_path / "deep" / "mailbox"


def send(message_id: str = "<a@b>", subject: str = "x") -> None:
    FileMailbox().send_messages([EmailMessage(subject, "text", headers={"Message-ID": message_id})])


@pytest.mark.django_db
def test_each_letter_is_a_file_that_a_mail_program_opens(mailbox: Path) -> None:
    letter = write()
    write(to=RIMANTAS, once="other")
    assert outbox.deliver_due(NOW) == 2
    assert letters_in(mailbox) == 2
    path = mailbox / f"{letter.ref}@varpa.example.eml"
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == letter.subject


def test_a_letter_that_comes_again_lies_there_once(mailbox: Path) -> None:
    send()
    send(subject="again")
    assert letters_in(mailbox) == 1
    assert b"Subject: again" in (mailbox / "a@b.eml").read_bytes()


def test_a_message_id_cannot_leave_the_folder(mailbox: Path) -> None:
    send("<../../../etc/x@y>")
    assert [path.name for path in mailbox.iterdir()] == [".._.._.._etc_x@y.eml"]


@pytest.mark.django_db
def test_a_full_disk_leaves_no_half_letter_and_the_letter_waits(mailbox: Path) -> None:
    letter = write()
    with patch("varpa.post.mailbox.os.replace", side_effect=OSError(28, "No space left on device")):
        assert outbox.deliver_due(NOW) == 0
    letter.refresh_from_db()
    assert letter.state == LetterState.QUEUED
    assert list(mailbox.iterdir()) == []
