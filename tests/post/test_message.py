"""A letter as a mail message: alternatives, headers, and names that are hostile."""

import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest

from tests.post.conftest import CODE, ELINA, NOW, RIMANTAS, write
from varpa.post import outbox
from varpa.post.calendar import invitation
from varpa.post.envelope import CalendarPart
from varpa.post.message import message
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


def sent(letter: Letter) -> EmailMessage:
    """The letter as a mail program would read it."""
    read = email.message_from_bytes(message(letter).message().as_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def content(read: EmailMessage, kind: str) -> str:
    return str(next(part for part in read.walk() if part.get_content_type() == kind).get_content())


def test_a_letter_has_a_plain_and_an_html_form() -> None:
    read = sent(write())
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "Andris Ozols gaida tavus jautājumus." in content(read, "text/plain")
    assert "Andris Ozols gaida tavus jautājumus." in content(read, "text/html")


def test_the_headers_say_whose_in_which_language_and_that_a_machine_wrote() -> None:
    letter = write(to=RIMANTAS)
    read = sent(letter)
    assert read["Subject"] == "Ko paklausi ketvirtadienį?"
    assert read["From"] == "Varpa <varpa@varpa.example>"
    assert read["To"] == "Rimantas Žukauskas <rimantas@imone.example>"
    assert read["Message-ID"] == letter.message_id
    assert read["Content-Language"] == "lt"
    assert read["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(read["Date"]) == NOW


def test_a_letter_that_can_be_stopped_says_so_for_one_click() -> None:
    letter = write()
    read = sent(letter)
    assert read["List-Unsubscribe"].strip() == f"<{letter.stop_link}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.stop_link.startswith("https://varpa.example/letters/stop/")


def test_the_link_to_stop_stands_in_one_line() -> None:
    raw = message(write()).message().as_bytes()
    lines = [line for line in raw.split(b"\n") if b"/letters/stop/" in line]
    assert any(line.rstrip().endswith(b">") and b" =?" not in line for line in lines)


def test_an_essential_letter_has_no_link_to_stop() -> None:
    read = sent(write(CODE))
    assert read["List-Unsubscribe"] is None
    assert "/letters/stop/" not in content(read, "text/html")


def test_letters_of_a_thread_follow_each_other_in_a_mail_program() -> None:
    letters = [write(once=f"letter {number}", now=NOW + timedelta(hours=number)) for number in range(13)]
    other = write(to=RIMANTAS, once="other")
    Letter.objects.update(state=LetterState.SENT)
    assert sent(letters[0])["References"] is None
    last = sent(letters[12])
    assert last["In-Reply-To"] == letters[11].message_id
    assert last["References"].split() == [each.message_id for each in letters[2:12]]
    assert sent(other)["References"] is None


def test_a_letter_that_never_went_is_not_referred_to() -> None:
    first, second = write(), write(once="second", now=NOW + timedelta(hours=1))
    assert first.state == LetterState.QUEUED
    assert sent(second)["References"] is None


def test_a_calendar_part_lies_beside_and_below() -> None:
    text = invitation(
        uid="m4k2@varpa.example",
        sequence=0,
        summary="Tikšanās",
        description="",
        location="",
        starts_local=NOW.replace(tzinfo=None),
        zone="Europe/Riga",
        minutes=50,
        organizer=("Varpa", "varpa@varpa.example"),
        attendees=[("Elīna Bērziņa", "elina@skola.example")],
        method="REQUEST",
        now=NOW,
    )
    read = sent(write(CODE, calendar=CalendarPart("REQUEST", text)))
    part = next(each for each in read.walk() if each.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"
    assert part.get_content().replace("\r\n", "\n").strip() == text.replace("\r\n", "\n").strip()
    attached = next(each for each in read.walk() if each.get_filename() == "invite.ics")
    assert attached.get_content() == text.encode()
    assert "Kalendāra ieraksts ir pielikumā." in content(read, "text/plain")


@pytest.mark.parametrize(
    "name",
    [
        "Elīna\r\nBcc: all@example.com",
        'El"īna',
        "Ozols, Andris",
        "<x@y.example>",
        "=?utf-8?q?x?=",
        "",
        "a\x00b",
        "Ž" * 240,
    ],
)
def test_a_name_steers_no_header(name: str) -> None:
    read = sent(write(to=replace(ELINA, name=name)))
    assert read["Bcc"] is None
    assert [address.addr_spec for address in read["To"].addresses] == ["elina@skola.example"]


def test_a_subject_steers_no_header() -> None:
    kind = replace(CODE, key="tests.hostile", subject=replace(CODE.subject, lv="{{ topic }}"))
    read = sent(write(kind, context={"topic": "Tēma\r\nBcc: all@example.com\x00"}))
    assert read["Bcc"] is None
    assert read["Subject"] == "Tēma Bcc: all@example.com"


def test_an_address_with_letters_of_the_language_can_be_reached() -> None:
    read = sent(write(to=replace(ELINA, address="elina@skolā.example")))
    assert read["To"].addresses[0].addr_spec == "elina@xn--skol-tsa.example"


def test_a_line_too_long_for_mail_is_packed() -> None:
    letter = write(context={"mentor": "ļ" * 3000, "programme": ""})
    raw = message(letter).message().as_bytes()
    assert max(len(line) for line in raw.split(b"\n")) <= 998
    assert "ļ" * 3000 in content(sent(letter), "text/plain")


def test_the_worker_sends_this_message(mailoutbox: list[EmailMessage]) -> None:
    letter = write()
    outbox.deliver_due(NOW)
    assert [each.message()["Message-ID"] for each in mailoutbox] == [letter.message_id]  # type: ignore[operator]
