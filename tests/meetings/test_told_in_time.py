"""What changes about a meeting is heard before its hour, the former and the new, whoever rests meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.meetings.actions.coming import decline_proposal, say_coming
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.comings import Proposed
from varpa.meetings.models import Meeting, Said
from varpa.notices.actions import choose_quiet_hours
from varpa.post.models import Letter
from varpa.post.outbox import deliver_due
from varpa.times.actions import propose_times

pytestmark = pytest.mark.django_db
WEEKEND = (5, 6)


def riga(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2025 in Riga: the 18th is a Saturday."""
    return datetime(2025, 10, day, hour - 3, minute, tzinfo=UTC)


SATURDAY = riga(18, 9)


def rests(cast: Cast, begins: time | None = None, ends: time | None = None, days: Sequence[int] = ()) -> None:
    choose_quiet_hours(person=cast.elina, begins=begins, ends=ends, days=days, now=NOW)


def planned(cast: Cast, day: int, hour: int, minute: int = 0) -> Meeting:
    meeting = make.meeting(cast.pair, starts_local=datetime(2025, 10, day, hour, minute))
    deliver_due(NOW)
    return meeting


def moved(meeting: Meeting, cast: Cast, day: int, hour: int, now: datetime, **more: Any) -> None:
    move_meeting(
        meeting=meeting,
        starts_local=datetime(2025, 10, day, hour),
        zone="Europe/Riga",
        minutes=60,
        by=cast.andris,
        now=now,
        **more,
    )


def told(cast: Cast, kind: str) -> datetime:
    """When Elīna is told."""
    return Letter.objects.filter(to_address=cast.elina.email, kind=kind).latest("pk").not_before


def test_a_meeting_called_off_is_heard_of_before_its_hour(cast: Cast) -> None:
    rests(cast, days=WEEKEND)
    meeting = planned(cast, 19, 12)
    cancel_meeting(meeting=meeting, by=cast.andris, now=SATURDAY)
    assert told(cast, "meetings.cancelled") == SATURDAY


@pytest.mark.parametrize(("hour", "minute"), [(7, 30), (10, 0)], ids=["too late", "hardly in time"])
def test_a_quiet_day_yields_before_a_night_does(cast: Cast, hour: int, minute: int) -> None:
    rests(cast, time(18), time(8), days=[6])
    meeting = planned(cast, 20, hour, minute)
    cancel_meeting(meeting=meeting, by=cast.andris, now=riga(18, 18, 30))
    assert told(cast, "meetings.cancelled") == riga(19, 8)


def test_hours_that_rest_till_the_meeting_yield_too(cast: Cast) -> None:
    rests(cast, time(11), time(10, 30))
    meeting = planned(cast, 20, 12)
    cancel_meeting(meeting=meeting, by=cast.andris, now=riga(19, 11, 30))
    assert told(cast, "meetings.cancelled") == riga(19, 11, 30)


def test_what_there_is_time_for_keeps_to_the_rest(cast: Cast) -> None:
    rests(cast, days=WEEKEND)
    meeting = planned(cast, 20, 12)
    cancel_meeting(meeting=meeting, by=cast.andris, now=SATURDAY)
    assert told(cast, "meetings.cancelled") == riga(20, 7)


@pytest.mark.parametrize(("was", "becomes"), [(19, 22), (21, 19), (19, 19)], ids=["away", "nearer", "place"])
def test_a_moved_meeting_is_heard_of_before_both_hours(cast: Cast, was: int, becomes: int) -> None:
    rests(cast, days=WEEKEND)
    meeting = planned(cast, was, 12)
    moved(meeting, cast, becomes, 12, SATURDAY, place="Brīvības iela 1")
    assert told(cast, "meetings.invited") == SATURDAY


def test_so_is_a_meeting_that_is_planned(cast: Cast) -> None:
    rests(cast, days=WEEKEND)
    make.meeting(cast.pair, starts_local=datetime(2025, 10, 19, 12), now=SATURDAY)
    assert told(cast, "meetings.invited") == SATURDAY


def test_that_the_other_cannot_come_or_the_meeting_stays(cast: Cast) -> None:
    rests(cast, days=WEEKEND)
    meeting = planned(cast, 20, 9)
    say_coming(meeting=meeting, said=Said.NO, by=cast.andris, now=SATURDAY)
    assert told(cast, "meetings.cannot_come") == SATURDAY
    say_coming(meeting=meeting, said=Said.YES, by=cast.andris, now=SATURDAY + timedelta(minutes=1))
    assert told(cast, "meetings.cannot_come") == SATURDAY
    proposed = Proposed(at=riga(21, 9))
    say_coming(meeting=meeting, said=Said.NO, by=cast.elina, now=SATURDAY, proposed=proposed)
    decline_proposal(meeting=meeting, by=cast.andris, now=SATURDAY)
    assert told(cast, "meetings.stays") == SATURDAY


def test_a_rest_that_is_said_afterwards_makes_it_no_later(cast: Cast) -> None:
    rests(cast, time(21), time(7))
    meeting = planned(cast, 20, 7, 30)
    late = riga(18, 22)
    cancel_meeting(meeting=meeting, by=cast.andris, now=late)
    assert told(cast, "meetings.cancelled") == riga(19, 7)
    choose_quiet_hours(person=cast.elina, begins=time(21), ends=time(7), days=[6], now=late)
    assert told(cast, "meetings.cancelled") == riga(19, 7)


def test_proposed_times_are_heard_of_before_the_first_of_them(cast: Cast) -> None:
    rests(cast, days=WEEKEND)
    starts = [datetime(2025, 10, day, 12) for day in (19, 23)]
    propose_times(
        pair=cast.pair,
        kind="regular",
        means="video",
        minutes=60,
        starts_local=starts,
        zone="Europe/Riga",
        by=cast.andris,
        now=SATURDAY,
    )
    assert told(cast, "times.proposed") == SATURDAY
