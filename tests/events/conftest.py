"""An event two weeks from now, announced, to which everybody of the cast is invited."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.events.actions.coming import answer_invitation
from varpa.events.actions.planning import announce_event, make_event
from varpa.events.models import Event, Invitation
from varpa.events.queries.events import own_invitation
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Programme

TITLE = TranslatedText("Otrās apmācības", "Antrieji mokymai", "Second training")
STARTS = datetime(2025, 10, 28, 10, 0)
ON_THE_DAY = datetime.fromisoformat("2025-10-28T09:30:00+00:00")
AFTER = datetime.fromisoformat("2025-10-28T18:00:00+00:00")
SOON = NOW + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def said(**changes: Any) -> dict[str, Any]:
    """What an event is, as its form says it."""
    return {
        "kind": "training",
        "title": TITLE,
        "text": TranslatedText(),
        "starts_local": STARTS,
        "zone": "Europe/Riga",
        "minutes": 240,
        "place": "Jelgava, Skolas iela 1",
        "link": "",
        "languages": ["lv", "lt"],
        "roles": ["mentor", "mentee"],
        "countries": [],
        "places": None,
        **changes,
    }


def draft(programme: Programme, by: Person, **changes: Any) -> Event:
    training, ref = changes.pop("training", ""), changes.pop("ref", "")
    return make_event(programme=programme, by=by, now=NOW, training=training, ref=ref, **said(**changes))


def announced(programme: Programme, by: Person, **changes: Any) -> Event:
    event = draft(programme, by, **changes)
    announce_event(event=event, by=by, now=NOW)
    return event


@pytest.fixture
def event(cast: Cast) -> Event:
    return announced(cast.programme, cast.inga)


def invitation(event: Event, person: Person) -> Invitation:
    found = own_invitation(event, person)
    assert found is not None
    found.event = event
    return found


def answers(event: Event, person: Person, comes: bool = True, now: datetime = SOON, **needs: str) -> str:
    """A person answers; the state of the invitation."""
    own = invitation(event, person)
    return answer_invitation(invitation=own, comes=comes, by=person, now=now, **needs).state
