"""E-mentoring work is offered in one tap where the system knows of it (R2)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, page, send, speak, text
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, share_plan
from varpa.businessplans.actions.remarks import remark
from varpa.meetings.actions.hours import enter_work, withdraw_hours
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.works import MOST, works_to_count
from varpa.messaging.actions import begin_thread, take_back, write_message
from varpa.messaging.models import Message
from varpa.pairs.actions.pairs import pause_pair
from varpa.people.models import Person
from varpa.presentations.actions.presentations import begin_presentation, share_presentation
from varpa.presentations.actions.recommendations import recommend

pytestmark = pytest.mark.django_db


def write(cast: Cast, by: Person, days: int = 0) -> Message:
    now = NOW + days * DAY
    thread = begin_thread(pair=cast.pair, by=by, now=now)
    return write_message(thread=thread, text="Cena ir laba", by=by, now=now)


def offered(cast: Cast, side: str = "mentor", days: int = 0) -> list[str]:
    offers = works_to_count(cast.pair, side, NOW + days * DAY)
    return [f"{offer.day:%d.%m} {offer.work}" for offer in offers]


def test_a_day_on_which_the_mentor_wrote_is_offered_once(cast: Cast) -> None:
    write(cast, cast.andris)
    write(cast, cast.andris)
    write(cast, cast.andris, days=1)
    assert offered(cast, days=1) == ["15.10 Messages", "14.10 Messages"]


def test_what_the_mentor_read_and_commented_is_known_too(cast: Cast) -> None:
    plan = begin_plan(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    write_part(plan=plan, key="idea", text="Krūzes", ready=False, revision=0, by=cast.elina, now=NOW)
    share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    remark(plan=plan, part="idea", quote="", text="Cik?", by=cast.andris, now=NOW)
    shown = begin_presentation(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    share_presentation(presentation=shown, shared=True, by=cast.elina, now=NOW)
    recommend(presentation=shown, slide="idea", text="Sāc ar krūzi.", by=cast.andris, now=NOW)
    expected = "14.10 Comments on the business plan, recommendations for the presentation"
    assert offered(cast) == [expected]


def test_the_mentee_logs_no_hours_of_the_mentors(cast: Cast) -> None:
    write(cast, cast.elina)
    assert offered(cast) == offered(cast, "mentee") == []


def test_a_tap_enters_it_and_it_is_not_offered_again(cast: Cast) -> None:
    write(cast, cast.andris)
    address = f"/pairs/{cast.pair.ref}/hours/"
    assert "Vai arī to ieskaitīt?" in text(page(cast.andris, address))
    (offer,) = works_to_count(cast.pair, "mentor", NOW)
    tapped = {"ref": offer.ref, "day": f"{offer.day}", "work": offer.work, "minutes": "30"}
    for _again in range(2):
        assert send(cast.andris, address, tapped).status_code == 302
    line = HourLine.objects.get()
    assert (line.minutes, line.state, line.side) == (30, LineState.WAITING, "mentor")
    assert offered(cast) == []


def test_what_was_taken_back_is_not_offered(cast: Cast) -> None:
    take_back(message=write(cast, cast.andris), by=cast.andris, now=NOW)
    assert offered(cast) == []
    write(cast, cast.andris)
    line = enter_work(pair=cast.pair, day=NOW.date(), minutes=5, work="Cits", by=cast.andris, now=NOW)
    withdraw_hours(line=line, by=cast.andris, now=NOW)
    assert offered(cast) == []


def test_it_is_offered_for_two_weeks_and_a_few_days_at_once(cast: Cast) -> None:
    for day in range(MOST + 2):
        write(cast, cast.andris, days=day)
    assert len(offered(cast, days=MOST + 1)) == MOST
    assert offered(cast, days=MOST + 16) == []


def test_nothing_is_offered_while_the_pair_rests(cast: Cast) -> None:
    write(cast, cast.andris)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW + timedelta(hours=1))
    cast.pair.refresh_from_db()
    assert offered(cast) == []


def test_the_messages_lead_the_mentor_there(cast: Cast) -> None:
    thread = write(cast, cast.andris).thread
    way = f'href="/pairs/{cast.pair.ref}/hours/#offers"'
    assert way in page(cast.andris, f"/threads/{thread.ref}/").content.decode()
    assert way not in page(cast.elina, f"/threads/{thread.ref}/").content.decode()


def test_another_pair_of_the_mentor_does_not_see_it(cast: Cast) -> None:
    write(cast, cast.andris)
    assert works_to_count(cast.neighbours, "mentor", NOW) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Vai arī to ieskaitīt?"), ("lt", "Ar ir tai įskaityti?"), ("en", "Does this count too?")],
)
def test_it_is_asked_in_the_readers_language(cast: Cast, language: str, words: str) -> None:
    make.held(cast.pair)
    write(cast, cast.andris)
    speak(language, cast.andris)
    assert words in text(page(cast.andris, f"/pairs/{cast.pair.ref}/hours/"))
