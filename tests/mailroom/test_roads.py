"""The whole way with servers of other makers: out by SMTP, the answer in by IMAP, LMTP or a pipe."""

import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cast import Cast, assemble
from tests.mailroom import servers
from tests.mailroom.conftest import mail
from tests.make import NOW
from varpa.mailroom.actions import sort_mail
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.people.models import Person
from varpa.post import fetching, outbox
from varpa.post.inbound import LARGEST
from varpa.post.models import Inbound, InboundState
from varpa.site.cli import main
from varpa.site.lmtp import serving

SECOND = timedelta(seconds=1)


@pytest.fixture
def sent(settings: Any) -> Iterator[servers.Taken]:
    """The mail server to which the outbox speaks."""
    with servers.smtp() as (port, taken):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield taken


@pytest.fixture
def url(settings: Any) -> Iterator[str]:
    """The mailbox of answers."""
    with servers.imap() as address:
        settings.IMAP_URL = address
        yield address
        fetching.close()


def asks(cast: Cast, sent: servers.Taken) -> EmailMessage:
    """Andris asks Elīna something; what reaches her."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Vai ceturtdien der?", by=cast.andris, now=NOW, urgent=True)
    outbox.deliver_due(NOW)
    return sent.saying("Vai ceturtdien der?")


def answers(got: EmailMessage, by: Person, text: str) -> EmailMessage:
    """As a mail program does: to whom Reply-To says, with what it answers quoted below."""
    made = EmailMessage()
    made["From"], made["To"] = f"{by.name} <{by.email}>", str(got["Reply-To"])
    made["Subject"], made["Message-ID"] = f"Re: {got['Subject']}", make_msgid(domain="mail.example")
    made["In-Reply-To"] = made["References"] = str(got["Message-ID"])
    body = got.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    made.set_content(f"{text}\n\n2025-10-14 12:00, {got['From']} rakstīja:\n{quoted}\n")
    return made


@pytest.mark.django_db
class TestImap:
    def test_a_message_is_answered_by_mail(self, cast: Cast, sent: servers.Taken, url: str) -> None:
        got = asks(cast, sent)
        servers.deliver(url, answers(got, cast.elina, "Der, ap desmitiem!"))
        began = time.monotonic()
        assert fetching.fetch_mail(NOW) == 1
        assert sort_mail(NOW) == 1
        assert time.monotonic() - began < 5
        message = Message.objects.latest("pk")
        assert (message.side, message.text, message.by_mail) == ("mentee", "Der, ap desmitiem!", True)
        outbox.deliver_due(NOW + timedelta(minutes=5))
        assert "andris@varpa.example" in sent.saying("Der, ap desmitiem!")["To"]

    def test_nothing_is_fetched_twice_and_nothing_deleted(self, cast: Cast, url: str) -> None:
        servers.deliver(url, mail("Sveiki", by=cast.elina.email or ""))
        assert fetching.fetch_mail(NOW) == 1
        assert fetching.fetch_mail(NOW) == 0
        assert servers.unread(url) == 0
        assert Inbound.objects.count() == 1

    def test_of_a_mail_that_is_too_large_only_the_beginning(self, cast: Cast, url: str) -> None:
        files = (("video.mp4", "video/mp4", b"\0" * (LARGEST + 1)),)
        servers.deliver(url, mail("Lūk", by=cast.elina.email or "", files=files))
        assert fetching.fetch_mail(NOW) == 1
        came = Inbound.objects.get()
        assert not came.whole
        assert came.size > LARGEST > len(came.raw)

    def test_a_mailbox_that_is_away_rests_for_a_minute(self, db: None, settings: Any) -> None:
        settings.IMAP_URL = f"imap://a:b@127.0.0.1:{servers.free_port()}/INBOX"
        assert fetching.fetch_mail(NOW) == 0
        assert fetching._mailbox.rests_until == NOW + 60 * SECOND
        fetching.close()

    def test_a_connection_that_breaks_is_opened_anew(self, cast: Cast, url: str) -> None:
        fetching.fetch_mail(NOW)
        assert fetching._mailbox.connection is not None
        fetching._mailbox.connection.shutdown()
        servers.deliver(url, mail("Sveiki", by=cast.elina.email or ""))
        assert fetching.fetch_mail(NOW) == 0
        assert fetching.fetch_mail(NOW + 61 * SECOND) == 1

    def test_without_a_mailbox_nothing_is_asked(self, db: None, settings: Any) -> None:
        settings.IMAP_URL = ""
        assert fetching.fetch_mail(NOW) == 0


@pytest.mark.django_db(transaction=True)
class TestLmtp:
    def test_a_message_is_answered_by_mail(self, sent: servers.Taken) -> None:
        cast = assemble()
        made = answers(asks(cast, sent), cast.elina, "Der!")
        recipient = made["To"]
        # A mailing system may write another address into the mail than that on the envelope.
        made.replace_header("To", "kopa@skola.example")
        made.replace_header("From", "cita.adrese@inbox.example")
        with serving("127.0.0.1", servers.free_port()) as place:
            host, port = place.split(":")
            with smtplib.LMTP(host, int(port)) as server:
                key = str(recipient).split("<")[1].strip(">")
                assert server.sendmail("elina@varpa.example", [key], made.as_bytes()) == {}
        sort_mail(NOW + timedelta(days=1000))
        assert Message.objects.latest("pk").text == "Der!"


@pytest.mark.django_db
class TestPipe:
    def test_a_mail_is_kept(self, cast: Cast) -> None:
        raw = mail("Sveiki", by=cast.elina.email or "").as_bytes()
        assert CliRunner().invoke(main, ["mail-in"], input=raw).exit_code == 0
        assert Inbound.objects.get().state == InboundState.CAME

    def test_nothing_is_no_mail(self, db: None) -> None:
        told = CliRunner().invoke(main, ["mail-in"], input=b"")
        assert told.exit_code == 1
        assert "no mail" in told.output

    @pytest.mark.parametrize("command", ["mail-in", "lmtp"])
    def test_help_says_how_to_set_it_up(self, command: str) -> None:
        told = CliRunner().invoke(main, [command, "--help"])
        assert told.exit_code == 0
        assert "mail server" in told.output
