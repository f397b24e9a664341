"""Mails that tell that a letter could not be delivered (RFC 3464)."""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

_ID = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
# Of what has failed the server has given up, also where the reason was a passing one (4.4.7: too long).
_FOR_GOOD = re.compile(r"^\s*[45]\.\d+\.\d+")


@dataclass(frozen=True)
class Bounce:
    """What a mail server gave back: which letter, and the code. `for_good`: it will not be tried again."""

    message_id: str
    code: str
    for_good: bool


def bounce_of(mail: EmailMessage) -> Bounce | None:
    """What a mail tells of a letter that did not arrive; None where it tells of none."""
    if mail.get_content_type() != "multipart/report":
        return None
    reports = (part for part in mail.walk() if part.get_content_type() == "message/delivery-status")
    status = next(reports, None)
    if status is None:
        return None
    told = _told(status)
    code = told.get("status", "").strip()
    failed = told.get("action", "").strip().lower() == "failed"
    return Bounce(_letter_of(mail), code[:20], failed and bool(_FOR_GOOD.match(code)))


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
    return ""
