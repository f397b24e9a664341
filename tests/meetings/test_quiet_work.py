"""Topics, notes, reviews, promises and the agenda of a meeting while one of the two wants no messages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, follow, page, speak, text
from tests.programmes.conftest import picture
from varpa.meetings.actions.agenda import add_to_agenda, move_on_agenda, take_off_agenda
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.meetings import move_meeting
from varpa.meetings.actions.pictures import add_picture
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, write_notes
from varpa.meetings.actions.reviews import make_promise, review_meeting
from varpa.meetings.models import Meeting, Topic
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.models import Side
from varpa.pairs.quiet import WordsWouldReach
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "bet vārdi gaidīs", "lt": "žodžiai palauks", "en": "the words wait until"}
STAYS = {"lv": "tas paliek, kā ir", "lt": "lieka kaip yra", "en": "it stays as it is"}
HOUR = timedelta(hours=1)
LATER = NOW + 2 * HOUR


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Elīna has stopped messages after this meeting was planned, and after Andris brought a topic."""
    made = make.meeting(cast.pair)
    add_topic(meeting=made, text="Krāsns cena", by=cast.andris, now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    return made


def topic(meeting: Meeting, by: Person) -> None:
    add_topic(meeting=meeting, text=HARSH, by=by, now=LATER)


def notes(meeting: Meeting, by: Person) -> None:
    write_notes(meeting=meeting, notes=HARSH, revision=0, by=by, now=LATER)


def promise(meeting: Meeting, by: Person) -> None:
    make_promise(pair=meeting.pair, meeting=meeting, text=HARSH, due=None, by=by, now=LATER)


def review(meeting: Meeting, by: Person) -> None:
    after = NOW + 4 * DAY
    for who, words in ((meeting.pair.mentor.person, HARSH), (meeting.pair.mentee.person, HARSH)):
        said = words if who == by else "Labi"
        review_meeting(meeting=meeting, by=who, now=after, minutes=60, text=said, shared=True)


ROADS = [topic, notes, promise, review]
Road = Callable[[Meeting, Person], None]


def _page(who: Person, meeting: Meeting) -> str:
    return text(page(who, f"/meetings/{meeting.ref}/", now=NOW + 4 * DAY))


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_words_wait(cast: Cast, meeting: Meeting, road: Road, language: str) -> None:
    speak(language, cast.elina)
    road(meeting, cast.andris)
    shown = _page(cast.elina, meeting)
    assert HARSH not in shown
    assert "Krāsns cena" in shown
    assert WAITS[language] in shown


@pytest.mark.parametrize("road", ROADS)
def test_once_messages_may_come_again_they_are_there(cast: Cast, meeting: Meeting, road: Road) -> None:
    road(meeting, cast.andris)
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 4 * DAY)
    assert HARSH in _page(cast.elina, meeting)


@pytest.mark.parametrize("road", ROADS)
def test_the_words_of_whoever_stopped_messages_pass(cast: Cast, meeting: Meeting, road: Road) -> None:
    road(meeting, cast.elina)
    assert HARSH in _page(cast.andris, meeting)


