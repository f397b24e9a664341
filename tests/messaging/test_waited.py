"""Once messages may come again, whoever had stopped them is told what had waited, and where it is read."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, speak, text
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.preparation import add_topic, write_notes
from varpa.meetings.actions.reviews import make_promise
from varpa.meetings.models import Meeting
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DURING, AFTER = NOW + 2 * HOUR, NOW + 3 * HOUR
HARSH = "Atbildi man beidzot"
TOLD = {"lv": "Izlasi, kas gaidīja", "lt": "Perskaityk, kas laukė", "en": "Read what had waited"}
WHERE = {"lv": "Kas gaidīja", "lt": "Kas laukė", "en": "What had waited"}


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Elīna has stopped messages after this meeting was planned."""
    made = make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    return made


def topic(meeting: Meeting, by: Person) -> str:
    add_topic(meeting=meeting, text=HARSH, by=by, now=DURING)
    return f"/meetings/{meeting.ref}/"


def notes(meeting: Meeting, by: Person) -> str:
    write_notes(meeting=meeting, notes=HARSH, revision=0, by=by, now=DURING)
    return f"/meetings/{meeting.ref}/"


def reason(meeting: Meeting, by: Person) -> str:
    cancel_meeting(meeting=meeting, reason=HARSH, by=by, now=DURING)
    return f"/meetings/{meeting.ref}/"


def promise(meeting: Meeting, by: Person) -> str:
    make_promise(pair=meeting.pair, text=HARSH, due=None, by=by, now=DURING)
    return f"/pairs/{meeting.pair.ref}/promises/"


def work(meeting: Meeting, by: Person) -> str:
    enter_work(pair=meeting.pair, day=NOW.date(), minutes=30, work=HARSH, by=by, now=DURING)
    return f"/pairs/{meeting.pair.ref}/hours/"


@pytest.mark.parametrize("road", [topic, notes, reason, promise, work])
def test_the_messages_lead_to_what_had_waited(
    cast: Cast, meeting: Meeting, road: Callable[[Meeting, Person], str]
) -> None:
    address, whole = road(meeting, cast.andris), f"/pairs/{cast.pair.ref}/messages/"
    assert WHERE["lv"] not in text(page(cast.elina, whole))
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    shown = text(page(cast.elina, whole, now=AFTER))
    assert WHERE["lv"] in shown
    assert f'href="{address}"' in shown
    assert HARSH in text(page(cast.elina, address, now=meeting.starts_at))
    assert WHERE["lv"] not in text(page(cast.andris, whole, now=AFTER))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_first_page_tells_it_until_it_was_seen(cast: Cast, meeting: Meeting, language: str) -> None:
    speak(language, cast.elina)
    topic(meeting, cast.andris)
    assert TOLD[language] not in text(page(cast.elina, "/", now=DURING))
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    assert TOLD[language] in text(page(cast.elina, "/", now=AFTER))
    assert WHERE[language] in text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=AFTER))
    assert TOLD[language] not in text(page(cast.elina, "/", now=AFTER))


@pytest.mark.parametrize("who", ["elina", "nobody", "before"])
def test_nothing_is_told_where_nothing_had_waited(cast: Cast, meeting: Meeting, who: str) -> None:
    if who == "elina":
        topic(meeting, cast.elina)
    if who == "before":
        add_topic(meeting=meeting, text="Cena", by=cast.andris, now=NOW)
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    assert TOLD["lv"] not in text(page(cast.elina, "/", now=AFTER))
    assert WHERE["lv"] not in text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=AFTER))


def test_after_two_weeks_it_is_listed_no_more(cast: Cast, meeting: Meeting) -> None:
    topic(meeting, cast.andris)
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    later = AFTER + timedelta(days=15)
    assert WHERE["lv"] not in text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=later))
