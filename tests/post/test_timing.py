"""When a letter may go: quiet hours on the reader's wall, across midnight, zones and clock changes."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varpa.post.models import Habit, Pace
from varpa.post.timing import NIGHT, Rest, after_rest, next_telling, place

NIGHTLY = Rest(*NIGHT)


def riga(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    """A moment of October 2025 in Riga, in summer time until the 26th at 4 (three hours ahead of UTC)."""
    from zoneinfo import ZoneInfo

    return datetime(2025, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Riga")).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "goes"),
    [
        (riga(14, 20, 59), riga(14, 20, 59)),
        (riga(14, 21), riga(15, 7)),
        (riga(14, 23, 30), riga(15, 7)),
        (riga(15, 0), riga(15, 7)),
        (riga(15, 6, 59), riga(15, 7)),
        (riga(15, 7), riga(15, 7)),
    ],
)
def test_the_night_goes_over_midnight(due: datetime, goes: datetime) -> None:
    assert after_rest(NIGHTLY, "Europe/Riga", due) == goes


def test_hours_of_a_day_do_not_touch_the_night() -> None:
    lessons = Rest(time(8), time(15))
    assert after_rest(lessons, "Europe/Riga", riga(14, 8)) == riga(14, 15)
    assert after_rest(lessons, "Europe/Riga", riga(14, 23)) == riga(14, 23)


def test_hours_are_those_of_the_readers_own_wall() -> None:
    due = riga(14, 21, 30)
    assert after_rest(NIGHTLY, "Europe/Oslo", due) == due
    assert after_rest(NIGHTLY, "Europe/Vilnius", due) == riga(15, 7)


def test_a_quiet_day_ends_in_the_morning_of_the_next() -> None:
    sunday = Rest(days=frozenset({6}))
    assert after_rest(sunday, "Europe/Riga", riga(19, 12)) == riga(20, 7)
    assert after_rest(Rest(time(21), time(9), frozenset({6})), "Europe/Riga", riga(18, 22)) == riga(20, 9)


def test_the_clock_goes_back_within_the_night() -> None:
    """The night to 26 October has an hour more; seven in the morning is seven on the wall."""
    goes = after_rest(NIGHTLY, "Europe/Riga", riga(25, 22))
    assert goes == datetime(2025, 10, 26, 5, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_ends_the_rest_the_second_time_too() -> None:
    rest = Rest(time(1), time(3, 30))
    second = datetime(2025, 10, 26, 1, 10, tzinfo=UTC)
    assert after_rest(rest, "Europe/Riga", second) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_as_much_later() -> None:
    rest = Rest(time(22), time(3, 30))
    due = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert after_rest(rest, "Europe/Riga", due) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
hours = st.one_of(st.none(), st.tuples(st.times(), st.times()).filter(lambda both: both[0] != both[1]))
days = st.frozensets(st.integers(0, 6), max_size=6)


@given(moments, hours, days, st.sampled_from(["Europe/Riga", "Europe/Oslo", "America/St_Johns", "UTC"]))
def test_it_is_never_quiet_when_a_letter_goes(
    due: datetime, between: tuple[time, time] | None, quiet: frozenset[int], zone: str
) -> None:
    rest = Rest(*(between or (None, None)), quiet)
    goes = after_rest(rest, zone, due)
    assert due <= goes <= due + timedelta(days=9)
    if between is None or not quiet:
        from zoneinfo import ZoneInfo

        assert not rest.holds(goes.astimezone(ZoneInfo(zone)))


def test_the_daily_letter_comes_at_the_next_such_hour() -> None:
    habit = Habit(tell_at=time(16))
    assert next_telling(habit, Pace.DAILY, Rest(), "Europe/Riga", riga(14, 15)) == riga(14, 16)
    assert next_telling(habit, Pace.DAILY, Rest(), "Europe/Riga", riga(14, 17)) == riga(15, 16)
    across = next_telling(habit, Pace.DAILY, Rest(), "Europe/Riga", riga(25, 17))
    assert across == datetime(2025, 10, 26, 14, 0, tzinfo=UTC)


def test_the_weekly_letter_comes_on_its_day() -> None:
    habit = Habit(tell_at=time(16), tell_on=1)
    assert next_telling(habit, Pace.WEEKLY, Rest(), "Europe/Riga", riga(14, 15)) == riga(14, 16)
    assert next_telling(habit, Pace.WEEKLY, Rest(), "Europe/Riga", riga(14, 17)) == riga(21, 16)
    assert next_telling(habit, Pace.WEEKLY, Rest(), "Europe/Riga", riga(15, 9)) == riga(21, 16)


def test_what_would_be_too_late_by_then_does_not_wait() -> None:
    habit = Habit(pace=Pace.DAILY, tell_at=time(16))
    asked = {"zone": "Europe/Riga", "young": True, "waits": True, "may_gather": True, "brief": False}
    evening, night = riga(14, 20), riga(14, 22)
    assert not place(habit, due=evening, ends=riga(15, 12), **asked).gathers
    assert place(habit, due=night, ends=riga(15, 12), **asked).not_before == riga(15, 7)
    assert place(habit, due=night, ends=riga(15, 6), **asked).not_before == night
    assert place(habit, due=evening, ends=riga(16, 12), **asked).not_before == riga(15, 16)


def test_whoever_leaves_hardly_a_minute_is_told_after_a_week() -> None:
    rest = Rest(time(3, 1), time(3), frozenset({0, 1, 2, 3, 5}))
    goes = after_rest(rest, "Europe/Riga", riga(13, 8))
    assert riga(20, 8) <= goes <= riga(22, 8)
