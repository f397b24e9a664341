"""Reading mails as they come: encodings rightly and wrongly named, broken headers, files, machines."""

from email.message import EmailMessage

import pytest

from varpa.post.bounces import Bounce
from varpa.post.parsing import read

WORDS = "Šķēršļu nav, jābrauc ātrāk. Ačiū už žinutę!"


def mail(
    body: bytes, kind: str = 'text/plain; charset="utf-8"', coding: str = "8bit", head: bytes = b""
) -> bytes:
    start = b"From: Elina <Elina@Skola.Example>\r\nMessage-ID: <a@b>\r\nSubject: Re\r\nMIME-Version: 1.0\r\n"
    return (
        start + head + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body
    )


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "UTF8"),
        ("windows-1257", "windows-1257"),
        ("iso-8859-13", "iso-8859-13"),
        ("iso-8859-4", "iso-8859-4"),
        ("utf-8", "us-ascii"),
        ("windows-1257", "us-ascii"),
        ("windows-1257", "utf-8"),
        ("utf-8", "x-unknown"),
        ("windows-1257", "x-unknown"),
        ("utf-8", "base64"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(encoding: str, named: str) -> None:
    words = WORDS if encoding != "iso-8859-4" else "Šķēršļu nav"
    assert read(mail(words.encode(encoding), f'text/plain; charset="{named}"')).text.strip() == words


def test_no_encoding_is_named() -> None:
    assert read(mail(WORDS.encode("windows-1257"), "text/plain")).text.strip() == WORDS


def test_a_page_alone_is_read_as_text() -> None:
    page = "<html><body><p>Jā, der!</p><script>alert(1)</script><p>Elīna</p></body></html>"
    assert read(mail(page.encode(), "text/html; charset=utf-8")).text == "Jā, der!\n\nElīna"


def test_headers() -> None:
    head = (
        b"To: Varpa <reply+KEY.seal@varpa.example>, x@y.example\r\nIn-Reply-To: <one@varpa.example>\r\n"
        b"References: <zero@varpa.example>\r\n <one@varpa.example>\r\n"
    )
    found = read(mail(b"x", head=head))
    assert found.sender == "elina@skola.example"
    assert found.to == ("reply+key.seal@varpa.example", "x@y.example")
    assert found.answers == ("<one@varpa.example>", "<zero@varpa.example>")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"no headers at all",
        b"From: \xc4\x93 <@>>,,;\r\nTo: <<<\r\nSubject: =?utf-9?q?x?=\r\nMessage-ID: <\r\n\r\nx",
        b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\nx",
        b"From: a@b\r\nContent-Type: multipart/mixed\r\n\r\nx",
        b"From: a@b\r\nContent-Type: ;;;/\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"From: a@b\r\nContent-Type: text/plain; charset*=x''%zz\r\n\r\n\x00\x01",
        b"From: " + b"a" * 100_000 + b"\r\n\r\n",
    ],
)
def test_whatever_comes_is_read(raw: bytes) -> None:
    found = read(raw)
    assert found.message_id.startswith("<")
    assert "\x00" not in found.text


def test_of_a_mail_without_an_id_the_content_is_the_id() -> None:
    one, same, other = (read(b"From: a@b\r\n\r\n" + body).message_id for body in (b"x", b"x", b"y"))
    assert one == same != other


def test_files_without_what_programs_add() -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "a@b.example", "<a@b>"
    made.set_content("Lūk")
    made.add_alternative('<p>Lūk</p><img src="cid:mark@firm"><img src="cid:view@firm">', subtype="html")
    html = made.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(b"mark", "image", "png", cid="<mark@firm>", filename="mark.png")
    html.add_related(b"view" * 9000, "image", "png", cid="<view@firm>", filename="view.png")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plāns.pdf")
    made.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="invite.ics")
    made.add_attachment(b"sig", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    found = read(made.as_bytes())
    assert [file.name for file in found.files] == ["view.png", "plāns.pdf"]
    assert found.text.strip() == "Lūk"


BOUNCE = """From: MAILER-DAEMON@mail.example
Message-ID: <bounce@mail.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; elina@skola.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {kind}

Message-ID: <letter@varpa.example>
Subject: Tik

--b--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(
    ("action", "status", "for_good"),
    [
        ("failed", "5.1.1", True),
        ("delayed", "4.4.1", False),
        ("failed", "4.4.7", True),
        ("delayed", "4.2.2", False),
        ("delivered", "2.0.0", False),
    ],
)
def test_bounces(kind: str, action: str, status: str, for_good: bool) -> None:
    raw = BOUNCE.format(kind=kind, action=action, status=status).replace("\n", "\r\n").encode()
    assert read(raw).bounce == Bounce("<letter@varpa.example>", status, for_good)


QMAIL = """From: MAILER-DAEMON@mx.example
Subject: failure notice
Message-ID: <bounce@mx.example>

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<elina@skola.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 User unknown
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Return-Path: <varpa@varpa.example>
Message-ID: <letter@varpa.example>
Subject: Tik
"""
EXIM = """From: Mail Delivery System <Mailer-Daemon@mx.example>
X-Failed-Recipients: elina@skola.example
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender
References: <letter@varpa.example>
Message-ID: <bounce@mx.example>

This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients.

  elina@skola.example
    550 unknown user
"""
COPY = """
------ This is a copy of the message, including all the headers. ------

Message-ID: <letter@varpa.example>
Subject: Tik
"""


@pytest.mark.parametrize(
    ("raw", "code"),
    [(QMAIL, "5.1.1"), (EXIM, "550"), (EXIM + COPY, "550"), (EXIM.replace("References", "X") + COPY, "550")],
)
def test_bounces_of_servers_that_write_no_report(raw: str, code: str) -> None:
    assert read(raw.encode()).bounce == Bounce("<letter@varpa.example>", code, for_good=True)


def test_a_report_without_the_letter_names_it_in_its_headers() -> None:
    raw = BOUNCE.format(kind="text/plain", action="failed", status="5.1.1")
    named = f"References: <letter@varpa.example>\n{raw}".encode()
    assert read(named).bounce == Bounce("<letter@varpa.example>", "5.1.1", for_good=True)


@pytest.mark.parametrize(
    "raw",
    [
        EXIM.replace("X-Failed-Recipients: elina@skola.example\n", ""),
        QMAIL.replace("MAILER-DAEMON@mx.example", "elina@skola.example"),
    ],
    ids=["Exim goes on trying", "a person sends it on"],
)
def test_words_that_are_no_bounce(raw: str) -> None:
    assert read(raw.encode()).bounce is None


def test_a_report_of_something_else_is_no_bounce() -> None:
    raw = BOUNCE.replace("message/delivery-status", "message/disposition-notification").encode()
    assert read(raw).bounce is None
