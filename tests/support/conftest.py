"""What the tests of support share: the cast, pages as somebody sees them, a case that was told."""

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
from varpa.history.remembering import forget_all
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.support.actions.cases import tell
from varpa.support.models import Case, Door, Kind

See = Callable[..., Any]


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    forget_all()
    return assemble()


def told(cast: Cast, **changes: Any) -> Case:
    """Elīna has told the manager that something is wrong."""
    given: dict[str, Any] = {
        "membership": cast.mentee,
        "pair": cast.pair,
        "door": Door.MANAGER,
        "kind": Kind.RELATIONSHIP,
        "text": "Mēs nesaprotamies.",
        "by": cast.elina,
        "now": NOW,
    }
    return tell(**{**given, **changes})


def queries(who: Person, name: str, *args: str, now: datetime = NOW) -> int:
    """How many queries a page makes for somebody who is signed in."""
    forget_all()
    client = Client()
    client.force_login(who)
    with clock.moved_to(now), CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(asked)


@pytest.fixture
def see() -> See:
    """`see(person, name, *args, post=…, now=…)`: the answer to a request of a signed-in person."""
    return seeing("support")
