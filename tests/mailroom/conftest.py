"""What the tests of the mailroom share: the cast, mails as people's programs write them."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.mailroom.actions import sort_mail
from varpa.people.models import Person
from varpa.post import inbound
from varpa.post.envelope import reply_address
from varpa.post.models import Inbound, Letter
from varpa.site import answers

HOUSE = "atbildes@varpa.example"
assert answers.ROOMS


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


@pytest.fixture(autouse=True)
def _house(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Varpa <varpa@varpa.example>"
    settings.SITE_URL = "https://varpa.example"
    settings.REPLY_ADDRESS = HOUSE


def letter_to(person: Person, kind: str) -> Letter:
    """The last letter of a kind to somebody."""
    return Letter.objects.filter(to_address=person.email, kind=kind).latest("pk")


def mail(
    text: str = "",
    *,
    by: str,
    to: str = HOUSE,
    answers: str = "",
    subject: str = "Re: Varpa",
    files: tuple[tuple[str, str, bytes], ...] = (),
    **headers: str,
) -> EmailMessage:
    """A mail; `files` are (name, kind, content)."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = by, to, subject
    made["Message-ID"] = make_msgid(domain="mail.example")
    if answers:
        made["In-Reply-To"] = made["References"] = answers
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def answer(letter: Letter, text: str, *, by: str = "", key: bool = True, **more: Any) -> EmailMessage:
    """The answer to a letter, from its reader's address, with the letter quoted below."""
    quoted = "\n".join(f"> {line}" for line in letter.text.split("\n"))
    introduced = f"2025-10-14 12:00, Varpa <varpa@varpa.example> rakstīja:\n{quoted}"
    to = reply_address(letter.ref) if key else "varpa@varpa.example"
    return mail(
        f"{text}\n\n{introduced}\n",
        by=by or f"{letter.to_name} <{letter.to_address}>",
        to=to,
        answers="" if key else letter.message_id,
        **more,
    )


def bring(*mails: EmailMessage | bytes, now: datetime = NOW) -> list[Inbound]:
    """Let mails come, and the worker's duty pass once; what became of them."""
    came = [inbound.keep(each if isinstance(each, bytes) else each.as_bytes(), now) for each in mails]
    sort_mail(now)
    for each in came:
        each.refresh_from_db()
    return came
