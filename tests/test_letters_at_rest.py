"""What waits for its hour between the two is held while their pair rests, and goes on with it (R1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from tests import make
from tests.cast import Cast, assemble
from tests.taking_part import Pupil, wall
from varpa.meetings.actions import hours, meetings
from varpa.meetings.models import HourLine
from varpa.messaging import actions as messaging
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair, resume_pair
from varpa.post.actions import withdraw
from varpa.post.models import Letter, LetterState
from varpa.post.outbox import deliver_due
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.times import actions as times

pytestmark = pytest.mark.django_db
NIGHT = datetime(2025, 10, 20, 20, 30, tzinfo=UTC)
"""Half past eleven in the evening in Riga: a young reader's letters wait for the morning."""
LATE = NIGHT + timedelta(minutes=10)
MORNING = NIGHT + timedelta(hours=12)
AFTER = NIGHT + timedelta(days=1, hours=12)
SENTENCE = "Krista, zvani man +371 29123456"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def pupil(cast: Cast) -> Pupil:
    """Krista and Laima in the middle of their work: every letter of the beginning has gone."""
    pupil = Pupil(cast)
    deliver_due(NIGHT - timedelta(hours=6), limit=200)
    mail.outbox.clear()
    return pupil


def write(pupil: Pupil) -> None:
    messaging.write_message(thread=pupil.thread, text=SENTENCE, by=pupil.mentors["by"], now=NIGHT)


def propose(pupil: Pupil) -> None:
    given: dict[str, Any] = {"kind": "regular", "means": "video", "minutes": 45, "starts_local": [wall(20)]}
    given |= {"zone": "Europe/Riga", "answers": pupil.option.proposal.ref}
    times.propose_times(pair=pupil.pair, word=SENTENCE, by=pupil.mentors["by"], now=NIGHT, **given)


def move(pupil: Pupil) -> None:
    hour = {"starts_local": wall(21), "zone": "Europe/Riga", "minutes": 45}
    place = "https://meet.example/29123456"
    meetings.move_meeting(meeting=pupil.ahead, place=place, by=pupil.mentors["by"], now=NIGHT, **hour)


def call_off(pupil: Pupil) -> None:
    pupil.ahead.refresh_from_db()
    meeting = make.meeting(pupil.pair, days=25, kind="regular")
    deliver_due(NIGHT - timedelta(hours=6), limit=200)
    mail.outbox.clear()
    meetings.cancel_meeting(meeting=meeting, reason=SENTENCE, by=pupil.mentors["by"], now=NIGHT)


WORDS = {"a message": write, "times": propose, "a meeting moved": move, "a meeting called off": call_off}


def take_back(pupil: Pupil) -> None:
    withdraw_permission(membership=pupil.mentee, kind="taking_part", by=None, now=LATE)
    pupil.pair.refresh_from_db()


def permit(pupil: Pupil) -> None:
    record_permission(membership=pupil.mentee, kind="taking_part", guardian="Ilze", by=None, now=MORNING)
    pupil.pair.refresh_from_db()


def brought(pupil: Pupil, now: datetime) -> list[str]:
    """What has come to the mentee by then with what the mentor had said."""
    deliver_due(now, limit=200)
    mine = [each for each in mail.outbox if pupil.mentee.person.email in each.to[0]]
    return [each.subject for each in mine if "29123456" in str(each.message())]


@pytest.mark.parametrize("name", WORDS)
def test_it_does_not_go_after_the_guardian_took_it_back(pupil: Pupil, name: str) -> None:
    WORDS[name](pupil)
    assert Letter.objects.filter(state=LetterState.QUEUED).exists()
    take_back(pupil)
    assert brought(pupil, MORNING) == []
    assert any("apturēts" in each.subject for each in mail.outbox)


@pytest.mark.parametrize("name", WORDS)
def test_it_goes_once_the_pair_goes_on(pupil: Pupil, name: str) -> None:
    WORDS[name](pupil)
    take_back(pupil)
    deliver_due(MORNING, limit=200)
    permit(pupil)
    if pupil.pair.state == "paused":
        resume_pair(pair=pupil.pair, by=pupil.cast.inga, now=MORNING)
    assert len(brought(pupil, AFTER)) == 1


def test_what_was_read_on_the_page_meanwhile_goes_no_more(pupil: Pupil) -> None:
    write(pupil)
    pause_pair(pair=pupil.pair, by=pupil.cast.inga, now=LATE)
    messaging.see_thread(thread=pupil.thread, by=pupil.mentee.person, now=LATE)
    resume_pair(pair=pupil.pair, by=pupil.cast.inga, now=MORNING)
    assert brought(pupil, AFTER) == []


def test_nobody_is_invited_to_a_meeting_that_is_over(pupil: Pupil) -> None:
    move(pupil)
    pause_pair(pair=pupil.pair, by=pupil.cast.inga, now=LATE)
    late = NIGHT + timedelta(days=40)
    resume_pair(pair=pupil.pair, by=pupil.cast.inga, now=late)
    assert brought(pupil, late + timedelta(hours=12)) == []


def test_it_never_goes_once_the_pair_has_ended(pupil: Pupil) -> None:
    write(pupil)
    take_back(pupil)
    dissolve_pair(pair=pupil.pair, reason="Vecāki", by=pupil.cast.inga, now=MORNING)
    assert brought(pupil, AFTER) == []
    assert not Letter.objects.filter(state=LetterState.HELD).exists()


def test_nor_what_waits_when_a_pair_is_dissolved(pupil: Pupil) -> None:
    write(pupil)
    dissolve_pair(pair=pupil.pair, reason="Vecāki", by=pupil.cast.inga, now=LATE)
    assert brought(pupil, MORNING) == []


def test_what_is_held_can_still_be_taken_back(pupil: Pupil) -> None:
    write(pupil)
    pause_pair(pair=pupil.pair, by=pupil.cast.inga, now=LATE)
    held = Letter.objects.get(kind="messaging.written", state=LetterState.HELD)
    assert withdraw(about=held.about, now=LATE) == 1


def test_an_hour_disputed_at_night_is_told_once_they_go_on(pupil: Pupil) -> None:
    line = HourLine.objects.get(meeting=pupil.held)
    hours.object_to_hours(line=line, word=SENTENCE, by=pupil.mentee.person, now=NIGHT)
    take_back(pupil)
    deliver_due(MORNING, limit=200)
    assert all("29123456" not in str(each.message()) for each in mail.outbox)
