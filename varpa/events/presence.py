"""The code on the wall: an address that changes every half minute, so that a photograph of it soon fails."""

from datetime import datetime, timedelta
from typing import Final

import segno
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from varpa.events.models import Event
from varpa.post.envelope import absolute

CHANGES_EVERY: Final = timedelta(seconds=30)
LASTS: Final = 2
"""How many changes an address outlives: whoever scans it last needs a moment to open it."""
SIGN_IN_LASTS: Final = timedelta(minutes=20)
"""Who had to sign in first, on the device that scanned in time, still counts."""


def token_of(event: Event, now: datetime) -> str:
    """What stands in the address at a moment: the step of the clock, and its seal."""
    step = _step(now)
    return f"{step}-{_seal(event, step)}"


def is_fresh(event: Event, token: str, now: datetime, lasts: timedelta = CHANGES_EVERY * LASTS) -> bool:
    """Whether a token is ours, of this event, and young enough."""
    number, _dash, seal = token.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        return False
    step = int(number)
    old = _step(now) - step
    most = lasts // CHANGES_EVERY
    return 0 <= old <= most and constant_time_compare(seal, _seal(event, step))


def code_of(event: Event, now: datetime) -> SafeString:
    """The code to scan, drawn as SVG: black on white in every theme, as cameras want it."""
    address = absolute(reverse("events:here", args=[event.ref, token_of(event, now)]))
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="code", lineclass=None
    )
    return mark_safe(svg)


def _step(now: datetime) -> int:
    return int(now.timestamp() // CHANGES_EVERY.total_seconds())


def _seal(event: Event, step: int) -> str:
    return salted_hmac("varpa.events.presence", f"{event.ref}:{step}", algorithm="sha256").hexdigest()[:16]
