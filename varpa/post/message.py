"""A letter as a mail message (RFC 5322, 2369, 3834, 8058)."""

from email.utils import format_datetime, formataddr

from django.core.mail import EmailMultiAlternatives

from varpa.post.envelope import address_of_house, reply_address
from varpa.post.models import Letter, LetterState

REMEMBERED = 10


def message(letter: Letter) -> EmailMultiAlternatives:
    """The message: plain, HTML and calendar alternatives, headers that mail programs act on.

    Two calls give the same headers: a letter in doubt is the same letter when it goes again.
    """
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[formataddr((letter.to_name, _in_ascii(letter.to_address)))],
        headers=_headers(letter),
        reply_to=_reply_to(letter),
    )
    mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        mail.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
        mail.attach("invite.ics", letter.calendar.encode(), "application/ics")
    return mail


def _in_ascii(address: str) -> str:
    """An address whose domain has letters of the language, as mail servers know it."""
    local, at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}{at}{domain.encode('idna').decode()}"


def _reply_to(letter: Letter) -> list[str]:
    address = reply_address(letter.ref)
    return [formataddr((address_of_house()[0], address))] if address else []


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.not_before),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    earlier = _earlier(letter)
    if earlier:
        headers["In-Reply-To"] = earlier[-1]
        headers["References"] = " ".join(earlier)
    if letter.stop_link:
        headers["List-Unsubscribe"] = f"<{letter.stop_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _earlier(letter: Letter) -> list[str]:
    if not letter.thread:
        return []
    sent = Letter.objects.filter(
        thread=letter.thread,
        to_address=letter.to_address,
        state=LetterState.SENT,
        not_before__lte=letter.not_before,
    )
    newest = sent.exclude(pk=letter.pk).order_by("-not_before", "-pk").values_list("message_id", flat=True)
    return list(newest[:REMEMBERED])[::-1]
