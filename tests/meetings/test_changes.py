"""Moving, cancelling and missing a meeting (R11, R12)."""

from datetime import datetime
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, follow, move_to, plan, text, wall
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.times import HourDoesNotExist
from varpa.meetings.actions import meetings as verbs
from varpa.meetings.actions.hours import OtherCounted, confirm_hours
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Move
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotOneOfTheTwo
from varpa.pairs.queries import facts_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def form_of(meeting: Meeting) -> dict[str, Any]:
    """What the form of a move is shown with."""
    stands = {name: getattr(meeting, name) for name in ("sequence", "minutes", "means", "place", "zone")}
    return {**stands, "starts": f"{meeting.starts_local:%Y-%m-%dT%H:%M}"}


class TestMove:
    def test_it_goes_to_another_time_under_the_same_uid(self, cast: Cast) -> None:
        meeting = plan(cast)
        move_to(meeting, wall(4, 12), cast.elina)
        assert (meeting.sequence, meeting.starts_local) == (1, wall(4, 12))
        assert Move.objects.get().side == "mentee"
        first, second = Letter.objects.filter(to_address=cast.andris.email, kind="meetings.invited").order_by(
            "pk"
        )
        uid = next(line for line in first.calendar.splitlines() if line.startswith("UID"))
        assert uid in second.calendar
        assert "SEQUENCE:1" in second.calendar
        assert second.subject.startswith("Tikšanās pārcelta")

    def test_another_place_is_no_move_but_both_are_told(self, cast: Cast) -> None:
        meeting = plan(cast, place="Kafejnīca")
        move_to(meeting, meeting.starts_local, cast.andris, place="https://meet.example/abc", means="video")
        meeting.refresh_from_db()
        assert meeting.place == "https://meet.example/abc"
        assert not Move.objects.exists()
        assert Letter.objects.filter(kind="meetings.invited").count() == 4
        assert Letter.objects.latest("pk").subject.startswith("Izmaiņas")

    def test_a_move_that_changes_nothing_says_so_and_sends_nothing(self, cast: Cast) -> None:
        meeting = plan(cast)
        letters = Letter.objects.count()
        shown = text(follow(cast.elina, f"/meetings/{meeting.ref}/move/", form_of(meeting)))
        assert "Nekas nav mainīts, tāpēc vēstules nav nosūtītas." in shown
        assert Letter.objects.count() == letters

    def test_a_second_press_of_the_same_move_still_says_that_a_letter_goes(self, cast: Cast) -> None:
        meeting = plan(cast)
        data = {**form_of(meeting), "starts": "2025-10-20T12:00"}
        for _click in range(2):
            shown = text(follow(cast.elina, f"/meetings/{meeting.ref}/move/", data))
            assert "Nekas nav mainīts" not in shown

    def test_a_second_click_moves_once(self, cast: Cast) -> None:
        meeting = plan(cast)
        again = Meeting.objects.get(pk=meeting.pk)
        for one in (meeting, again):
            move_to(one, wall(4), cast.andris, sequence=0)
        assert Move.objects.count() == 1
        assert Letter.objects.filter(kind="meetings.invited").count() == 4

    def test_who_moves_what_the_other_has_moved_is_told(self, cast: Cast) -> None:
        meeting = plan(cast)
        on_the_page = Meeting.objects.get(pk=meeting.pk)
        move_to(meeting, wall(4), cast.andris, sequence=0)
        with pytest.raises(AlreadyMoved):
            move_to(on_the_page, wall(5), cast.elina, sequence=0)
        meeting.refresh_from_db()
        assert meeting.starts_local == wall(4)

    @pytest.mark.parametrize(
        ("hour", "refusal"),
        [
            (wall(-1), verbs.InThePast),
            (wall(6), verbs.SameTime),
            (datetime(2026, 3, 29, 3, 30), HourDoesNotExist),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast: Cast, hour: datetime, refusal: type[Exception]) -> None:
        meeting = plan(cast)
        plan(cast, starts_local=wall(6))
        with pytest.raises(refusal):
            move_to(meeting, hour, cast.andris)

    def test_a_stranger_moves_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            move_to(plan(cast), wall(4), cast.zane)

    def test_what_was_cancelled_does_not_move(self, cast: Cast) -> None:
        meeting = plan(cast)
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW)
        with pytest.raises(AlreadyMoved):
            move_to(meeting, wall(4), cast.andris)


