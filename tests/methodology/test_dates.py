"""The calendar of a methodology laid upon the days of a programme."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methodology.conftest import OTHER, SEED
from varpa.methodology import Methodology, Offset, Window, dates_of, load

STARTS, ENDS = date(2013, 3, 1), date(2014, 4, 30)
METHODOLOGIES = {"seed": load(SEED), "other": load(OTHER)}


@pytest.mark.parametrize(
    ("offset", "start", "day"),
    [
        (Offset(), date(2013, 3, 1), date(2013, 3, 1)),
        (Offset(months=4, days=23), date(2013, 3, 1), date(2013, 7, 24)),
        (Offset(months=5, days=-1), date(2013, 3, 1), date(2013, 7, 31)),
        (Offset(months=1), date(2023, 1, 31), date(2023, 2, 28)),
        (Offset(months=1), date(2024, 1, 31), date(2024, 2, 29)),
        (Offset(months=12, days=1), date(2024, 2, 29), date(2025, 3, 1)),
        (Offset(days=40), date(2025, 9, 1), date(2025, 10, 11)),
    ],
)
def test_a_day_counted_from_the_first_one(offset: Offset, start: date, day: date) -> None:
    assert offset.on(start) == day


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("before_start", date(2013, 6, 1), date(2013, 7, 31)),
        ("first_joint_meeting", date(2013, 7, 24), date(2013, 7, 24)),
        ("first_half", date(2013, 8, 1), date(2013, 11, 30)),
        ("progress_survey", date(2013, 10, 1), date(2013, 10, 31)),
        ("second_joint_meeting", date(2013, 11, 1), date(2013, 11, 30)),
        ("second_half", date(2013, 11, 1), date(2014, 3, 31)),
        ("defence", date(2014, 3, 1), date(2014, 3, 31)),
        ("final_evaluation", date(2014, 3, 1), date(2014, 3, 31)),
        ("guidelines", date(2014, 3, 31), date(2014, 3, 31)),
    ],
)
def test_the_programme_of_2013_keeps_the_days_of_the_table(
    seed: Methodology, period: str, first: date, last: date
) -> None:
    windows = dates_of(seed, STARTS, ENDS)
    assert windows[period] == Window(first, last, last)
    activities = next(one.activities for one in seed.calendar if one.key == period)
    assert all(windows[one.key] == windows[period] for one in activities)


def test_a_programme_may_end_on_the_same_day_of_the_month(seed: Methodology) -> None:
    assert dates_of(seed, STARTS, ENDS) == dates_of(seed, STARTS, ENDS + timedelta(days=1))


def test_a_due_day_inside_its_period(other: Methodology) -> None:
    windows = dates_of(other, date(2025, 9, 1), date(2026, 2, 28))
    assert windows["reads_safety"] == (date(2025, 9, 1), date(2025, 10, 11), date(2025, 9, 21))
    assert windows["agrees"] == windows["autumn"]


def test_twice_as_long_a_programme_stretches_every_period(seed: Methodology) -> None:
    windows = dates_of(seed, STARTS, STARTS + timedelta(days=2 * 426 - 1))
    assert windows["first_joint_meeting"].starts == STARTS + timedelta(days=2 * 145)
    assert windows["first_joint_meeting"].starts == windows["first_joint_meeting"].ends


@settings(max_examples=100, derandomize=True)
@given(
    name=st.sampled_from(sorted(METHODOLOGIES)),
    starts=st.dates(date(2013, 1, 1), date(2040, 1, 1)),
    days=st.integers(1, 2000),
)
def test_a_programme_of_any_length_keeps_its_calendar(name: str, starts: date, days: int) -> None:
    ends = starts + timedelta(days=days - 1)
    methodology = METHODOLOGIES[name]
    windows = dates_of(methodology, starts, ends)
    assert all(starts <= one.starts <= one.due <= one.ends <= ends for one in windows.values())
    begun = [windows[period.key].starts for period in methodology.calendar]
    assert begun == sorted(begun)
