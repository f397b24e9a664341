"""While a pair rests its planned meetings take place nowhere: not in calendars, not on their page (R1)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, text
from tests.taking_part import LATER, Pupil, a_meeting
from tests.visits import Visitor
from varpa.meetings.actions.meetings import plan_meeting
from varpa.meetings.models import Meeting
from varpa.pairs.actions.pairs import pause_pair, resume_pair
from varpa.people.actions import renew_calendar_key
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission

pytestmark = pytest.mark.django_db
ROOM = "https://meet.example/maja-2912"


@pytest.fixture
def planned(cast: Cast) -> Meeting:
    return make.meeting(cast.pair, days=6, place=ROOM)


def feed(who: Person) -> str:
    who.refresh_from_db()
    key = who.calendar_key or renew_calendar_key(person=who, now=NOW)
    return page(None, f"/calendar/{key}.ics").content.decode()


def pause(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW + timedelta(days=1))


def test_the_calendars_show_what_is_planned(cast: Cast, planned: Meeting) -> None:
    for who in (cast.elina, cast.andris):
        assert ROOM in feed(who)


def test_they_leave_it_out_while_the_pair_rests(cast: Cast, planned: Meeting) -> None:
    pause(cast)
    for who in (cast.elina, cast.andris):
        assert planned.ref not in feed(who)


def test_what_was_before_the_pause_stays(cast: Cast) -> None:
    held = make.held(cast.pair)
    pause(cast)
    assert held.ref in feed(cast.elina)


def test_it_comes_back_with_the_pair(cast: Cast, planned: Meeting) -> None:
    pause(cast)
    resume_pair(pair=cast.pair, by=cast.inga, now=NOW + timedelta(days=2))
    assert ROOM in feed(cast.elina)


def test_its_page_shows_no_way_into_the_room(cast: Cast, planned: Meeting) -> None:
    address = f"/meetings/{planned.ref}/"
    assert ROOM in text(Visitor(cast.elina).get(address))
    pause(cast)
    for who in (cast.elina, cast.andris):
        assert ROOM not in Visitor(who).get(address).content.decode()


class TestVisit:
    """Without its permission a visit is shown nowhere as taking place; other meetings stay."""

    def test_calendars_leave_it_out_until_it_is_permitted_again(self, cast: Cast) -> None:
        pupil = Pupil(cast)
        place = "Māla iela 7"
        visit = plan_meeting(pair=pupil.pair, **a_meeting("visit"), place=place, **pupil.mentors)
        krista = pupil.mentee.person
        assert place in feed(krista)
        pupil.withdraw("visit")
        assert place not in feed(krista)
        assert pupil.ahead.ref in feed(krista)
        assert place not in text(Visitor(krista).get(f"/meetings/{visit.ref}/"))
        record_permission(membership=pupil.mentee, kind="visit", guardian="Ilze", by=cast.inga, now=LATER)
        assert place in feed(krista)
