"""Mails that tell that a letter could not be delivered: reports (RFC 3464), and words of qmail and Exim."""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

_ID = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
# Of what has failed the server has given up, also where the reason was a passing one (4.4.7: too long).
_FOR_GOOD = re.compile(r"^\s*[45]\.\d+\.\d+")
# So qmail begins (QSBMF), which gives nothing back that it still tries; the letter follows a line of dashes.
_QMAIL = re.compile(r"\s*Hi\. This is the ")
_CODE = re.compile(r"\b[45]\d\d[ \-#]+([45]\.\d{1,3}\.\d{1,3})|\b([45]\d\d)\b[ -]")


@dataclass(frozen=True)
class Bounce:
    """What a mail server gave back: which letter, and the code. `for_good`: it will not be tried again."""

    message_id: str
    code: str
    for_good: bool


def bounce_of(mail: EmailMessage, words: str = "") -> Bounce | None:
    """What a mail tells of a letter that did not arrive; None where it tells of none.

    `words` are its text where no person wrote it.
    """
    if mail.get_content_type() != "multipart/report":
        return _in_words(mail, words)
    reports = (part for part in mail.walk() if part.get_content_type() == "message/delivery-status")
    status = next(reports, None)
    if status is None:
        return None
    told = _told(status)
    code = told.get("status", "").strip()
    failed = told.get("action", "").strip().lower() == "failed"
    return Bounce(_letter_of(mail), code[:20], failed and bool(_FOR_GOOD.match(code)))


def _in_words(mail: EmailMessage, words: str) -> Bounce | None:
    # Exim names the addresses on which it has given up in a header; where it goes on trying there is none.
    if not words or not (mail.get("X-Failed-Recipients") or _QMAIL.match(words)):
        return None
    letter = _ID.search(words)
    code = _CODE.search(words[: letter.start()] if letter else words)
    named = letter[1] if letter else _named(mail)
    return Bounce(named, (code[1] or code[2]) if code else "", for_good=True)


def _told(status: Message) -> dict[str, str]:
    blocks = status.get_payload()
    if not isinstance(blocks, list):
        return {}
    told = (block.items() for block in blocks if isinstance(block, Message))
    return {name.lower(): str(value) for items in told for name, value in items}


def _letter_of(mail: EmailMessage) -> str:
    """The Message-ID of the letter: of its headers, which lie at the end of the report."""
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            found = _ID.search(part.as_string())
            if found:
                return found[1]
    return _named(mail)


def _named(mail: EmailMessage) -> str:
    """The letter that its headers name, where nothing of it lies in the mail."""
    found = re.search(r"<[^<>\s]+>", f"{mail.get('In-Reply-To', '')} {mail.get('References', '')}")
    return found[0] if found else ""
