"""How long a meeting can have been: no minute of the two is counted twice, whichever way it came (R2)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, plan, send, text, wall
from tests.together import at_once
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.hours import (
    confirm_hours,
    enter_work,
    object_to_hours,
    settle_hours,
    withdraw_hours,
)
from varpa.meetings.actions.lengths import (
    FullDay,
    IntoTheNext,
    StillGoesOn,
    UnderAnother,
    WrongLength,
)
from varpa.meetings.actions.reviews import log_meeting, review_meeting
from varpa.meetings.models import HourLine, LineState, Meeting, Review
from varpa.meetings.queries import counted, hours_of

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
LATER = NOW + 5 * DAY


@pytest.fixture
def morning(cast: Cast) -> list[Meeting]:
    """Three hours of one day, planned one after the other: at 10, 11 and 12."""
    return [plan(cast, starts_local=wall(hour=hour), minutes=60) for hour in (10, 11, 12)]


def review(cast: Cast, meeting: Meeting, minutes: int, **changes: Any) -> None:
    asked: dict[str, Any] = {"by": cast.andris, "now": LATER, "text": "Labi.", **changes}
    review_meeting(meeting=meeting, minutes=minutes, **asked)


def log(cast: Cast, starts: datetime, minutes: int, now: datetime = LATER) -> Meeting:
    asked: dict[str, Any] = {"kind": "regular", "means": "video", "zone": "Europe/Riga", "text": "Labi."}
    return log_meeting(pair=cast.pair, starts_local=starts, minutes=minutes, by=cast.andris, now=now, **asked)


def work(cast: Cast, minutes: int, **changes: Any) -> HourLine:
    asked: dict[str, Any] = {"day": wall().date(), "work": "Lasīju plānu", "by": cast.andris, **changes}
    return enter_work(pair=cast.pair, minutes=minutes, now=LATER, **asked)


class TestUntilNow:
    def test_a_meeting_counts_no_minute_that_is_still_to_come(self, cast: Cast) -> None:
        meeting = plan(cast, minutes=60)
        with pytest.raises(StillGoesOn):
            review(cast, meeting, 720, now=meeting.starts_at + MINUTE)
        with pytest.raises(StillGoesOn):
            review(cast, meeting, 60, now=meeting.starts_at)
        with pytest.raises(StillGoesOn) as told:
            review(cast, meeting, 60, now=meeting.starts_at + 29 * MINUTE)
        assert told.value.values["most"] == "59\N{NO-BREAK SPACE}min"
        assert not Review.objects.exists()
        review(cast, meeting, 60, now=meeting.starts_at + HOUR)
        assert hours_of(cast.pair).waiting == 60

    def test_one_that_began_before_its_hour_counts_whole(self, cast: Cast) -> None:
        meeting = plan(cast, minutes=60)
        review(cast, meeting, 60, now=meeting.starts_at + 50 * MINUTE)
        assert hours_of(cast.pair).waiting == 60

    def test_nor_does_one_that_nobody_had_planned(self, cast: Cast) -> None:
        with pytest.raises(StillGoesOn):
            log(cast, wall(), 60, now=NOW + 2 * DAY + 22 * HOUR + 20 * MINUTE)
        assert not Meeting.objects.exists()

    def test_nor_the_length_of_an_objection(self, cast: Cast) -> None:
        meeting = plan(cast, minutes=60)
        early = meeting.starts_at + 30 * MINUTE
        review(cast, meeting, 30, now=early)
        line = HourLine.objects.get()
        with pytest.raises(StillGoesOn):
            object_to_hours(line=line, word="Ilgāk", minutes=90, by=cast.elina, now=early)
        with pytest.raises(StillGoesOn):
            review(cast, meeting, 90, by=cast.elina, now=early)


class TestBesideAnother:
    def test_what_ran_over_into_the_next_is_told_how_much_fits(
        self, cast: Cast, morning: list[Meeting]
    ) -> None:
        first, second, _third = morning
        review(cast, second, 60)
        with pytest.raises(IntoTheNext) as told:
            review(cast, first, 90)
        assert told.value.values["most"] == "1\N{NO-BREAK SPACE}h"
        review(cast, first, 60)
        assert hours_of(cast.pair).waiting == 120

    def test_what_is_counted_for_too_long_is_put_right_first(
        self, cast: Cast, morning: list[Meeting]
    ) -> None:
        first, second, _third = morning
        review(cast, first, 90)
        with pytest.raises(UnderAnother):
            review(cast, second, 60)
        review(cast, first, 60, revision=1)
        review(cast, second, 60)
        assert hours_of(cast.pair).waiting == 120

    def test_three_meetings_of_a_day_are_not_a_day_and_a_half(
        self, cast: Cast, morning: list[Meeting]
    ) -> None:
        review(cast, morning[0], 720)
        for meeting in morning[1:]:
            with pytest.raises(UnderAnother):
                review(cast, meeting, 720)
        assert hours_of(cast.pair).waiting == 720

    def test_a_length_taken_back_makes_room(self, cast: Cast, morning: list[Meeting]) -> None:
        review(cast, morning[0], 90)
        withdraw_hours(line=HourLine.objects.get(), by=cast.andris, now=LATER)
        review(cast, morning[1], 60)
        assert hours_of(cast.pair).waiting == 60

    def test_a_length_objected_to_counts_again_only_where_it_fits(
        self, cast: Cast, morning: list[Meeting]
    ) -> None:
        first, second, _third = morning
        review(cast, first, 90)
        review(cast, first, 60, by=cast.elina)
        review(cast, second, 60)
        line = counted(first)
        assert line
        assert line.state == LineState.OBJECTED
        with pytest.raises(IntoTheNext):
            settle_hours(line=line, minutes=90, by=cast.elina, now=LATER)
        assert settle_hours(line=line, minutes=60, by=cast.andris, now=LATER)
        assert hours_of(cast.pair).confirmed == 60

    def test_the_same_words_on_a_counted_meeting_are_never_refused(
        self, cast: Cast, morning: list[Meeting]
    ) -> None:
        """What stood in the sheet before the rule stays, and can be written about."""
        first, second, _third = morning
        review(cast, second, 60)
        review(cast, first, 60)
        HourLine.objects.filter(meeting=first).update(minutes=120)
        review(cast, first, 120, text="Ļoti labi.", revision=1)
        review(cast, first, 120, by=cast.elina)
        line = counted(first)
        assert line
        assert line.state == LineState.CONFIRMED

    def test_meetings_of_another_pair_do_not_matter(self, cast: Cast) -> None:
        make.held(cast.neighbours, minutes=120)
        review(cast, plan(cast, starts_local=wall(hour=11), minutes=60), 60)
        assert hours_of(cast.pair).waiting == 60


class TestADay:
    def test_work_and_a_meeting_together_have_no_more_than_its_hours(self, cast: Cast) -> None:
        work(cast, 24 * 60)
        meeting = plan(cast, minutes=60)
        with pytest.raises(FullDay):
            review(cast, meeting, 60)

    def test_nor_a_meeting_and_work(self, cast: Cast) -> None:
        review(cast, plan(cast, minutes=60), 60)
        with pytest.raises(FullDay):
            work(cast, 23 * 60 + 1)
        work(cast, 23 * 60)

    def test_nor_what_is_settled_about_work(self, cast: Cast) -> None:
        line = work(cast, 60)
        object_to_hours(line=line, word="Ilgāk", minutes=120, by=cast.elina, now=LATER)
        work(cast, 23 * 60, work="Cits darbs", by=cast.elina)
        with pytest.raises(FullDay):
            settle_hours(line=line, minutes=120, by=cast.andris, now=LATER)
        assert settle_hours(line=line, minutes=60, by=cast.elina, now=LATER)

    def test_a_meeting_is_never_settled_beyond_its_longest(self, cast: Cast) -> None:
        review(cast, plan(cast, minutes=60), 60)
        with pytest.raises(WrongLength):
            object_to_hours(line=HourLine.objects.get(), word="Ilgāk", minutes=721, by=cast.elina, now=LATER)


class TestAtTheField:
    def test_a_review_keeps_what_was_typed_and_says_why(self, cast: Cast, morning: list[Meeting]) -> None:
        first, second, _third = morning
        review(cast, second, 60)
        form = {"revision": "0", "text": "Runājām ilgāk.", "minutes": "90"}
        shown = text(send(cast.andris, f"/meetings/{first.ref}/review/", form, now=LATER))
        field = shown.split('name="minutes"')[0].rsplit("<label", 1)[1]
        assert "ne vairāk kā 1\N{NO-BREAK SPACE}h" in field
        assert 'value="90"' in shown
        assert "Runājām ilgāk." in shown

    def test_a_line_of_work_says_it_at_the_length(self, cast: Cast) -> None:
        work(cast, 24 * 60)
        form = {"ref": "a" * 12, "work": "Cits", "day": "2025-10-17", "minutes": "30"}
        shown = text(send(cast.andris, f"/pairs/{cast.pair.ref}/hours/", form, now=LATER))
        assert "vairāk nekā 24 stundas" in shown.split('name="minutes"')[0].rsplit("<label", 1)[1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_lengths_at_one_moment_do_not_overlap() -> None:
    """Of the mentor's long morning and the mentee's next meeting the first comes in, the other is told."""
    cast = assemble()
    first, second = (plan(cast, starts_local=wall(hour=hour), minutes=60) for hour in (10, 11))
    found = at_once(
        lambda: review(cast, first, 120),
        lambda: review(cast, second, 60, by=cast.elina),
    )
    assert [isinstance(each, Refusal) for each in found].count(True) == 1
    assert HourLine.objects.count() == 1


def test_what_both_have_confirmed_is_asked_nothing(cast: Cast) -> None:
    review(cast, plan(cast, minutes=60), 60)
    confirm_hours(line=HourLine.objects.get(), by=cast.elina, now=LATER)
    review(cast, Meeting.objects.get(), 700, by=cast.elina, now=LATER)
    assert hours_of(cast.pair).confirmed == 60
