"""The link of a video call: of the pair's own choice, it stands as the place of a meeting."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal

_SCHEME = re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|javascript:|data:)")


class UnsafeLink(Refusal):
    """A link that anybody on the way can read or change, or that is no page at all."""

    sentence = _("The link must begin with https://. Copy it once more from the program of the call.")


def require_safe_link(place: str) -> None:
    """Raise UnsafeLink where a place holds a link that is not a whole https address."""
    if any(match.group().lower() != "https://" for match in _SCHEME.finditer(place)):
        raise UnsafeLink()
    if "https://" in place.lower() and not video_link(place):
        raise UnsafeLink()


def video_link(place: str) -> str:
    """The https link within a place; "" where there is none."""
    for word in place.split():
        if word.lower().startswith("https://"):
            address = word.rstrip(".,;)")
            return address if _is_whole(address) else ""
    return ""


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        return False
    return "." in host and user is None
