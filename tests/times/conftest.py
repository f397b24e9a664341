"""What the tests of times share."""

import html
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel import clock
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.times.actions import propose_times
from varpa.times.models import Proposal

TUESDAY, THURSDAY = datetime(2025, 10, 21, 16, 0), datetime(2025, 10, 23, 16, 0)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def propose(cast: Cast, by: Person | None = None, **changes: Any) -> Proposal:
    """Andris proposes two times for a regular meeting."""
    asked: dict[str, Any] = {
        "pair": Pair.objects.get(pk=cast.pair.pk),
        "kind": "regular",
        "means": "video",
        "minutes": 60,
        "starts_local": [TUESDAY, THURSDAY],
        "zone": "Europe/Riga",
        "by": by or cast.andris,
        "now": NOW,
        **changes,
    }
    return propose_times(**asked)


def ask(who: Person | None, address: str, post: dict[str, Any] | None = None, language: str = "lv") -> Any:
    """A page as somebody sees it; or what comes of a form."""
    client = Client(headers={"accept-language": language})
    if who:
        Person.objects.filter(pk=who.pk).update(language=language)
        client.force_login(who)
    with clock.moved_to(NOW):
        return client.get(address) if post is None else client.post(address, post)


def words(answer: Any) -> str:
    """The page in words."""
    return html.unescape(answer.content.decode())
