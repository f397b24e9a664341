"""What fell into a pause does not count, and nobody is asked for it; what was before it does (R1)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, page, plan, send, text, wall
from varpa.diary.actions import begin_entry, keep_entry, write_entry
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.meetings import miss_meeting
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import log_meeting, review_meeting
from varpa.meetings.models import HourLine, Meeting, MeetingState
from varpa.pairs.actions.pairs import PairRests, pause_pair, resume_pair
from varpa.pairs.actions.past import PairRested
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
PAUSED, RESUMED, LATER = NOW + 2 * DAY, NOW + 9 * DAY, NOW + 12 * DAY


def rest(cast: Cast, *, on: bool = True) -> None:
    """The pair rests from the second day; it goes on from the ninth unless told otherwise."""
    pause_pair(pair=cast.pair, by=cast.inga, now=PAUSED)
    if on:
        resume_pair(pair=cast.pair, by=cast.inga, now=RESUMED)


def log(cast: Cast, days: int, **changes: Any) -> Meeting:
    asked: dict[str, Any] = {
        "pair": cast.pair,
        "kind": "regular",
        "means": "video",
        "starts_local": wall(days),
        "zone": "Europe/Riga",
        "minutes": 40,
        "text": "Par cenu.",
        "by": cast.andris,
        "now": LATER,
        **changes,
    }
    return log_meeting(**asked)


class TestLogging:
    def test_a_meeting_of_the_pause_is_not_written_down_afterwards(self, cast: Cast) -> None:
        rest(cast)
        with pytest.raises(PairRested):
            log(cast, 5)
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("days", [1, 10])
    def test_one_before_or_after_it_is(self, cast: Cast, days: int) -> None:
        rest(cast)
        assert log(cast, days).state == MeetingState.HELD

    def test_while_the_pair_rests_one_before_is(self, cast: Cast) -> None:
        rest(cast, on=False)
        assert log(cast, 1).state == MeetingState.HELD
        with pytest.raises(PairRests):
            log(cast, 5)

    def test_the_page_says_so_at_the_hour_and_keeps_the_words(self, cast: Cast) -> None:
        rest(cast)
        given = {"ref": "23456789abcd", "kind": "regular", "starts": "2025-10-19T10:00", "minutes": "40"}
        given |= {"text": "Par krāsni.", "means": "video", "zone": "Europe/Riga"}
        shown = text(send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", given, now=LATER))
        assert 'id="id_starts_why"' in shown
        assert "no\u00a016.\u00a0oktobra līdz\u00a023.\u00a0oktobrim" in shown
        assert "Par krāsni." in shown

    def test_the_page_is_open_while_the_pair_rests(self, cast: Cast) -> None:
        rest(cast, on=False)
        assert "<textarea" in text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", now=LATER))
        assert "/meetings/log/" in text(page(cast.andris, f"/pairs/{cast.pair.ref}/meetings/", now=LATER))


class TestReviewing:
    def test_a_planned_meeting_whose_hour_fell_into_the_pause_was_not_held(self, cast: Cast) -> None:
        meeting = plan(cast, starts_local=wall(5))
        rest(cast)
        with pytest.raises(PairRested):
            review_meeting(meeting=meeting, by=cast.andris, now=LATER, minutes=45)
        miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=LATER)
        assert meeting.state == MeetingState.MISSED

    def test_one_before_it_was_also_while_the_pair_rests(self, cast: Cast) -> None:
        meeting = plan(cast, starts_local=wall(1))
        rest(cast, on=False)
        review_meeting(meeting=meeting, by=cast.elina, now=LATER, minutes=45)
        assert (meeting.state, HourLine.objects.get().minutes) == (MeetingState.HELD, 45)

    def test_its_page_asks_whether_to_move_it_not_how_it_was(self, cast: Cast) -> None:
        meeting = plan(cast, starts_local=wall(5))
        rest(cast)
        shown = text(page(cast.andris, f"/meetings/{meeting.ref}/", now=LATER))
        assert f"/meetings/{meeting.ref}/miss/" in shown
        assert f"/meetings/{meeting.ref}/review/" not in shown

    def test_nobody_is_reminded_of_it(self, cast: Cast) -> None:
        fell, counts = plan(cast, starts_local=wall(8)), plan(cast, starts_local=wall(9, 14))
        rest(cast)
        remind(NOW + 11 * DAY)
        about = set(Letter.objects.filter(kind="meetings.review_due").values_list("about", flat=True))
        assert about == {f"review:{counts.ref}:{side}" for side in ("mentor", "mentee")}
        assert not [each for each in about if fell.ref in each]

    def test_the_diary_may_tell_of_it_and_counts_nothing(self, cast: Cast) -> None:
        meeting = plan(cast, starts_local=wall(5))
        rest(cast)
        asked = {"by": cast.andris, "now": LATER}
        entry = begin_entry(pair=cast.pair, day=LATER.date(), meeting=meeting, **asked)
        texts = {"notes": "Satikāmies nejauši."}
        write_entry(
            entry=entry, texts=texts, answers={}, day=entry.day, minutes=45, revision=entry.revision, **asked
        )
        keep_entry(entry=entry, **asked)
        assert not HourLine.objects.exists()


class TestWork:
    @pytest.mark.parametrize(("days", "counts"), [(1, True), (2, True), (5, False), (9, True), (10, True)])
    def test_a_day_that_lay_within_the_pause_does_not_count(
        self, cast: Cast, days: int, counts: bool
    ) -> None:
        rest(cast)
        asked: dict[str, Any] = {"pair": cast.pair, "day": (NOW + days * DAY).date(), "minutes": 30}
        asked |= {"work": "Lasīju plānu.", "by": cast.andris, "now": LATER}
        if counts:
            enter_work(**asked)
        else:
            with pytest.raises(PairRested):
                enter_work(**asked)
        assert HourLine.objects.exists() is counts


def test_home_does_not_ask_how_a_meeting_of_the_pause_was(cast: Cast) -> None:
    make.meeting(cast.pair, days=5)
    rest(cast)
    shown = text(page(cast.elina, "/", now=RESUMED + timedelta(hours=1)))
    assert "kā pagāja tikšanās" not in shown
