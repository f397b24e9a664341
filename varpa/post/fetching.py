"""Fetching mail from a mailbox by IMAP (RFC 3501), with the standard library.

A mail is marked as read once it is kept, never before: what breaks off in between is fetched again, and kept
once by its Message-ID. Nothing is deleted: a school may keep its mailbox as it likes.
"""

import imaplib
import logging
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import unquote, urlparse

from django.conf import settings

from varpa.post import inbound

log = logging.getLogger("varpa.mail")

PATIENCE = 10.0
"""Seconds that the mailbox may take to answer: the worker has other duties."""
RESTS = timedelta(minutes=1)
AT_ONCE = 20
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_AWAY = (OSError, imaplib.IMAP4.error)


@dataclass
class Mailbox:
    """One mailbox with its open connection; `rests_until` where it did not answer lately."""

    connection: imaplib.IMAP4 | None = None
    url: str = ""
    rests_until: datetime | None = field(default=None)


_mailbox = Mailbox()


def fetch_mail(now: datetime) -> int:
    """For the schedule: keep what is new in the mailbox (VARPA_IMAP); answers how many mails.

    A mailbox that does not answer is left alone for a minute.
    """
    if not settings.IMAP_URL or (_mailbox.rests_until and now < _mailbox.rests_until):
        return 0
    try:
        count = _keep_new(_opened(), now)
    except _AWAY as error:
        log.warning("the mailbox of answers does not answer (%s); tried again in a minute", error)
        close()
        _mailbox.rests_until = now + RESTS
        return 0
    _mailbox.rests_until = None
    return count


def close() -> None:
    """Leave the mailbox."""
    connection, _mailbox.connection, _mailbox.rests_until = _mailbox.connection, None, None
    if connection is not None:
        with suppress(*_AWAY):
            connection.logout()


def _opened() -> imaplib.IMAP4:
    if _mailbox.connection is not None and _mailbox.url == settings.IMAP_URL:
        return _mailbox.connection
    close()
    _mailbox.url = settings.IMAP_URL
    place = urlparse(settings.IMAP_URL)
    host, secure = place.hostname or "localhost", place.scheme == "imaps"
    connection: imaplib.IMAP4
    if secure:
        context = ssl.create_default_context()
        connection = imaplib.IMAP4_SSL(host, place.port or 993, ssl_context=context, timeout=PATIENCE)
    else:
        connection = imaplib.IMAP4(host, place.port or 143, timeout=PATIENCE)
        if place.scheme == "imap+tls":
            connection.starttls(ssl.create_default_context())
    connection.login(unquote(place.username or ""), unquote(place.password or ""))
    folder = unquote(place.path.lstrip("/")) or "INBOX"
    state, _told = connection.select(f'"{folder}"')
    if state != "OK":
        raise imaplib.IMAP4.error(f"there is no folder {folder}")
    _mailbox.connection = connection
    return connection


def _keep_new(connection: imaplib.IMAP4, now: datetime) -> int:
    connection.noop()
    _state, found = connection.uid("SEARCH", "UNSEEN")
    keys = (found[0] or b"").split()[:AT_ONCE]
    for key in keys:
        name = key.decode()
        size = _size(connection, name)
        wanted = "BODY.PEEK[]" if size <= inbound.LARGEST else f"BODY.PEEK[]<0.{inbound.BEGINNING}>"
        raw = _content(connection.uid("FETCH", name, f"({wanted})")[1])
        if raw:
            inbound.keep(raw, now, size=max(size, len(raw)))
        connection.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)")
    return len(keys)


def _size(connection: imaplib.IMAP4, name: str) -> int:
    _state, told = connection.uid("FETCH", name, "(RFC822.SIZE)")
    for each in told:
        found = _SIZE.search(each[0] if isinstance(each, tuple) else each or b"")
        if found:
            return int(found[1])
    return 0


def _content(told: list[object]) -> bytes:
    return next((bytes(each[1]) for each in told if isinstance(each, tuple) and len(each) > 1), b"")
