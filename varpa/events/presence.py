"""The code on the wall of an event: whoever scans it in time is marked as present."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString

from varpa.events.models import Event
from varpa.post.envelope import absolute
from varpa.ui import walls
from varpa.ui.walls import CHANGES_EVERY, LASTS

TAP_LASTS: Final = timedelta(minutes=2)
"""Who opened it in time, signed in already, has as long as this to tap."""
SIGN_IN_LASTS: Final = timedelta(minutes=20)
"""Who had to sign in first, on the device that scanned in time, still counts."""


def token_of(event: Event, now: datetime) -> str:
    """What stands in the address at a moment."""
    return walls.token_of(_name(event), now)


def is_fresh(event: Event, token: str, now: datetime, lasts: timedelta = CHANGES_EVERY * LASTS) -> bool:
    """Whether a token is of this event, and young enough."""
    return walls.is_fresh(_name(event), token, now, lasts)


def code_of(event: Event, now: datetime) -> SafeString:
    """The code to scan."""
    return walls.drawn(absolute(reverse("events:here", args=[event.ref, token_of(event, now)])))


def _name(event: Event) -> str:
    return f"event:{event.ref}"
