"""A mailbox of files, where no mail server is set: one .eml a letter."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

_UNSAFE = re.compile(r"[^A-Za-z0-9.@_-]")


class FileMailbox(BaseEmailBackend):
    """Writes each message into `settings.MAILBOX`; a letter that is sent again overwrites itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write whole files only: a reader never sees half a letter."""
        folder = Path(settings.MAILBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for each in email_messages:
            _write(folder, each)
        return len(email_messages)


def letters_in(folder: Path) -> int:
    """How many distinct letters lie in a mailbox."""
    return sum(1 for _file in folder.glob("*.eml"))


def _write(folder: Path, each: EmailMessage) -> None:
    written = each.message()
    name = _UNSAFE.sub("_", str(written["Message-ID"]).strip("<>"))
    handle, path = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(written.as_bytes())
        os.replace(path, folder / f"{name}.eml")
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