def test_notes_of_before_stay(cast: Cast) -> None:
    made = make.meeting(cast.pair)
    write_notes(meeting=made, notes="Glazūra", revision=0, by=cast.andris, now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    assert "Glazūra" in _page(cast.elina, made)


def test_nor_in_the_room_nor_among_the_promises_nor_in_the_hours(cast: Cast, meeting: Meeting) -> None:
    Topic.objects.filter(meeting=meeting).update(withdrawn_at=NOW)
    topic(meeting, cast.andris)
    promise(meeting, cast.andris)
    work = {"day": NOW.date(), "minutes": 30, "work": HARSH}
    line = enter_work(pair=cast.pair, **work, by=cast.andris, now=LATER)
    ref = cast.pair.ref
    pages = [f"/pairs/{ref}/", f"/pairs/{ref}/promises/", f"/pairs/{ref}/hours/", f"/hours/{line.ref}/"]
    assert not any(HARSH in text(page(cast.elina, address)) for address in pages)
    assert all(HARSH in text(page(cast.andris, address)) for address in pages[1:])
    assert "gaida" in text(page(cast.elina, f"/pairs/{ref}/promises/"))


def test_it_goes_on_no_agenda_with_one_tap(cast: Cast, meeting: Meeting) -> None:
    topic(meeting, cast.andris)
    promise(meeting, cast.andris)
    assert HARSH not in text(page(cast.elina, f"/meetings/{meeting.ref}/"))


def _fields(text: str, **changes: Any) -> dict[str, Any]:
    return {"goals": "", "resources": "", "agenda": text, "revision": 0, **changes}


class TestAgenda:
    def test_the_other_writes_nothing_new_in_what_both_read(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(WordsWouldReach):
            add_to_agenda(meeting=meeting, text=HARSH, by=cast.andris, now=LATER)
        with pytest.raises(WordsWouldReach):
            prepare_meeting(meeting=meeting, **_fields(HARSH), by=cast.andris, now=LATER)
        meeting.refresh_from_db()
        assert meeting.agenda == ""

    def test_whoever_stopped_messages_writes_on(self, cast: Cast, meeting: Meeting) -> None:
        add_to_agenda(meeting=meeting, text="Plāns", by=cast.elina, now=LATER)
        add_to_agenda(meeting=meeting, text="Krāsns", by=cast.elina, now=LATER)
        move_on_agenda(meeting=meeting, line="Krāsns", was=1, to=0, by=cast.andris, now=LATER)
        take_off_agenda(meeting=meeting, line="Plāns", was=1, by=cast.andris, now=LATER)
        meeting.refresh_from_db()
        assert "Krāsns" in meeting.agenda

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_what_was_typed_is_kept_and_the_reason_told(
        self, cast: Cast, meeting: Meeting, language: str
    ) -> None:
        speak(language, cast.andris)
        shown = text(follow(cast.andris, f"/meetings/{meeting.ref}/agenda/", {"text": HARSH}))
        assert HARSH in shown
        assert STAYS[language] in shown
        assert STAYS[language] in text(page(cast.andris, f"/meetings/{meeting.ref}/"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_what_a_picture_shows_waits_in_words(cast: Cast, language: str) -> None:
    held = make.held(cast.pair)
    speak(language, cast.elina, cast.andris)
    address = f"/meetings/{held.ref}/pictures/"
    given = {"meeting": held, "shows": (Side.MENTEE,), "by": cast.andris}
    add_picture(**given, upload=picture(), about="Podi", now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    assert TOLD[language] in text(page(cast.andris, address))
    added = add_picture(**given, upload=picture(), about=HARSH, now=LATER)
    shown = text(page(cast.elina, address))
    assert "Podi" in shown
    assert HARSH not in shown
    assert WAITS[language] in shown
    assert f"{address}{added.ref}/" in shown, "she is in it, and may take it away"
    assert HARSH in text(page(cast.andris, address))
    lift_quiet(pair=cast.pair, by=cast.elina, now=LATER)
    assert HARSH in text(page(cast.elina, address))


def test_times_and_places_come_through(cast: Cast, meeting: Meeting) -> None:
    when = meeting.starts_local + DAY
    changes = {"starts_local": when, "zone": meeting.zone, "minutes": 45, "place": cast.mentor.place}
    move_meeting(meeting=meeting, **changes, by=cast.andris, now=LATER)
    assert cast.mentor.place in text(page(cast.elina, f"/meetings/{meeting.ref}/"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_writes_is_told(cast: Cast, meeting: Meeting, language: str) -> None:
    speak(language, cast.andris)
    assert TOLD[language] in text(page(cast.andris, f"/meetings/{meeting.ref}/"))
    assert TOLD[language] in text(page(cast.andris, f"/pairs/{cast.pair.ref}/promises/"))
