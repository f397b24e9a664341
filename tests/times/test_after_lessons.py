"""Times are proposed when lessons end: what both have named and is free comes before all else."""

from datetime import date, datetime, time

import pytest

from tests.absences.test_timetable import RIGA, SCHOOL_DAYS, lessons, practice
from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.times import to_utc
from varpa.meetings.calendars import calendars, fitting_day
from varpa.programmes.models import Membership, Participation
from varpa.times.queries import suggested_times

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 10, 20, 10)
AFTERNOONS = [f"{day}-afternoon" for day in SCHOOL_DAYS]
MORNINGS = [f"{day}-morning" for day in SCHOOL_DAYS]


def free(member: Membership, *times: str) -> None:
    Participation.objects.update_or_create(membership=member, defaults={"availability": list(times)})


def suggested(cast: Cast, usual: datetime = MONDAY, minutes: int = 60) -> list[datetime]:
    return suggested_times(calendars(cast.pair, NOW), cast.andris, usual, minutes, NOW)


def not_free(cast: Cast, times: list[datetime]) -> list[set[str]]:
    """Of each time who has not named it."""
    known = calendars(cast.pair, NOW)
    hints = (known.hints(to_utc(each, RIGA), 60) for each in times)
    return [{side for key, side in found if key == "not_free"} for found in hints]


@pytest.mark.parametrize(
    ("ends", "begins"),
    [
        (time(15, 10), time(16)),
        (time(15, 55), time(16)),
        (time(16, 5), time(16, 15)),
        (time(16, 10), time(16, 15)),
        (time(16, 40), time(16, 45)),
    ],
)
def test_what_both_named_begins_when_lessons_end(cast: Cast, ends: time, begins: time) -> None:
    free(cast.mentor, *AFTERNOONS)
    free(cast.mentee, *AFTERNOONS)
    lessons(cast.elina, ends=ends)
    found = suggested(cast)
    assert len(found) == 3
    assert {each.time() for each in found} == {begins}
    assert all(each.weekday() < 5 for each in found)
    assert not_free(cast, found) == [set()] * 3


def test_before_lessons_where_these_take_the_end_of_the_afternoon(cast: Cast) -> None:
    free(cast.mentor, *AFTERNOONS)
    free(cast.mentee, *AFTERNOONS)
    lessons(cast.andris, begins=time(15), ends=time(19))
    found = suggested(cast)
    assert {each.time() for each in found} == {time(14)}
    assert not_free(cast, found) == [set()] * 3


def test_after_practice_that_lasts_into_the_evening(cast: Cast) -> None:
    free(cast.mentee, *(f"{day}-evening" for day in SCHOOL_DAYS))
    practice(cast.elina, first=date(2025, 10, 14), last=date(2025, 12, 20), begins=time(8), ends=time(18, 20))
    assert {each.time() for each in suggested(cast)} == {time(18, 30)}


def test_where_nothing_was_named_lessons_end_before_the_evening(cast: Cast) -> None:
    lessons(cast.elina, ends=time(16, 5))
    assert {each.time() for each in suggested(cast)} == {time(16, 15)}
    assert fitting_day(calendars(cast.pair, NOW), MONDAY, RIGA, 60) == MONDAY.replace(hour=16, minute=15)


def test_what_one_has_named_comes_before_what_neither_has(cast: Cast) -> None:
    """All of the pupil's mornings are lessons: the mentor's afternoons are at least somebody's."""
    free(cast.mentor, *AFTERNOONS)
    free(cast.mentee, "mon-morning")
    lessons(cast.elina, begins=time(8), ends=time(12, 30))
    found = [each for each in suggested(cast) if each.date() != date(2025, 10, 20)]
    assert found
    assert {"mentor", "mentee"} not in not_free(cast, found)


def test_a_week_end_that_nobody_named_is_not_proposed(cast: Cast) -> None:
    free(cast.mentor, *MORNINGS)
    free(cast.mentee, *MORNINGS)
    practice(cast.elina, first=date(2025, 10, 14), last=date(2025, 12, 31), begins=time(7), ends=time(17))
    assert all(each.weekday() < 5 for each in suggested(cast))


def test_a_week_end_that_both_named_is(cast: Cast) -> None:
    free(cast.mentor, "sat-morning")
    free(cast.mentee, "sat-morning")
    assert {(each.weekday(), each.hour) for each in suggested(cast)} == {(5, 10)}
