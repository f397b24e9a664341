"""Sent again, sent late, sent from an old page: one effect, nothing counted twice, no word lost (R2, R13)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, move_to, page, plan, send, text, wall
from varpa.kernel import clock
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions import hours as ledger
from varpa.meetings.actions import meetings as verbs
from varpa.meetings.actions.hours import (
    confirm_hours,
    confirm_silent_hours,
    enter_work,
    object_to_hours,
    withdraw_hours,
)
from varpa.meetings.actions.lengths import FullDay
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting
from varpa.meetings.actions.reviews import log_meeting, make_promise, move_promise, review_meeting
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Promise
from varpa.meetings.queries import hours_of
from varpa.pairs.actions.pairs import PairHasEnded, dissolve_pair, pause_pair, resting, resume_pair

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY


def logged(**changes: Any) -> dict[str, Any]:
    given = {"ref": new_ref(), "kind": "regular", "starts": "2025-10-17T10:00", "minutes": "45"}
    return {**given, "text": "Par cenu.", "means": "video", "zone": "Europe/Riga", **changes}


def planned(**changes: Any) -> dict[str, Any]:
    given = {"ref": new_ref(), "kind": "regular", "starts": "2025-10-20T10:00", "minutes": "45"}
    return {**given, "means": "video", "zone": "Europe/Riga", **changes}


def work(cast: Cast, **changes: Any) -> HourLine:
    asked: dict[str, Any] = {"day": NOW.date(), "minutes": 30, "work": "Plāna lasīšana", "by": cast.andris}
    return enter_work(**{"pair": cast.pair, "now": NOW, **asked, **changes})


def said(refusal: type[Refusal]) -> str:
    """The sentence, as somebody in Latvia reads it."""
    with translation.override("lv"):
        return str(refusal())


class TestBackAndChanged:
    """Back, another word or hour, and sent again: the form has the reference of what it made already."""

    def test_a_logged_meeting_with_other_words_is_told_and_keeps_them(self, cast: Cast) -> None:
        given = logged()
        send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", given, now=LATER)
        again = {**given, "text": "Par krāsni."}
        answer = send(cast.andris, f"/pairs/{cast.pair.ref}/meetings/log/", again, now=LATER)
        assert answer.status_code == 200
        assert said(SentAlready) in text(answer)
        assert "Par krāsni." in text(answer)
        assert Meeting.objects.count() == 1

    def test_another_hour_is_not_said_to_be_planned(self, cast: Cast) -> None:
        given = planned()
        address = f"/pairs/{cast.pair.ref}/meetings/new/"
        for _click in range(2):
            assert send(cast.andris, address, given).status_code == 302
        answer = send(cast.andris, address, {**given, "starts": "2025-10-21T10:00"})
        assert answer.status_code == 200
        assert "2025-10-21T10:00" in text(answer)
        assert said(SentAlready) in text(answer)
        assert Meeting.objects.count() == 1

    def test_sent_once_more_the_changed_form_makes_its_own(self, cast: Cast) -> None:
        given = {"ref": new_ref(), "work": "Plāna lasīšana", "day": "2025-10-17", "minutes": "30"}
        address = f"/pairs/{cast.pair.ref}/hours/"
        send(cast.andris, address, given, now=LATER)
        refused = text(send(cast.andris, address, {**given, "work": "Cenu aprēķins"}, now=LATER))
        assert "Cenu aprēķins" in refused
        assert HourLine.objects.count() == 1
        ref = refused.split('name="ref" value="')[1].split('"')[0]
        assert ref != given["ref"]
        for _click in range(2):
            send(cast.andris, address, {**given, "work": "Cenu aprēķins", "ref": ref}, now=LATER)
        assert set(HourLine.objects.values_list("work", flat=True)) == {"Plāna lasīšana", "Cenu aprēķins"}

    def test_a_late_double_of_a_meeting_that_was_moved_since_is_told(self, cast: Cast) -> None:
        ref = new_ref()
        meeting = plan(cast, ref=ref)
        assert plan(cast, ref=ref) == meeting
        move_to(meeting, wall(5), cast.elina)
        with pytest.raises(SentAlready):
            plan(cast, ref=ref)

    def test_another_promise_is_not_taken_for_the_same(self, cast: Cast) -> None:
        asked: dict[str, Any] = {
            "pair": cast.pair,
            "due": None,
            "by": cast.elina,
            "now": NOW,
            "ref": new_ref(),
        }
        first = make_promise(text="Piezvanīšu", **asked)
        assert make_promise(text=" Piezvanīšu ", **asked) == first
        with pytest.raises(SentAlready):
            make_promise(text="Aizrakstīšu", **asked)
        assert Promise.objects.count() == 1

    def test_a_promise_that_was_moved_since_does_not_stop_a_changed_review(self, cast: Cast) -> None:
        meeting = plan(cast)
        given = {"revision": "0", "text": "Labi.", "minutes": "45", "promise-1-ref": new_ref()}
        given |= {"promise-1": "Nosūtīšu paraugu", "promise-1-due": "2025-10-20"}
        address = f"/meetings/{meeting.ref}/review/"
        send(cast.elina, address, given, now=LATER)
        move_promise(promise=Promise.objects.get(), due=date(2025, 10, 24), by=cast.elina, now=LATER)
        answer = send(cast.elina, address, {**given, "revision": "1", "text": "Ļoti labi."}, now=LATER)
        assert answer.status_code == 302
        assert Promise.objects.get().due == date(2025, 10, 24)

    def test_after_a_refused_move_the_next_press_moves(self, cast: Cast) -> None:
        meeting = plan(cast)
        form = {"sequence": "0", "starts": "2025-10-21T10:00", "minutes": "45", "means": "video"}
        form |= {"zone": "Europe/Riga", "place": "Pie skolas"}
        move_to(meeting, wall(5), cast.andris)
        address = f"/meetings/{meeting.ref}/move/"
        refused = text(send(cast.elina, address, form))
        assert said(AlreadyMoved) in refused
        assert 'value="Pie skolas"' in refused
        sequence = refused.split('name="sequence" value="')[1].split('"')[0]
        send(cast.elina, address, {**form, "sequence": sequence})
        meeting.refresh_from_db()
        assert (meeting.starts_local, meeting.place) == (datetime(2025, 10, 21, 10), "Pie skolas")


class TestCountedTwice:
    def test_a_missed_meeting_is_not_held_beside_another_of_its_hour(self, cast: Cast) -> None:
        missed = plan(cast)
        miss_meeting(meeting=missed, missed_by="both", by=cast.andris, now=LATER)
        log_meeting(
            pair=cast.pair,
            kind="regular",
            means="video",
            starts_local=wall(3, 10, 15),
            zone="Europe/Riga",
            minutes=45,
            text="",
            by=cast.andris,
            now=LATER,
        )
        with pytest.raises(verbs.SameTime):
            review_meeting(meeting=missed, by=cast.elina, now=LATER, minutes=45, text="Tomēr notika.")
        assert hours_of(cast.pair).waiting == 45

    def test_what_goes_on_longer_does_not_run_into_the_next(self, cast: Cast) -> None:
        meeting = plan(cast)
        plan(cast, starts_local=wall(3, 12))
        with pytest.raises(verbs.SameTime):
            move_to(meeting, wall(3), cast.andris, minutes=180, now=meeting.starts_at + HOUR / 4)

    @pytest.mark.parametrize("who", ["andris", "elina"])
    def test_the_same_work_of_a_day_is_one_line(self, cast: Cast, who: str) -> None:
        line = work(cast)
        with pytest.raises(ledger.InTheSheet):
            work(cast, by=getattr(cast, who), ref=new_ref(), work=" Plāna lasīšana ")
        work(cast, work="Plāna lasīšana, otrā daļa")
        work(cast, minutes=20)
        work(cast, day=NOW.date() + DAY, now=NOW + DAY)
        withdraw_hours(line=line, by=cast.andris, now=NOW)
        work(cast, ref=new_ref())
        assert HourLine.objects.exclude(state=LineState.WITHDRAWN).count() == 4

    def test_the_form_says_that_meetings_need_no_line_of_work(self, cast: Cast) -> None:
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/hours/"))
        assert "Tikšanās uzskaitē jau ir, arī tās, kas notiek e-pastā vai tērzējot." in shown

    def test_a_day_has_no_more_than_its_hours(self, cast: Cast) -> None:
        work(cast, minutes=900)
        with pytest.raises(FullDay):
            work(cast, minutes=600, work="Cits darbs", by=cast.elina)
        work(cast, minutes=540, work="Cits darbs")


class TestSilence:
    """After 14 days a line counts, whether the worker has come by or not (R2)."""

    AFTER = NOW + 14 * DAY

    def test_an_objection_comes_too_late(self, cast: Cast) -> None:
        line = work(cast)
        with pytest.raises(ledger.SilenceConfirmed):
            object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=self.AFTER)
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=self.AFTER - HOUR)

    def test_another_length_in_a_late_review_changes_nothing(self, cast: Cast) -> None:
        meeting = make.held(cast.pair, days=1)
        late = NOW + 17 * DAY
        review_meeting(meeting=meeting, by=cast.elina, now=late, minutes=20, text="Labi.")
        line = HourLine.objects.get()
        assert (line.state, line.minutes, line.silent) == (LineState.CONFIRMED, 60, True)

    def test_a_yes_after_it_is_still_a_yes(self, cast: Cast) -> None:
        line = work(cast)
        confirm_hours(line=line, by=cast.elina, now=self.AFTER + DAY)
        assert not HourLine.objects.get().silent

    def test_in_a_pair_that_rests_silence_says_nothing(self, cast: Cast) -> None:
        line = work(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        assert confirm_silent_hours(self.AFTER + DAY) == 0
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=self.AFTER + DAY)
        assert hours_of(cast.pair).objected == 30

    def test_the_days_of_a_pause_are_none_of_the_fourteen(self, cast: Cast) -> None:
        work(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + 11 * DAY)
        assert confirm_silent_hours(self.AFTER + 10 * DAY - HOUR) == 0
        assert confirm_silent_hours(self.AFTER + 10 * DAY) == 1


class TestAfterTheEnd:
    """Where a pair has ended, the hours of both stand (R3)."""

    @pytest.fixture
    def ended(self, cast: Cast) -> Cast:
        meeting = make.held(cast.pair, days=1)
        confirm_hours(line=HourLine.objects.get(), by=cast.elina, now=NOW + 2 * DAY)
        assert meeting.state == MeetingState.HELD
        work(cast)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW + 3 * DAY)
        return cast

    def test_what_both_have_confirmed_is_not_taken_back(self, ended: Cast) -> None:
        line = HourLine.objects.get(state=LineState.CONFIRMED)
        with pytest.raises(PairHasEnded):
            withdraw_hours(line=line, by=ended.andris, now=LATER)
        with pytest.raises(PairHasEnded):
            miss_meeting(meeting=Meeting.objects.get(), missed_by="mentee", by=ended.andris, now=LATER)
        assert hours_of(ended.pair).confirmed == 60
        assert "Ņemt atpakaļ" not in text(page(ended.andris, f"/hours/{line.ref}/", now=LATER))

    def test_what_only_one_has_said_is(self, ended: Cast) -> None:
        line = HourLine.objects.get(state=LineState.WAITING)
        withdraw_hours(line=line, by=ended.andris, now=LATER)
        assert hours_of(ended.pair).waiting == 0


class TestNoWordIsLost:
    """The pair was paused, or the meeting called off, while somebody was writing."""

    @pytest.mark.parametrize(
        ("name", "given", "words"),
        [
            ("hours/", {"work": "Plāna lasīšana", "day": "2025-10-17", "minutes": "30"}, "Plāna lasīšana"),
            ("promises/", {"text": "Piezvanīt Bauskā"}, "Piezvanīt Bauskā"),
            ("meetings/new/", planned(agenda="Gara darba kārtība"), "Gara darba kārtība"),
            ("meetings/log/", logged(starts="2025-10-16T10:00"), "Par cenu."),
        ],
    )
    def test_in_a_pair_that_rests_by_now(
        self, cast: Cast, name: str, given: dict[str, str], words: str
    ) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        given = {"ref": new_ref(), **given}
        shown = text(send(cast.andris, f"/pairs/{cast.pair.ref}/{name}", given, now=LATER))
        assert words in shown
        with translation.override("lv"), clock.moved_to(LATER):
            assert str(resting(cast.pair)) in shown

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("topics/", {"text": "Cik maksā krāsns?"}),
            ("notes/", {"revision": "0", "notes": "Cik maksā krāsns?"}),
            ("preparation/", {"revision": "0", "agenda": "Cik maksā krāsns?"}),
        ],
    )
    @pytest.mark.parametrize("way", ["rests", "off", "held"])
    def test_on_the_page_of_a_meeting(self, cast: Cast, way: str, name: str, given: dict[str, str]) -> None:
        meeting = plan(cast)
        if way == "rests":
            pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        elif way == "off":
            cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        else:
            review_meeting(meeting=meeting, by=cast.elina, now=LATER, minutes=45)
        answer = send(cast.elina, f"/meetings/{meeting.ref}/{name}", given, now=LATER)
        if answer.status_code == 302:
            answer = page(cast.elina, f"/meetings/{meeting.ref}/", now=LATER)
        assert "Cik maksā krāsns?" in text(answer)

    def test_notes_sent_before_the_meeting_of_a_pair_that_rests_by_now(self, cast: Cast) -> None:
        meeting = plan(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        given = {"revision": "0", "notes": "Līdzi ņemt paraugus."}
        assert "Līdzi ņemt paraugus." in text(send(cast.elina, f"/meetings/{meeting.ref}/notes/", given))

    def test_a_review_of_what_the_other_has_moved(self, cast: Cast) -> None:
        meeting = plan(cast)
        move_to(meeting, wall(8), cast.andris, now=LATER)
        given = {"revision": "0", "text": "Runājām par cenu.", "minutes": "45"}
        shown = text(send(cast.elina, f"/meetings/{meeting.ref}/review/", given, now=LATER))
        assert "Runājām par cenu." in shown
        assert said(verbs.NotYet) in shown

    def test_a_promise_in_a_review_is_not_dropped(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
        given = {"revision": "0", "text": "Labi.", "minutes": "60", "promise-1-ref": new_ref()}
        given |= {"promise-1": "Nosūtīšu paraugu", "promise-1-due": ""}
        answer = send(cast.elina, f"/meetings/{meeting.ref}/review/", given, now=LATER)
        assert "Nosūtīšu paraugu" in text(answer)
        assert not Promise.objects.exists()
