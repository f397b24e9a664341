"""What the tests of meetings share: the cast, hours on the wall, and two who act at one moment."""

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel import clock
from varpa.meetings.actions.meetings import move_meeting, plan_meeting
from varpa.meetings.models import Meeting
from varpa.people.models import Person

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def wall(days: float = 3, hour: int = 10, minute: int = 0) -> datetime:
    """An hour on the wall, some days after NOW."""
    day = (NOW + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, hour, minute)


def plan(cast: Cast, **changes: Any) -> Meeting:
    """A regular meeting in three days, planned by the mentor."""
    asked: dict[str, Any] = {
        "pair": cast.pair,
        "kind": "regular",
        "means": "video",
        "starts_local": wall(),
        "zone": "Europe/Riga",
        "minutes": 45,
        "by": cast.mentor.person,
        "now": NOW,
        **changes,
    }
    return plan_meeting(**asked)


def move_to(meeting: Meeting, starts_local: datetime, by: Person, **changes: Any) -> None:
    """The meeting goes to another hour on the wall."""
    asked: dict[str, Any] = {"zone": "Europe/Riga", "minutes": meeting.minutes, "now": NOW, **changes}
    move_meeting(meeting=meeting, starts_local=starts_local, by=by, **asked)


def page(who: Person | None, address: str, *, now: datetime = NOW, **headers: Any) -> Any:
    """A page as somebody sees it at a moment."""
    return visit(who, "get", address, None, now=now, **headers)


def send(
    who: Person | None, address: str, data: dict[str, Any], *, now: datetime = NOW, **headers: Any
) -> Any:
    """What a form answers: plain POST, no script."""
    return visit(who, "post", address, data, now=now, **headers)


def follow(who: Person, address: str, data: dict[str, Any], *, now: datetime = NOW) -> Any:
    """The page to which a form leads."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(now):
        return client.post(address, data, follow=True)


def visit(
    who: Person | None, verb: str, address: str, data: dict[str, Any] | None, *, now: datetime, **headers: Any
) -> Any:
    """Ask for an address as somebody, or as nobody, at a moment."""
    client = Client()
    if who:
        client.force_login(who)
    with clock.moved_to(now):
        return getattr(client, verb)(address, data, headers=headers)


def text(answer: Any) -> str:
    """The page in words."""
    return html.unescape(answer.content.decode())


def speak(language: str, *people: Person) -> None:
    """From now on these people read another language."""
    for person in people:
        person.language = language
        person.save(update_fields=["language"])
