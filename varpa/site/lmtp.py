"""Taking mail by LMTP: a yes is said only once the mail is kept."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections

from varpa.kernel import clock
from varpa.post import inbound

log = logging.getLogger("varpa.mail")

LARGEST = 64 * 1024 * 1024
"""Bytes that are listened to at all: of a mail above 25 MB its writer is told, above this the mail server."""
AFTER_START_SECONDS = 10


class Taker:
    """What the server does with a mail."""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep it; called by the library, which names it so."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        recipients = ", ".join(envelope.rcpt_tos)
        try:
            await sync_to_async(_keep)(raw, recipients)
        except DatabaseError as error:
            log.warning("a mail was not taken: the database did not answer (%s)", error)
            return "451 4.3.0 not now, please come again"
        return "250 2.0.0 kept"


class _Server(Controller):
    def factory(self) -> SMTP:
        return LMTP(self.handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, decode_data=False)


@contextmanager
def serving(host: str, port: int) -> Iterator[str]:
    """Listen until the block is left; yields the address."""
    server = _Server(Taker(), hostname=host, port=port, ready_timeout=AFTER_START_SECONDS)
    server.start()
    try:
        yield f"{host}:{port}"
    finally:
        server.stop()


def _keep(raw: bytes, recipients: str) -> None:
    close_old_connections()
    # The reader's own key stands in the envelope, where the mail itself names only a list or nobody.
    named = f"Envelope-To: {recipients}\r\n".encode("utf-8", "replace") if recipients else b""
    inbound.keep(named + raw, clock.now())
