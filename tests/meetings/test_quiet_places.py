"""Where the two meet while the mentee wants no messages: where both know, so that a place is no message."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, follow, page, speak, text
from tests.times.conftest import propose
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.meetings import move_meeting
from varpa.meetings.actions.reviews import log_meeting
from varpa.meetings.models import Meeting
from varpa.meetings.where import NotKnownToBoth
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.models import Pair
from varpa.pairs.quiet import WordsWouldReach
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.times.actions import choose_time

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
MET = "Tirgus laukums, 3. galds"
LINK = "https://call.example/meeting"
LATER = NOW + timedelta(hours=2)
TOLD = {"lv": "kur jau esat tikušies", "lt": "kur jau esate buvę susitikę", "en": "where you have met before"}


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Elīna has stopped messages after this meeting was planned."""
    made = make.meeting(cast.pair, kind="regular", place=MET)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + timedelta(hours=1))
    return made


def plan(meeting: Meeting, place: str, by: Person) -> Meeting:
    return make.meeting(Pair.objects.get(pk=meeting.pair_id), days=9, kind="regular", place=place, by=by)


def move(meeting: Meeting, place: str, by: Person) -> object:
    given = {"starts_local": meeting.starts_local, "zone": meeting.zone, "minutes": 60, "place": place}
    return move_meeting(meeting=meeting, **given, by=by, now=LATER)


def log(meeting: Meeting, place: str, by: Person) -> object:
    when = meeting.starts_local - 4 * DAY
    given = {"starts_local": when, "zone": meeting.zone, "minutes": 60, "place": place, "text": "Labi."}
    return log_meeting(pair=meeting.pair, kind="regular", means="video", **given, by=by, now=LATER)


ROADS = [plan, move]


@pytest.mark.parametrize("road", [*ROADS, log])
def test_a_place_of_which_the_other_has_not_heard_is_refused(
    cast: Cast, meeting: Meeting, road: Callable[[Meeting, str, Person], object]
) -> None:
    with pytest.raises(NotKnownToBoth):
        road(meeting, HARSH, cast.andris)
    seen = text(page(cast.elina, f"/pairs/{cast.pair.ref}/")) + text(page(cast.elina, "/"))
    letters = Letter.objects.filter(to_address=cast.elina.email)
    assert not any(HARSH in each for each in [seen, *(each.text + each.calendar for each in letters)])


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("place", ["", MET, f" {MET} ", LINK, "Māls un uguns"])
def test_a_place_that_both_know_goes_on(
    cast: Cast, meeting: Meeting, road: Callable[[Meeting, str, Person], object], place: str
) -> None:
    road(meeting, place, cast.andris)


@pytest.mark.parametrize("road", ROADS)
def test_whoever_stopped_messages_names_any_place(
    cast: Cast, meeting: Meeting, road: Callable[[Meeting, str, Person], object]
) -> None:
    road(meeting, "Bibliotēka", cast.elina)


def test_words_beside_a_link_are_no_link(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NotKnownToBoth):
        plan(meeting, f"{LINK} {HARSH}", cast.andris)


def test_no_colleague_is_named_anew(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NotKnownToBoth):
        make.meeting(cast.pair, days=9, kind="visit", host=HARSH)


def test_a_plan_brings_no_agenda_in_own_words(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(WordsWouldReach):
        make.meeting(cast.pair, days=9, kind="regular", agenda=HARSH)


def test_times_are_proposed_for_a_known_place(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NotKnownToBoth):
        propose(cast, place=HARSH)
    assert propose(cast, place=MET).place == MET


def test_a_time_proposed_before_is_chosen_with_its_place(cast: Cast) -> None:
    proposal = propose(cast, place="Bibliotēka")
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    chosen = choose_time(option=proposal.options.all()[0], by=cast.elina, now=LATER)
    assert chosen.place == "Bibliotēka"


def test_once_messages_may_come_again_any_place_will_do(cast: Cast, meeting: Meeting) -> None:
    lift_quiet(pair=cast.pair, by=cast.elina, now=LATER)
    assert plan(meeting, "Bibliotēka", cast.andris).place == "Bibliotēka"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_plans_is_told_before_and_keeps_what_was_typed(
    cast: Cast, meeting: Meeting, language: str
) -> None:
    speak(language, cast.andris)
    pages = [f"/pairs/{cast.pair.ref}/{rest}/" for rest in ("meetings/new", "meetings/log", "times")]
    for address in [*pages, f"/meetings/{meeting.ref}/move/"]:
        assert TOLD[language] in text(page(cast.andris, address))
        assert TOLD[language] not in text(page(cast.elina, address))
    given = {"ref": new_ref(), "kind": "regular", "means": "video", "minutes": "60", "place": HARSH}
    when = {"starts": "2025-11-20T10:00", "zone": "Europe/Riga"}
    shown = text(follow(cast.andris, pages[0], {**given, **when}))
    assert HARSH in shown
    assert TOLD[language] in shown
    assert not Meeting.objects.filter(place=HARSH).exists()
