"""After a meeting: one's own review, held or not, and what was promised (R5, principle 3)."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, page, plan, send, text, wall
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.actions.meetings import MentorLeads, NotYet, cancel_meeting, miss_meeting
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import (
    EmptyPromise,
    Given,
    NotYours,
    log_meeting,
    make_promise,
    move_promise,
    review_meeting,
    take_promise_step,
)
from varpa.meetings.models import HourLine, Meeting, MeetingState, Promise, PromiseState, Review
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.pairs.queries import facts_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY


def review(meeting: Meeting, cast: Cast, **changes: Any) -> Review:
    asked: dict[str, Any] = {"by": cast.andris, "now": LATER, "minutes": 60, "text": "Labi.", **changes}
    return review_meeting(meeting=meeting, **asked)


def log(cast: Cast, **changes: Any) -> Meeting:
    asked: dict[str, Any] = {
        "pair": cast.pair,
        "kind": "regular",
        "means": "phone",
        "starts_local": wall(3),
        "zone": "Europe/Riga",
        "minutes": 40,
        "text": "Runājām par cenu.",
        "by": cast.andris,
        "now": LATER,
        **changes,
    }
    return log_meeting(**asked)


class TestReview:
    def test_with_a_length_it_says_that_the_meeting_was_held(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        review(meeting, cast)
        assert meeting.state == MeetingState.HELD
        assert Fact.FIRST_MEETING_HELD in facts_of(cast.pair)

    def test_words_alone_do_not_say_so(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        review(meeting, cast, by=cast.elina, minutes=None)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.PLANNED
        assert not HourLine.objects.exists()

    def test_each_side_has_its_own(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        review(meeting, cast, text="Cena.", shared=True)
        review(meeting, cast, by=cast.elina, text="Bija grūti.")
        assert dict(Review.objects.values_list("side", "text")) == {
            "mentor": "Cena.",
            "mentee": "Bija grūti.",
        }

    def test_a_page_that_still_says_planned_is_no_obstacle(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        on_the_page = Meeting.objects.get(pk=meeting.pk)
        review(meeting, cast)
        review(on_the_page, cast, by=cast.elina)
        assert Review.objects.count() == 2

    def test_sent_twice_it_is_one_and_so_are_its_promises(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        given = [Given("Nosūtīšu", date(2025, 10, 20), new_ref()), Given("Piezvanīšu", None, new_ref())]
        for _click in range(2):
            review(meeting, cast, promises=given)
        assert Promise.objects.count() == 2
        assert Line.objects.filter(verb="meeting.review").count() == 1

    def test_two_devices_are_told(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        review(meeting, cast, text="No telefona.")
        with pytest.raises(Conflict) as conflict:
            review(meeting, cast, text="No datora.", results="Cena.")
        assert conflict.value.stored["text"] == "No telefona."
        assert conflict.value.given["text"] == "No datora."

    def test_not_before_its_hour_not_by_a_stranger_not_if_cancelled(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        with pytest.raises(NotYet):
            review(meeting, cast, now=NOW)
        with pytest.raises(NotOneOfTheTwo):
            review(meeting, cast, by=cast.inga)
        for minutes in (0, 721):
            with pytest.raises(WrongLength):
                review(meeting, cast, minutes=minutes)
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        with pytest.raises(AlreadyMoved):
            review(meeting, cast)

    def test_a_missed_meeting_may_have_been_held_after_all(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        miss_meeting(meeting=meeting, missed_by="mentee", by=cast.andris, now=LATER)
        review(meeting, cast, by=cast.elina)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.missed_by) == (MeetingState.HELD, "")

    def test_that_it_was_held_after_all_leaves_a_line_though_no_word_is_new(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=LATER)
        review_meeting(meeting=meeting, by=cast.andris, now=LATER, minutes=60, text="Labi.", revision=1)
        assert meeting.state == MeetingState.HELD
        assert [line.verb for line in Line.objects.filter(thing_ref=meeting.ref).order_by("pk")] == [
            "meeting.plan",
            "meeting.review",
            "meeting.miss",
            "meeting.review",
        ]


class TestLog:
    def test_a_meeting_that_nobody_planned_is_held_with_its_hours(self, cast: Cast) -> None:
        meeting = log(cast)
        assert meeting.state == MeetingState.HELD
        assert HourLine.objects.get().minutes == 40
        assert Review.objects.get().text == "Runājām par cenu."

    def test_a_second_click_logs_nothing_more(self, cast: Cast) -> None:
        ref = new_ref()
        assert log(cast, ref=ref) == log(cast, ref=ref)
        assert (Meeting.objects.count(), HourLine.objects.count(), Review.objects.count()) == (1, 1, 1)
        assert Line.objects.filter(verb="meeting.review").count() == 1

    def test_the_mentee_does_not_log_what_the_mentor_leads(self, cast: Cast) -> None:
        with pytest.raises(MentorLeads):
            log(cast, kind="first", by=cast.elina)

    def test_nothing_is_half_written(self, cast: Cast) -> None:
        with pytest.raises(WrongLength):
            log(cast, minutes=0)
        assert not Meeting.objects.exists()


class TestPromise:
    def promise(self, cast: Cast, **changes: Any) -> Promise:
        asked: dict[str, Any] = {
            "pair": cast.pair,
            "text": "Piezvanīšu",
            "due": date(2025, 10, 20),
            "by": cast.elina,
            "now": NOW,
            **changes,
        }
        return make_promise(**asked)

    def test_who_promises_writes_it(self, cast: Cast) -> None:
        assert self.promise(cast).side == "mentee"
        assert self.promise(cast, by=cast.andris).side == "mentor"

    def test_twice_is_once(self, cast: Cast) -> None:
        ref = new_ref()
        assert self.promise(cast, ref=ref) == self.promise(cast, ref=ref)

    def test_empty_strange_or_in_a_pair_that_rests_it_is_refused(self, cast: Cast) -> None:
        with pytest.raises(EmptyPromise):
            self.promise(cast, text=" ")
        with pytest.raises(NotOneOfTheTwo):
            self.promise(cast, by=cast.inga)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        with pytest.raises(NotActive):
            self.promise(cast)

    def test_only_the_maker_marks_it(self, cast: Cast) -> None:
        promise = self.promise(cast)
        for step in ("keep", "withdraw"):
            with pytest.raises(NotYours):
                take_promise_step(promise=promise, step=step, by=cast.andris, now=NOW)
        with pytest.raises(NotYours):
            move_promise(promise=promise, due=None, by=cast.andris, now=NOW)

    def test_kept_open_again_withdrawn(self, cast: Cast) -> None:
        promise = self.promise(cast)
        for step, state in (("keep", "kept"), ("reopen", "open"), ("withdraw", "withdrawn")):
            take_promise_step(promise=promise, step=step, by=cast.elina, now=NOW)
            assert promise.state == state
            with pytest.raises(AlreadyMoved):
                take_promise_step(promise=promise, step=step, by=cast.elina, now=NOW)
        assert promise.kept_at is None

    def test_after_the_end_it_stays_as_it_stood(self, cast: Cast) -> None:
        promise = self.promise(cast)
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
        for step in ("keep", "withdraw"):
            with pytest.raises(PairHasEnded):
                take_promise_step(promise=promise, step=step, by=cast.elina, now=NOW)
        with pytest.raises(PairHasEnded):
            move_promise(promise=promise, due=None, by=cast.elina, now=NOW)
        promise.refresh_from_db()
        assert (promise.state, promise.due) == (PromiseState.OPEN, date(2025, 10, 20))
        for address in (f"/pairs/{cast.pair.ref}/promises/", f"/promises/{promise.ref}/"):
            shown = text(page(cast.elina, address, now=NOW))
            assert promise.text in shown
            assert 'name="step"' not in shown

    def test_another_day_ends_the_reminder_of_the_old_one(self, cast: Cast) -> None:
        promise = self.promise(cast)
        assert remind(NOW + 5 * DAY + HOUR) == 1
        move_promise(promise=promise, due=date(2025, 10, 27), by=cast.elina, now=NOW + 5 * DAY + 2 * HOUR)
        assert Letter.objects.get(kind="meetings.promise_due").state == "withdrawn"
        assert remind(NOW + 12 * DAY) == 1

    def test_what_is_kept_does_not_move(self, cast: Cast) -> None:
        promise = self.promise(cast)
        take_promise_step(promise=promise, step="keep", by=cast.elina, now=NOW)
        with pytest.raises(AlreadyMoved):
            move_promise(promise=promise, due=None, by=cast.elina, now=NOW)
        assert promise.state == PromiseState.KEPT


class TestAfterTheEnd:
    """Nothing of a pair that has ended can be changed, and a consent can still be taken back."""

    @pytest.fixture
    def ended(self, cast: Cast) -> Meeting:
        meeting = plan(cast)
        review(meeting, cast, shared=True)
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
        return meeting

    def test_words_that_stand_are_not_changed(self, cast: Cast, ended: Meeting) -> None:
        given = {"text": "Pavisam citi vārdi.", "minutes": "60", "revision": "1", "shared": "on"}
        told = text(send(cast.andris, f"/meetings/{ended.ref}/review/", given, now=LATER))
        assert "Mentorings ir beidzies" in told
        assert "Pavisam citi vārdi." in told
        assert Review.objects.get().text == "Labi."

    def test_the_other_may_still_write_for_the_first_time(self, cast: Cast, ended: Meeting) -> None:
        review(ended, cast, by=cast.elina, text="Paldies.")
        assert Review.objects.get(side="mentee").text == "Paldies."

    def test_it_is_shared_no_longer_and_not_again(self, cast: Cast, ended: Meeting) -> None:
        page_of, change = f"/meetings/{ended.ref}/", f"/meetings/{ended.ref}/review/"
        assert "Vairs nerādīt" in text(page(cast.andris, page_of, now=LATER))
        review(ended, cast, shared=False, revision=1)
        assert not Review.objects.get().shared
        assert change not in text(page(cast.andris, page_of, now=LATER))
        with pytest.raises(PairHasEnded):
            review(ended, cast, shared=True, revision=2)

    def test_what_was_planned_is_taken_back_by_itself(self, cast: Cast) -> None:
        meeting = plan(cast)
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
        shown = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "Šī tikšanās nenotiek" in shown
        assert "Atcelt" not in shown
