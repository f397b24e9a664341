"""Two meetings at one hour: whoever plans is told, kindly; what the other has then is nobody's affair."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.events.conftest import announced, invitation
from tests.make import NOW
from tests.pairs.conftest import capacity
from tests.visits import Visitor, forms, words
from varpa.events.actions.coming import answer_invitation
from varpa.kernel.times import to_utc
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.busy import busy, overlaps
from varpa.meetings.models import Meeting
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db

HOUR = datetime(2025, 10, 21, 16, 0)


@pytest.fixture
def other(cast: Cast) -> Pair:
    """Andris mentors Kārlis as well: an ordinary case."""
    capacity(cast.mentor, 2)
    mentee = make.member(cast.programme, make.person("Kārlis Koks", born=date(2006, 3, 1)), Role.MENTEE)
    return make.pair(cast.mentor, mentee)


def planned(pair: Pair, starts_local: datetime = HOUR, **changes: Any) -> Meeting:
    return make.meeting(Pair.objects.get(pk=pair.pk), starts_local=starts_local, **changes)


def is_busy(pair: Pair, side: str, hour: datetime = HOUR, minutes: int = 60) -> bool:
    return overlaps(busy(pair, NOW)[side], to_utc(hour, "Europe/Riga"), minutes)


def plans(pair: Pair, who: Person, language: str = "en") -> str:
    """What whoever plans a meeting at that hour reads on the page of the meeting."""
    visitor = Visitor(who, language=language)
    asked = {"kind": "regular", "means": "video", "zone": "Europe/Riga", "starts": "2025-10-21T16:30"}
    form = forms(visitor.get(f"/pairs/{pair.ref}/meetings/new/"))[0]
    return words(visitor.get(visitor.post(form.action, {**form.fields, **asked, "minutes": "60"}).url))


def test_a_meeting_of_another_pair_makes_busy_whoever_is_in_both(cast: Cast, other: Pair) -> None:
    theirs = planned(other)
    assert is_busy(cast.pair, "mentor")
    assert not is_busy(cast.pair, "mentee")
    assert is_busy(cast.pair, "mentor", HOUR + timedelta(minutes=59))
    assert not is_busy(cast.pair, "mentor", HOUR + timedelta(minutes=60))
    assert not is_busy(other, "mentor"), "the own meeting is told of otherwise"
    cancel_meeting(meeting=theirs, reason="", by=cast.andris, now=NOW)
    assert not is_busy(cast.pair, "mentor")


def test_an_event_to_which_one_comes_makes_busy(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga)
    begins = event.starts_local
    assert not is_busy(cast.pair, "mentee", begins)
    answer_invitation(invitation=invitation(event, cast.elina), comes=True, by=cast.elina, now=NOW)
    assert is_busy(cast.pair, "mentee", begins)
    assert not is_busy(cast.pair, "mentor", begins)


def test_a_mentor_of_several_is_told_and_the_meeting_stands(cast: Cast, other: Pair) -> None:
    planned(other)
    told = plans(cast.pair, cast.andris)
    assert "You have another meeting then. This meeting can be moved." in told
    assert "Kārlis" not in told
    assert cast.pair.meetings.count() == 1


def test_the_mentee_learns_no_more_than_that_the_mentor_is_not_free(cast: Cast, other: Pair) -> None:
    planned(other, kind="first", place="Māls un uguns, Jelgava")
    told = plans(cast.pair, cast.elina)
    assert "Andris is not free then. This meeting can be moved." in told
    assert "Kārlis" not in told
    assert "You have another meeting" not in told


def test_where_nothing_falls_together_nothing_is_said(cast: Cast, other: Pair) -> None:
    planned(other, HOUR + timedelta(days=1))
    told = plans(cast.pair, cast.andris)
    assert "another meeting then" not in told
    assert "not free then" not in told


def test_moved_to_an_hour_that_is_taken_it_is_told_too(cast: Cast, other: Pair) -> None:
    planned(other)
    mine = planned(cast.pair, HOUR + timedelta(days=1))
    visitor = Visitor(cast.andris, language="en")
    form = forms(visitor.get(f"/meetings/{mine.ref}/move/"))[0]
    asked = {"means": "video", "zone": "Europe/Riga", "starts": "2025-10-21T16:00"}
    told = words(visitor.get(visitor.post(form.action, {**form.fields, **asked}).url))
    assert "You have another meeting then. This meeting can be moved." in told
    mine.refresh_from_db()
    assert mine.starts_at == to_utc(HOUR, "Europe/Riga")


@pytest.mark.parametrize(
    ("language", "who", "sentence"),
    [
        ("lv", "andris", "Šajā laikā Jums jau ir cita tikšanās."),
        ("lv", "elina", "Andris: šis laiks ir aizņemts."),
        ("lt", "andris", "Šiuo laiku jau turite kitą susitikimą."),
        ("lt", "elina", "Andris: šis laikas užimtas."),
    ],
)
def test_in_three_languages(cast: Cast, other: Pair, language: str, who: str, sentence: str) -> None:
    planned(other)
    assert sentence in plans(cast.pair, getattr(cast, who), language)
