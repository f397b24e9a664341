"""Fetching mail from a mailbox by IMAP (RFC 3501), with the standard library.

A mail is marked as read once it is kept, never before: what breaks off in between, and what the server does
not give, is fetched again, and kept once by its Message-ID. Nothing is deleted: a school may keep its mailbox
as it likes.
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
    rests_until: datetime | None = None
    tried: dict[bytes, int] = field(default_factory=dict)
    """How often each unread mail was asked for, by its UID, also over a connection that broke."""


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
    connection.response("UIDVALIDITY")
    _mailbox.connection = connection
    return connection


def _keep_new(connection: imaplib.IMAP4, now: datetime) -> int:
    connection.noop()
    state, found = connection.uid("SEARCH", "UNSEEN")
    if state != "OK":
        raise imaplib.IMAP4.error(f"asked what is unread, it answers {state}")
    new = b" ".join(each or b"" for each in found).split()
    tried = _mailbox.tried = {key: _mailbox.tried.get(key, 0) for key in new}
    kept = 0
    # What was tried in vain comes last: one mail that cannot be given, or at which the server hangs up, holds
    # none of the others up.
    for key in sorted(new, key=lambda key: tried[key])[:AT_ONCE]:
        tried[key] += 1
        if _is_kept(connection, key.decode(), now):
            kept += 1
        elif tried[key] == 1:
            log.warning("the mailbox of answers does not give mail %s; it stays unread", key.decode())
    return kept


def _is_kept(connection: imaplib.IMAP4, name: str, now: datetime) -> bool:
    """Keep one mail, and mark it as read; False where that could not be done."""
    size = _size(_told(connection, name, "RFC822.SIZE"))
    if size is None:
        return False
    if size:
        wanted = "BODY.PEEK[]" if size <= inbound.LARGEST else f"BODY.PEEK[]<0.{inbound.BEGINNING}>"
        raw = _content(_told(connection, name, wanted))
        if not raw:
            return False
        inbound.keep(raw, now, size=max(size, len(raw)))
    if connection.response("UIDVALIDITY")[1] != [None]:
        raise imaplib.IMAP4.abort("its mails have been numbered anew")
    return bool(connection.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)")[0] == "OK")


def _told(connection: imaplib.IMAP4, name: str, what: str) -> list[object]:
    """What the server answers for one mail; nothing where it says NO or BAD."""
    # What it sent before it said NO to another mail would be taken for this one.
    connection.response("FETCH")
    try:
        state, told = connection.uid("FETCH", name, f"({what})")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        log.warning("the mailbox of answers refuses to give mail %s (%s)", name, error)
        return []
    return list(told) if state == "OK" else []


def _size(told: list[object]) -> int | None:
    heads = (each[0] if isinstance(each, tuple) else each for each in told)
    found = (_SIZE.search(head) for head in heads if isinstance(head, bytes))
    return next((int(each[1]) for each in found if each), None)


def _content(told: list[object]) -> bytes:
    return next((bytes(each[1]) for each in told if isinstance(each, tuple) and len(each) > 1), b"")
