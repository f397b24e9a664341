"""Words beside a meeting, on pages, in letters and calendars, while one of the two wants none."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, follow, page, speak, text
from tests.times.conftest import propose
from varpa.meetings.actions.coming import say_coming
from varpa.meetings.actions.hours import enter_work, object_to_hours
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting
from varpa.meetings.models import Said
from varpa.messaging.actions import lift_quiet, want_quiet, write_message
from varpa.messaging.models import Thread
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.times.actions import decline_times

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "bet vārdi gaidīs", "lt": "žodžiai palauks", "en": "the words wait until"}


@pytest.fixture
def quiet(cast: Cast) -> Cast:
    """Elīna has stopped messages."""
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    return cast


def cancelled(cast: Cast, by: Person) -> str:
    meeting = make.meeting(cast.pair)
    cancel_meeting(meeting=meeting, by=by, now=NOW, reason=HARSH)
    return f"/meetings/{meeting.ref}/"


def missed(cast: Cast, by: Person) -> str:
    meeting = make.meeting(cast.pair)
    miss_meeting(meeting=meeting, missed_by="mentee", by=by, now=NOW + 4 * DAY, reason=HARSH)
    return f"/meetings/{meeting.ref}/"


def declined(cast: Cast, by: Person) -> str:
    meeting = make.meeting(cast.pair)
    say_coming(meeting=meeting, said=Said.NO, by=by, now=NOW, word=HARSH)
    return f"/meetings/{meeting.ref}/"


def accepted(cast: Cast, by: Person) -> str:
    meeting = make.meeting(cast.pair)
    say_coming(meeting=meeting, said=Said.YES, by=by, now=NOW, word=HARSH)
    return f"/meetings/{meeting.ref}/"


def objected(cast: Cast, by: Person) -> str:
    other = cast.elina if by == cast.andris else cast.andris
    line = enter_work(pair=cast.pair, day=NOW.date(), minutes=30, work="Plāns", by=other, now=NOW)
    object_to_hours(line=line, word=HARSH, minutes=20, by=by, now=NOW)
    return f"/hours/{line.ref}/"


def proposed(cast: Cast, by: Person) -> str:
    return f"/times/{propose(cast, by, word=HARSH).ref}/"


def none_fits(cast: Cast, by: Person) -> str:
    proposal = propose(cast, cast.elina if by == cast.andris else cast.andris)
    decline_times(proposal=proposal, by=by, now=NOW, answer=HARSH)
    return f"/times/{proposal.ref}/"


ROADS = [cancelled, missed, declined, accepted, objected, proposed, none_fits]


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_fact_is_told_and_the_words_wait(quiet: Cast, road: Any, language: str) -> None:
    speak(language, quiet.elina)
    address = road(quiet, quiet.andris)
    letters = Letter.objects.filter(to_address=quiet.elina.email)
    seen = [*(each.text + each.html + each.brief + each.calendar for each in letters)]
    shown = text(page(quiet.elina, address))
    assert not any(HARSH in each for each in [*seen, shown])
    assert WAITS[language] in shown


@pytest.mark.parametrize("road", ROADS)
def test_once_messages_may_come_again_the_words_are_there(quiet: Cast, road: Any) -> None:
    address = road(quiet, quiet.andris)
    lift_quiet(pair=quiet.pair, by=quiet.elina, now=NOW)
    shown = text(page(quiet.elina, address))
    assert HARSH in shown
    assert WAITS["lv"] not in shown


@pytest.mark.parametrize("road", [road for road in ROADS if road not in (accepted, declined)])
def test_everybody_reads_their_own_words(quiet: Cast, road: Any) -> None:
    assert HARSH in text(page(quiet.andris, road(quiet, quiet.andris)))


@pytest.mark.parametrize("road", ROADS)
def test_the_words_of_whoever_wants_quiet_pass(quiet: Cast, road: Any) -> None:
    assert HARSH in text(page(quiet.andris, road(quiet, quiet.elina)))


def test_the_feed_tells_that_it_is_off_and_no_word(quiet: Cast) -> None:
    cancelled(quiet, quiet.andris)
    Person.objects.filter(pk=quiet.elina.pk).update(calendar_key="k" * 32)
    feed = page(None, f"/calendar/{'k' * 32}.ics").content.decode()
    assert "STATUS:CANCELLED" in feed
    assert HARSH not in feed


def test_a_reason_of_which_nobody_knows_whose_it_is_waits(quiet: Cast) -> None:
    address = cancelled(quiet, quiet.andris)
    quiet.pair.meetings.update(reason_by="")
    assert HARSH not in text(page(quiet.elina, address))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_writes_is_told_before_and_after(quiet: Cast, language: str) -> None:
    speak(language, quiet.andris)
    address = f"/meetings/{make.meeting(quiet.pair).ref}/cancel/"
    assert TOLD[language] in text(page(quiet.andris, address))
    assert TOLD[language] in text(follow(quiet.andris, address, {"reason": HARSH}))


def test_without_words_there_is_nothing_to_tell(quiet: Cast) -> None:
    address = f"/meetings/{make.meeting(quiet.pair).ref}/cancel/"
    assert TOLD["lv"] not in text(follow(quiet.andris, address, {"reason": ""}))


def test_a_message_that_waits_for_its_hour_does_not_go_any_more(cast: Cast) -> None:
    thread = Thread.objects.create(pair=cast.pair, begun_at=NOW, last_at=NOW)
    for by in (cast.andris, cast.elina):
        write_message(thread=thread, text=HARSH, by=by, now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    states = dict(Letter.objects.filter(kind="messaging.written").values_list("to_address", "state"))
    assert states[cast.elina.email] == LetterState.WITHDRAWN
    assert states[cast.andris.email] == LetterState.QUEUED
