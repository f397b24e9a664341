"""Short messages through a gateway, where the installation has one (VARPA_SMS), by http or by mail."""

import http.client
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

SECONDS = 10
MAIL = "mailto:"


class RefusedError(ValueError):
    """The gateway will never take it."""


def is_there() -> bool:
    """Whether this installation has a gateway."""
    return bool(settings.SMS_URL)


def send(number: str, text: str) -> None:
    """Hand a text to the gateway; OSError where it does not answer now, RefusedError where it says no.

    RefusedError too where there is none.
    """
    if not is_there():
        raise RefusedError("no gateway")
    if settings.SMS_URL.startswith(MAIL):
        address = settings.SMS_URL.removeprefix(MAIL).replace("{number}", number.lstrip("+"))
        mail.get_connection().send_messages([EmailMessage(subject="", body=text, to=[address])])
        return
    filled = settings.SMS_URL.replace("{number}", quote(number, safe=""))
    status = _posted(filled.replace("{text}", quote(text, safe="")))
    if status == 429 or status >= 500:
        raise ConnectionError(str(status))
    if not 200 <= status < 300:
        raise RefusedError(str(status))


def _posted(url: str) -> int:
    """What stands behind the question mark goes as a form: addresses are written into logs, forms are not."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", parts.path or "/", parts.query.encode(), form)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError(type(error).__name__) from error
    finally:
        connection.close()
