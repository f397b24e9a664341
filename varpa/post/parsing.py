"""A mail as it came, read into what matters: whose it is, what it answers, what was written, its files.

Nothing here trusts the mail: it may be forged, broken, made by a machine, or of any encoding.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from varpa.post.authentication import is_forged
from varpa.post.bounces import Bounce, bounce_of
from varpa.post.charsets import decoded
from varpa.post.pages import Page, read_page
from varpa.post.render import one_line

REMEMBERED = 20
"""Of a long thread the last letters are looked for."""
DECORATION = 24 * 1024
"""Bytes up to which a picture inside the page counts as decoration."""
# Where a picture stood in the page, the program writes its name among the words.
_PICTURED = re.compile(r"\[cid:[^\]\s]{1,200}\]|\[image: [^\]\n]{0,200}\]")
_IDS = re.compile(r"<[^<>\s]{3,248}>")
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_AUTOMATIC = {
    "Auto-Submitted": re.compile(r"^(?!\s*no\b).+", re.I),
    "Precedence": re.compile(r"bulk|junk|list|auto", re.I),
    "X-Autoreply": re.compile(r"."),
    "X-Autorespond": re.compile(r"."),
    "X-Autoresponse": re.compile(r"."),
    "List-Id": re.compile(r"."),
    "X-FC-MachineGenerated": re.compile(r"true", re.I),
}
# Programs that tell only people that nobody wrote this.
_AWAY = re.compile(
    r"^\W*(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|automātisk[aā] atbilde"
    r"|automatinis atsakymas|автоматический ответ|автоответ)",
    re.I,
)
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+@.].*)?$", re.I)
# What mail programs put beside a mail by themselves: no files; of some of them the writer is told.
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_NO_FILES = frozenset(
    {
        "text/calendar",
        "application/ics",
        "application/ms-tnef",
        "text/vcard",
        "text/x-vcard",
    }
)


@dataclass(frozen=True)
class Mail:
    """A mail that has been read. `answers`: the Message-IDs that it answers, the nearest first.

    `text` is without what a page marks as `quoted`; `whole` is all that can be read.

    `left_out`: the names of files that lie beside it and are of no kind that is kept.
    """

    message_id: str
    sender: str
    to: tuple[str, ...]
    answers: tuple[str, ...]
    subject: str
    text: str
    quoted: str
    whole: str
    files: tuple["ContentFile[Any]", ...]
    left_out: tuple[str, ...]
    calendar: bytes
    forged: bool
    automatic: bool
    bounce: Bounce | None


def read(raw: bytes) -> Mail:
    """Read a mail; what cannot be read of it is empty."""
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    senders = addresses(mail, "From") or addresses(mail, "Sender")
    words, automatic = _text(mail), _is_automatic(mail, senders)
    return Mail(
        message_id=message_id(raw, mail),
        sender=senders[0] if senders else "",
        to=tuple(dict.fromkeys(each for name in _TO for each in addresses(mail, name))),
        answers=_answers(mail),
        subject=one_line(header(mail, "Subject"))[:250],
        text=words.own,
        quoted=words.quoted,
        whole=words.whole,
        files=tuple(_files(mail)),
        left_out=tuple(_left_out(mail)),
        calendar=_calendar(mail),
        forged=is_forged(mail, settings.MAIL_SERVER_NAME),
        automatic=automatic,
        bounce=bounce_of(mail, words.whole if automatic else ""),
    )


def message_id(raw: bytes, mail: "Message | None" = None) -> str:
    """The Message-ID; of a mail that has none, one made of all that it holds."""
    head = mail or BytesParser(policy=policy.default).parsebytes(raw[: 64 * 1024], headersonly=True)
    found = _IDS.findall(header(head, "Message-ID"))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}@none>"


def header(mail: "Message", name: str) -> str:
    """All headers of a name in words. What the library gives up on is read as it stands."""
    try:
        values = [str(each) for each in mail.get_all(name, [])]
    except Exception:
        # Whatever it stumbles over (there is no list of it), what follows reads the bytes.
        values = [str(value) for key, value in mail.raw_items() if key.lower() == name.lower()]
    return " ".join(_whole(value) for value in values)


def addresses(mail: "Message", name: str) -> list[str]:
    """The addresses of a header in small letters."""
    found = (address.strip().lower() for _name, address in getaddresses([header(mail, name)]))
    return [each[:254] for each in found if "@" in each]


def _whole(text: str) -> str:
    # Bytes of no encoding stand in a header as surrogates, which no database keeps.
    return decoded(text.encode("utf-8", "surrogateescape"), None).replace("\x00", "")


def _answers(mail: EmailMessage) -> tuple[str, ...]:
    nearest = _IDS.findall(header(mail, "In-Reply-To"))
    older = _IDS.findall(header(mail, "References"))[::-1]
    return tuple(dict.fromkeys([*nearest, *older]))[:REMEMBERED]


def _is_automatic(mail: EmailMessage, senders: list[str]) -> bool:
    told = any(rule.search(header(mail, name)) for name, rule in _AUTOMATIC.items() if mail.get(name))
    told = told or header(mail, "Return-Path").strip() == "<>" or bool(_AWAY.match(header(mail, "Subject")))
    return told or any(_MACHINES.match(sender) for sender in senders)


def _text(mail: EmailMessage) -> Page:
    plain, pages = "", list[Page]()
    for part in _parts(mail):
        if _lies_beside(part):
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain += _words(part) + "\n"
        elif kind == "text/html":
            # Some programs write a page in pieces, with a file between them.
            pages.append(read_page(_words(part)))
    if plain.strip():
        return Page(plain, "", plain)
    return (
        Page(*("\n\n".join(filter(None, texts)) for texts in zip(*pages, strict=True)))
        if pages
        else Page("", "", "")
    )


def _words(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    found = decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""
    return _PICTURED.sub("", found.replace("\x00", ""))


def _files(mail: EmailMessage) -> Iterator["ContentFile[Any]"]:
    for part in _parts(mail):
        kind, name = part.get_content_type(), part.get_filename()
        if not _lies_beside(part) or kind in _NO_FILES | _SIGNATURES:
            continue
        inside = part.get_content_maintype() == "message"
        content = _mail_inside(part) if inside else part.get_payload(decode=True)
        name = "mail.eml" if inside else name
        if isinstance(content, bytes) and content and not _decorates(part, len(content), mail):
            yield ContentFile(content, name=_whole(name or "file")[:200])


def _left_out(mail: EmailMessage) -> Iterator[str]:
    for part in _parts(mail):
        if part.get_content_type() in _NO_FILES and _lies_beside(part):
            yield one_line(_whole(part.get_filename() or part.get_content_type()))[:60]


def says(raw: bytes) -> str:
    """A mark of what a mail says: the same by whichever road it comes."""
    mail = read(raw)
    told = [mail.sender, mail.subject, mail.whole.strip(), mail.calendar]
    told += [part for file in mail.files for part in (file.name or "", file.read())]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _lies_beside(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _mail_inside(part: EmailMessage) -> bytes:
    """A mail that lies in this one, whole: its writer hears of it as of any other file."""
    inside = part.get_payload()
    mails = inside if isinstance(inside, list) else []
    return b"".join(each.as_bytes() for each in mails if isinstance(each, EmailMessage))


def _decorates(part: EmailMessage, size: int, mail: EmailMessage) -> bool:
    """Whether a picture is the mark of a firm in a signature: small, and drawn inside the page.

    A larger one somebody has put between their words; it is theirs like a file.
    """
    key = header(part, "Content-ID").strip().strip("<>")
    if not key or size > DECORATION:
        return False
    pages = (_words(each) for each in _parts(mail) if each.get_content_type() == "text/html")
    return any(f"cid:{key}" in page for page in pages)


def _calendar(mail: EmailMessage) -> bytes:
    for part in _parts(mail):
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and b"BEGIN:VCALENDAR" in content.upper():
                return content
    return b""


def _parts(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something; a mail that was put beside is one, what is inside it is none."""
    if mail.get_content_maintype() == "message":
        if _lies_beside(mail):
            yield mail
        return
    if not mail.is_multipart():
        yield mail
        return
    for part in mail.iter_parts() if isinstance(mail, EmailMessage) else ():
        if isinstance(part, EmailMessage):
            yield from _parts(part)
