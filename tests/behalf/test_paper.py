"""A meeting on a signed paper, entered by staff: when, how long, on whose behalf (principle 6, R11)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, ask, forms, queries, words
from varpa.behalf.actions import NobodySigned, NotYourPair, OneOfTheTwo, OtherwiseCounted, enter_paper
from varpa.history.models import Channel, Line
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.hours import confirm_hours
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.actions.meetings import (
    BeforeThePair,
    NotYet,
    SameTime,
    VisitInPerson,
    miss_meeting,
)
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Review
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=10)
HELD = datetime(2025, 10, 20, 15, 0)
BOTH = ("mentor", "mentee")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def enter(cast: Cast, **changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "pair": cast.pair,
        "kind": "regular",
        "means": "in_person",
        "starts_local": HELD,
        "zone": "Europe/Riga",
        "minutes": 50,
        "signed": BOTH,
        "by": cast.inga,
        "now": LATER,
    }
    return enter_paper(**{**given, **changes})


def address(pair: Pair) -> str:
    return f"/pairs/{pair.ref}/papers/meeting/"


def test_two_signatures_count_the_hours(cast: Cast) -> None:
    meeting = enter(cast)
    line = HourLine.objects.get(meeting=meeting)
    assert (meeting.state, line.state, line.minutes) == (MeetingState.HELD, LineState.CONFIRMED, 50)
    assert not Review.objects.filter(meeting=meeting).exists()


@pytest.mark.parametrize("side", BOTH)
def test_one_signature_waits_for_the_others_yes(cast: Cast, side: str) -> None:
    line = HourLine.objects.get(meeting=enter(cast, signed=[side]))
    assert (line.state, line.side) == (LineState.WAITING, side)
    other = cast.elina if side == "mentor" else cast.andris
    confirm_hours(line=line, by=other, now=LATER)
    assert line.state == LineState.CONFIRMED


def test_history_says_on_whose_behalf_and_that_it_was_paper(cast: Cast) -> None:
    enter(cast)
    lines = Line.objects.filter(verb="meeting.enter_paper")
    assert {each.behalf for each in lines} == {cast.andris.pk, cast.elina.pk}
    assert {(each.actor, each.channel) for each in lines} == {(cast.inga.pk, Channel.PAPER)}


def test_both_are_told_in_their_language(cast: Cast) -> None:
    enter(cast, pair=cast.neighbours)
    told = Letter.objects.filter(kind="behalf.meeting")
    assert {each.to_address for each in told} == {cast.rimantas.email, cast.gabija.email}
    assert all("Įrašė Inga Liepa" in each.text for each in told)


def test_a_meeting_that_was_planned_took_place_as_the_paper_has_it(cast: Cast) -> None:
    planned = make.meeting(cast.pair, days=6, kind="first")
    later = planned.starts_local + timedelta(hours=2)
    assert enter(cast, known=planned, kind="", starts_local=later, minutes=40) == planned
    planned.refresh_from_db()
    assert (planned.state, planned.kind, planned.means) == (MeetingState.HELD, "first", "in_person")
    assert (planned.starts_local, planned.minutes, HourLine.objects.get().minutes) == (later, 40, 40)


def test_what_would_count_an_hour_twice_is_told_at_the_field(cast: Cast) -> None:
    meeting = make.held(cast.pair, days=6, minutes=120)
    form = forms(Visitor(cast.inga, days=10).get(address(cast.pair)))[-1]
    starts = f"{meeting.starts_local + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    given: dict[str, Any] = {"starts": starts, "minutes": "60", "kind": "regular", "means": "video"}
    answer = Visitor(cast.inga, days=10).send(form, tick=("mentor",), **given)
    shown = words(answer)
    assert "iestiepjas" in shown.split('name="minutes"')[0].rsplit("<label", 1)[1]
    assert HourLine.objects.count() == 1


def test_a_second_click_and_a_second_paper_enter_nothing_more(cast: Cast) -> None:
    ref = new_ref()
    meeting = enter(cast, ref=ref)
    assert enter(cast, ref=ref) == enter(cast, known=meeting) == meeting
    with pytest.raises(SameTime):
        enter(cast, ref=new_ref())
    assert HourLine.objects.count() == 1
    assert Letter.objects.filter(kind="behalf.meeting").count() == 2


def test_a_second_paper_with_the_others_signature_confirms(cast: Cast) -> None:
    meeting = enter(cast, signed=["mentee"])
    enter(cast, known=meeting, signed=["mentee"])
    assert HourLine.objects.get().state == LineState.WAITING
    enter(cast, known=meeting, signed=["mentor"])
    assert HourLine.objects.get().state == LineState.CONFIRMED


def test_a_paper_confirms_what_one_of_them_has_written(cast: Cast) -> None:
    meeting = make.held(cast.pair, days=6, kind="regular", minutes=50)
    with pytest.raises(OtherwiseCounted):
        enter(cast, known=meeting, minutes=60)
    enter(cast, known=meeting, minutes=50)
    assert HourLine.objects.get().state == LineState.CONFIRMED


def test_a_missed_meeting_took_place_after_all(cast: Cast) -> None:
    meeting = make.meeting(cast.pair, days=6, kind="regular")
    miss_meeting(meeting=meeting, missed_by="mentee", by=cast.andris, now=LATER)
    enter(cast, known=meeting, starts_local=meeting.starts_local)
    assert Meeting.objects.get().state == MeetingState.HELD


def test_the_mentees_signature_is_enough_for_what_the_mentor_leads(cast: Cast) -> None:
    line = HourLine.objects.get(meeting=enter(cast, kind="first", signed=["mentee"]))
    assert (line.state, line.side) == (LineState.WAITING, "mentee")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"minutes": 5000}, WrongLength),
        ({"starts_local": HELD + timedelta(days=60)}, NotYet),
        ({"means": "video"}, VisitInPerson),
    ],
)
def test_a_planned_visit_keeps_to_the_rules(cast: Cast, changes: dict[str, Any], why: type[Refusal]) -> None:
    planned = make.meeting(cast.pair, days=60, kind="visit")
    with pytest.raises(why):
        enter(cast, known=planned, **changes)
    planned.refresh_from_db()
    assert (planned.state, HourLine.objects.exists()) == (MeetingState.PLANNED, False)


def test_nothing_is_counted_twice_beside_a_paper(cast: Cast) -> None:
    planned = make.meeting(cast.pair, days=6, kind="regular")
    enter(cast, known=planned, starts_local=planned.starts_local, minutes=240)
    with pytest.raises(SameTime):
        enter(cast, starts_local=planned.starts_local + timedelta(minutes=60), minutes=180)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"signed": ()}, NobodySigned),
        ({"starts_local": HELD + timedelta(days=60)}, NotYet),
        ({"starts_local": HELD - timedelta(days=60)}, BeforeThePair),
    ],
)
def test_what_is_refused(cast: Cast, changes: dict[str, Any], why: type[Refusal]) -> None:
    with pytest.raises(why):
        enter(cast, **changes)
    assert not Meeting.objects.exists()


def test_only_who_manages_the_programme_enters_it(cast: Cast) -> None:
    for person, why in ((cast.andris, OneOfTheTwo), (cast.tomas, NotYourPair), (cast.zane, NotYourPair)):
        with pytest.raises(why):
            enter(cast, by=person)


def test_a_manager_who_mentors_enters_only_the_own_side_in_the_room(cast: Cast) -> None:
    make.manager(cast.programme, cast.andris)
    with pytest.raises(OneOfTheTwo):
        enter(cast, by=cast.andris)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_manager_enters_it_by_the_page(cast: Cast, language: str) -> None:
    planned = make.meeting(cast.pair, days=6, kind="regular", place="Pie Andra darbnīcā")
    inga = Visitor(cast.inga, days=10, language=language)
    assert address(cast.pair) in words(inga.get(f"/pairs/{cast.pair.ref}/"))
    page = inga.get(f"{address(cast.pair)}?meeting={planned.ref}")
    assert "darbnīcā" not in words(page)
    nothing = inga.send(forms(page)[0])
    assert nothing.status_code == 200
    chosen = {"means": "in_person", "zone": "Europe/Riga"}
    assert inga.send(forms(nothing)[0], tick=("mentor",), **chosen).status_code == 302
    planned.refresh_from_db()
    assert planned.state == MeetingState.HELD


def test_who_sees_the_page(cast: Cast) -> None:
    seen: dict[Person | None, int] = {cast.inga: 200, cast.dace: 200, cast.elina: 403, cast.tomas: 404}
    for person, status in {**seen, cast.zane: 404, None: 302}.items():
        assert ask(person, address(cast.pair)).status_code == status


def test_the_page_asks_as_much_whatever_there_is(cast: Cast) -> None:
    few = queries(cast.inga, address(cast.pair))
    for days in range(1, 9):
        make.meeting(cast.pair, days=days, kind="regular")
    assert queries(cast.inga, address(cast.pair), days=20) == few <= 12


@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_enter_one_paper(cast: Cast) -> None:
    found = at_once(lambda: enter(cast), lambda: enter(cast, by=cast.dace))
    assert sorted(isinstance(each, SameTime) for each in found) == [False, True]
    assert HourLine.objects.count() == 1
