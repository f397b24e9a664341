"""A code on a wall or a screen: an address that changes every half minute; a photograph soon fails."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString, mark_safe

CHANGES_EVERY: Final = timedelta(seconds=30)
LASTS: Final = 2
"""How many changes an address outlives: whoever scans it last needs a moment to open it."""


def token_of(thing: str, now: datetime) -> str:
    """What stands in the address at a moment: the step of the clock, and its seal. `thing`: kind and ref."""
    step = _step(now)
    return f"{step}-{_seal(thing, step)}"


def is_fresh(thing: str, token: str, now: datetime, lasts: timedelta = CHANGES_EVERY * LASTS) -> bool:
    """Whether a token is ours, of this thing, and young enough."""
    number, _dash, seal = token.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        return False
    step = int(number)
    old = _step(now) - step
    most = lasts // CHANGES_EVERY
    return 0 <= old <= most and constant_time_compare(seal, _seal(thing, step))


def drawn(address: str) -> SafeString:
    """The code to scan, drawn as SVG: black on white in every theme, as cameras want it."""
    import segno

    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="code", lineclass=None)
    return mark_safe(svg)


def as_picture(address: str) -> bytes:
    """The code to scan as PNG, of a size that a poster bears."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=24)
    return out.getvalue()


def _step(now: datetime) -> int:
    return int(now.timestamp() // CHANGES_EVERY.total_seconds())


def _seal(thing: str, step: int) -> str:
    return salted_hmac("varpa.ui.walls", f"{thing}:{step}", algorithm="sha256").hexdigest()[:16]
