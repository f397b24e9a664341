"""The link of a video call: of the pair's own choice, it stands as the place of a meeting."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal

_SCHEME = re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|javascript:(?=\S)|data:(?=[\w.+-]+/[\w.+-]+[;,]|[;,]))")
# As a program shows it, without https://: only of programs for calls, for a street may look like a page.
_BARE = re.compile(
    r"(?i)(?<![\w@./-])(?:meet\.google\.com|(?:[\w-]+\.)?zoom\.us|teams\.(?:microsoft|live)\.com|meet\.jit\.si|whereby\.com)/[^\s<>\"]+"
)
_LINK = re.compile(r"(?i)https://[^\s<>\"]*")


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
    written = _LINK.search(place)
    found = written or _BARE.search(place)
    if not found:
        return ""
    address = found[0].rstrip(".,;)>")
    if not written:
        address = f"https://{address}"
    return address if _is_whole(address) else ""


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        return False
    return "." in host and user is None
