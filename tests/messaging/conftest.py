"""What the tests of messages share: the cast, pages as somebody sees them, the pair's own conversation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import seeing
from varpa.kernel import clock
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message, Thread
from varpa.people.models import Person

See = Callable[..., Any]


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def own_thread(cast: Cast) -> Thread:
    """The conversation of Andris and Elīna."""
    return begin_thread(pair=cast.pair, by=cast.andris, now=NOW)


def write(thread: Thread, by: Person, text: str = "Sveika!", now: datetime = NOW, **more: Any) -> Message:
    """One message."""
    return write_message(thread=thread, text=text, by=by, now=now, **more)


def queries(who: Person, name: str, *args: str) -> int:
    """How many queries a page makes for somebody who is signed in."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"messaging:{name}", args=args)).status_code == 200
    return len(asked)


@pytest.fixture
def see() -> See:
    """`see(person, name, *args, post=…, now=…)`: the answer to a request of a signed-in person."""
    return seeing("messaging")