class TestCancel:
    def test_calendars_take_it_back(self, cast: Cast) -> None:
        meeting = plan(cast)
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW, reason="Esmu slima.")
        letters = Letter.objects.filter(kind="meetings.cancelled")
        assert letters.count() == 2
        assert all("STATUS:CANCELLED" in letter.calendar for letter in letters)
        assert all("Esmu slima." in letter.text for letter in letters)

    def test_after_a_move_that_the_page_did_not_know_the_letter_still_goes(self, cast: Cast) -> None:
        meeting = plan(cast)
        on_the_page = Meeting.objects.get(pk=meeting.pk)
        move_to(meeting, wall(4), cast.andris)
        cancel_meeting(meeting=on_the_page, by=cast.elina, now=NOW)
        letters = Letter.objects.filter(kind="meetings.cancelled")
        assert letters.count() == 2
        assert all("SEQUENCE:2" in letter.calendar for letter in letters)

    def test_twice_is_told(self, cast: Cast) -> None:
        meeting = plan(cast)
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW)
        with pytest.raises(AlreadyMoved):
            cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        assert Letter.objects.filter(kind="meetings.cancelled").count() == 2

    def test_what_has_begun_is_missed_not_cancelled(self, cast: Cast) -> None:
        with pytest.raises(verbs.HasBegun):
            cancel_meeting(meeting=plan(cast), by=cast.elina, now=NOW + 4 * DAY)

    def test_a_cancelled_closing_meeting_takes_the_phase_back(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, kind="closing")
        assert Fact.CLOSING_PLANNED in facts_of(cast.pair)
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        assert Fact.CLOSING_PLANNED not in facts_of(cast.pair)


class TestMiss:
    def test_it_says_who_could_not_come(self, cast: Cast) -> None:
        meeting = plan(cast)
        miss_meeting(meeting=meeting, missed_by="mentee", by=cast.andris, now=NOW + 4 * DAY)
        assert (meeting.state, meeting.missed_by) == (MeetingState.MISSED, "mentee")

    def test_not_before_its_hour(self, cast: Cast) -> None:
        with pytest.raises(verbs.NotYet):
            miss_meeting(meeting=plan(cast), missed_by="both", by=cast.andris, now=NOW)

    def test_a_stranger_says_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            miss_meeting(meeting=plan(cast), missed_by="both", by=cast.zane, now=NOW + 4 * DAY)

    def test_twice_is_told(self, cast: Cast) -> None:
        meeting = plan(cast)
        miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=NOW + 4 * DAY)
        with pytest.raises(AlreadyMoved):
            miss_meeting(meeting=meeting, missed_by="mentor", by=cast.elina, now=NOW + 4 * DAY)

    def test_what_the_other_has_counted_is_not_wiped_out(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        with pytest.raises(OtherCounted):
            miss_meeting(meeting=meeting, missed_by="mentor", by=cast.elina, now=NOW + 4 * DAY)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.HELD
        assert HourLine.objects.get().state == LineState.WAITING

    def test_ones_own_slip_is_taken_back_with_hours_and_facts(self, cast: Cast) -> None:
        meeting = make.held(cast.pair, minutes=720)
        second = make.held(cast.pair, days=6, kind="regular", minutes=300)
        for line in HourLine.objects.all():
            confirm_hours(line=line, by=cast.elina, now=NOW + 6 * DAY)
        assert {Fact.FIRST_MEETING_HELD, Fact.HOURS_REACHED} <= set(facts_of(cast.pair))
        miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=NOW + 7 * DAY)
        assert {Fact.FIRST_MEETING_HELD, Fact.HOURS_REACHED}.isdisjoint(facts_of(cast.pair))
        assert list(HourLine.objects.values_list("meeting", "state").order_by("pk")) == [
            (meeting.pk, LineState.WITHDRAWN),
            (second.pk, LineState.CONFIRMED),
        ]


def test_what_happened_is_dated_by_the_meeting_not_by_its_entry(cast: Cast) -> None:
    meeting = make.meeting(cast.pair, days=1, kind="visit")
    late = meeting.starts_at + 9 * DAY
    review_meeting(meeting=meeting, by=cast.andris, now=late, minutes=90, text="Labi.")
    assert facts_of(cast.pair)[Fact.VISIT_HELD] == meeting.starts_at


def test_a_mentee_is_not_asked_to_plan_what_the_mentor_plans(cast: Cast) -> None:
    first = make.meeting(cast.pair, days=3, kind="first")
    cancel_meeting(meeting=first, by=cast.andris, now=NOW, reason="")
    by_side = {letter.to_address: letter.text for letter in Letter.objects.filter(kind="meetings.cancelled")}
    assert "meetings/new/" in by_side[cast.andris.email or ""]
    assert "meetings/new/" not in by_side[cast.elina.email or ""]
