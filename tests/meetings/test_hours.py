"""The ledger of hours: entered by one, confirmed by the other or by silence, nothing counted twice (R2)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR
from varpa.history.models import Line
from varpa.kernel.once import FormTooOld
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions import hours as verbs
from varpa.meetings.actions.hours import (
    confirm_hours,
    confirm_silent_hours,
    enter_work,
    object_to_hours,
    settle_hours,
    withdraw_hours,
)
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.queries import Hours, hours_of
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.pairs.queries import facts_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY


@pytest.fixture
def line(cast: Cast) -> HourLine:
    """Sixty minutes that the mentor has entered."""
    make.held(cast.pair)
    return HourLine.objects.get()


def work(cast: Cast, **changes: Any) -> HourLine:
    asked: dict[str, Any] = {
        "pair": cast.pair,
        "day": NOW.date(),
        "minutes": 30,
        "work": "Plāna lasīšana",
        "by": cast.andris,
        "now": NOW,
        **changes,
    }
    return enter_work(**asked)


class TestWork:
    def test_it_waits_for_the_other(self, cast: Cast) -> None:
        assert work(cast).state == LineState.WAITING
        assert hours_of(cast.pair) == Hours(0, 30, 0, 960)

    def test_a_second_click_counts_once(self, cast: Cast) -> None:
        ref = new_ref()
        assert work(cast, ref=ref) == work(cast, ref=ref)
        assert Line.objects.filter(verb="hours.enter").count() == 1

    def test_a_reference_of_another_pair_is_refused_in_words(self, cast: Cast) -> None:
        strange = work(cast, pair=cast.neighbours, by=cast.rimantas)
        with pytest.raises(FormTooOld):
            work(cast, ref=strange.ref)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"minutes": 0}, verbs.WrongMinutes),
            ({"minutes": 1441}, verbs.WrongMinutes),
            ({"day": date(2025, 10, 15)}, verbs.DayToCome),
            ({"day": date(2025, 10, 13)}, verbs.DayBeforeThePair),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            work(cast, **changes)

    def test_today_is_the_programmes_day(self, cast: Cast) -> None:
        late = datetime(2025, 10, 14, 22, 30, tzinfo=UTC)
        assert work(cast, day=date(2025, 10, 15), now=late).day == date(2025, 10, 15)

    def test_not_by_a_stranger_and_not_in_a_pair_that_rests(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            work(cast, by=cast.inga)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        with pytest.raises(NotActive):
            work(cast)


class TestMeetingsAreCountedOnce:
    def test_the_same_length_from_the_other_confirms(self, cast: Cast, line: HourLine) -> None:
        review_meeting(meeting=line.meeting, by=cast.elina, now=LATER, minutes=60)
        assert hours_of(cast.pair) == Hours(60, 0, 0, 960)

    def test_another_length_objects_and_both_stand(self, cast: Cast, line: HourLine) -> None:
        review_meeting(meeting=line.meeting, by=cast.elina, now=LATER, minutes=90)
        line.refresh_from_db()
        assert (line.state, line.minutes, line.settled_minutes) == (LineState.OBJECTED, 60, 90)
        assert hours_of(cast.pair) == Hours(0, 0, 60, 960)

    def test_who_entered_may_correct_and_the_fortnight_begins_anew(self, cast: Cast, line: HourLine) -> None:
        review_meeting(
            meeting=line.meeting, by=cast.andris, now=NOW + 10 * DAY, minutes=45, text="Labi.", revision=1
        )
        line.refresh_from_db()
        assert (line.minutes, line.at) == (45, NOW + 10 * DAY)
        assert confirm_silent_hours(NOW + 18 * DAY) == 0

    def test_what_both_have_confirmed_stays(self, cast: Cast, line: HourLine) -> None:
        confirm_hours(line=line, by=cast.elina, now=LATER)
        review_meeting(meeting=line.meeting, by=cast.elina, now=LATER, minutes=90, text="Labi.")
        assert hours_of(cast.pair) == Hours(60, 0, 0, 960)

    def test_the_others_length_in_a_later_review_settles(self, cast: Cast, line: HourLine) -> None:
        review_meeting(meeting=line.meeting, by=cast.elina, now=LATER, minutes=90)
        review_meeting(meeting=line.meeting, by=cast.andris, now=LATER, minutes=90, text="Labi.", revision=1)
        assert hours_of(cast.pair) == Hours(90, 0, 0, 960)

    def test_however_often_a_review_is_sent(self, cast: Cast, line: HourLine) -> None:
        for _click in range(3):
            review_meeting(
                meeting=line.meeting, by=cast.andris, now=LATER, minutes=60, text="Labi.", revision=1
            )
        assert HourLine.objects.count() == 1
        assert Line.objects.filter(verb="hours.enter").count() == 1


class TestConfirm:
    def test_the_other_taps(self, cast: Cast, line: HourLine) -> None:
        confirm_hours(line=line, by=cast.elina, now=LATER)
        assert hours_of(cast.pair).confirmed == 60

    def test_not_ones_own(self, cast: Cast, line: HourLine) -> None:
        with pytest.raises(verbs.OwnLine):
            confirm_hours(line=line, by=cast.andris, now=LATER)

    def test_not_a_stranger(self, cast: Cast, line: HourLine) -> None:
        with pytest.raises(NotOneOfTheTwo):
            confirm_hours(line=line, by=cast.inga, now=LATER)

    def test_a_second_yes_to_an_unseen_length_is_told(self, cast: Cast, line: HourLine) -> None:
        again = HourLine.objects.get()
        confirm_hours(line=line, by=cast.elina, now=LATER)
        with pytest.raises(AlreadyMoved):
            confirm_hours(line=again, by=cast.elina, now=LATER)

    def test_a_second_tap_on_the_same_length_is_the_same_yes(self, cast: Cast, line: HourLine) -> None:
        for _tap in range(2):
            confirm_hours(line=line, by=cast.elina, now=LATER, minutes=line.minutes)
        assert Line.objects.filter(verb="hours.confirm").count() == 1

    def test_a_length_that_was_not_seen_is_not_confirmed(self, cast: Cast, line: HourLine) -> None:
        review_meeting(meeting=line.meeting, by=cast.andris, now=LATER, minutes=300, text="Labi.", revision=1)
        with pytest.raises(AlreadyMoved):
            confirm_hours(line=line, by=cast.elina, now=LATER, minutes=60)
        assert hours_of(cast.pair).confirmed == 0

    def test_the_target_is_a_fact_of_the_pair(self, cast: Cast) -> None:
        make.held(cast.pair, minutes=720)
        make.held(cast.pair, days=5, kind="regular", minutes=240)
        for each in HourLine.objects.all():
            assert Fact.HOURS_REACHED not in facts_of(cast.pair)
            confirm_hours(line=each, by=cast.elina, now=NOW + 6 * DAY)
        assert Fact.HOURS_REACHED in facts_of(cast.pair)
        withdraw_hours(line=HourLine.objects.first(), by=cast.andris, now=NOW + 7 * DAY)
        assert Fact.HOURS_REACHED not in facts_of(cast.pair)


class TestSilence:
    def test_fourteen_days_confirm(self, cast: Cast, line: HourLine) -> None:
        assert confirm_silent_hours(line.at + timedelta(days=14) - HOUR) == 0
        assert confirm_silent_hours(line.at + timedelta(days=14)) == 1
        assert confirm_silent_hours(line.at + timedelta(days=15)) == 0
        told = Line.objects.get(verb="hours.confirm")
        assert (told.actor, told.details) == (None, {"silent": 1})

    def test_an_objection_stays_open(self, cast: Cast, line: HourLine) -> None:
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=LATER)
        assert confirm_silent_hours(NOW + 100 * DAY) == 0
        assert hours_of(cast.pair).objected == 60


class TestObjection:
    def test_with_a_word_and_a_length_of_ones_own(self, cast: Cast, line: HourLine) -> None:
        object_to_hours(line=line, word=" Bija īsāk ", by=cast.elina, now=LATER, minutes=40)
        line.refresh_from_db()
        assert (line.objection, line.settled_by, line.settled_minutes) == ("Bija īsāk", "mentee", 40)

    @pytest.mark.parametrize(
        ("who", "changes", "refusal"),
        [
            ("andris", {}, verbs.OwnLine),
            ("inga", {}, NotOneOfTheTwo),
            ("elina", {"word": " "}, verbs.WordMissing),
            ("elina", {"minutes": 0}, verbs.WrongMinutes),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, line: HourLine, who: str, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        asked: dict[str, Any] = {"word": "Bija īsāk", **changes}
        with pytest.raises(refusal):
            object_to_hours(line=line, by=getattr(cast, who), now=LATER, **asked)

    def test_not_to_what_is_confirmed(self, cast: Cast, line: HourLine) -> None:
        confirm_hours(line=line, by=cast.elina, now=LATER)
        with pytest.raises(AlreadyMoved):
            object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=LATER)


class TestSettle:
    @pytest.fixture
    def open_line(self, cast: Cast, line: HourLine) -> HourLine:
        object_to_hours(line=line, word="Bija īsāk", by=cast.elina, now=LATER, minutes=40)
        return line

    def test_the_others_length_settles(self, cast: Cast, open_line: HourLine) -> None:
        assert settle_hours(line=open_line, minutes=40, by=cast.andris, now=LATER)
        assert hours_of(cast.pair) == Hours(40, 0, 0, 960)

    def test_who_objected_may_agree_after_all(self, cast: Cast, open_line: HourLine) -> None:
        assert settle_hours(line=open_line, minutes=60, by=cast.elina, now=LATER)
        assert hours_of(cast.pair).confirmed == 60

    def test_a_third_length_waits_and_neither_is_lost(self, cast: Cast, open_line: HourLine) -> None:
        assert not settle_hours(line=open_line, minutes=50, by=cast.andris, now=LATER)
        open_line.refresh_from_db()
        assert (open_line.minutes, open_line.settled_minutes, open_line.settled_by) == (50, 40, "mentor")
        assert settle_hours(line=open_line, minutes=50, by=cast.elina, now=LATER)
        assert hours_of(cast.pair).confirmed == 50

    def test_saying_the_same_again_changes_nothing(self, cast: Cast, open_line: HourLine) -> None:
        assert not settle_hours(line=open_line, minutes=60, by=cast.andris, now=LATER)
        assert not settle_hours(line=open_line, minutes=40, by=cast.elina, now=LATER)
        assert not Line.objects.filter(verb="hours.settle").exists()

    def test_a_second_click_is_told(self, cast: Cast, open_line: HourLine) -> None:
        again = HourLine.objects.get()
        settle_hours(line=open_line, minutes=40, by=cast.andris, now=LATER)
        with pytest.raises(AlreadyMoved):
            settle_hours(line=again, minutes=40, by=cast.andris, now=LATER)

    def test_not_by_a_stranger_and_not_without_an_objection(self, cast: Cast, open_line: HourLine) -> None:
        with pytest.raises(NotOneOfTheTwo):
            settle_hours(line=open_line, minutes=40, by=cast.dace, now=LATER)
        with pytest.raises(AlreadyMoved):
            settle_hours(line=work(cast), minutes=40, by=cast.andris, now=LATER)
        with pytest.raises(verbs.WrongMinutes):
            settle_hours(line=open_line, minutes=0, by=cast.andris, now=LATER)


class TestWithdraw:
    def test_ones_own_stays_visible_as_withdrawn(self, cast: Cast, line: HourLine) -> None:
        withdraw_hours(line=line, by=cast.andris, now=LATER)
        assert HourLine.objects.get().state == LineState.WITHDRAWN
        assert hours_of(cast.pair) == Hours(0, 0, 0, 960)

    def test_not_the_others(self, cast: Cast, line: HourLine) -> None:
        with pytest.raises(NotOneOfTheTwo):
            withdraw_hours(line=line, by=cast.elina, now=LATER)

    def test_twice_is_told(self, cast: Cast, line: HourLine) -> None:
        withdraw_hours(line=line, by=cast.andris, now=LATER)
        with pytest.raises(AlreadyMoved):
            withdraw_hours(line=line, by=cast.andris, now=LATER)

    def test_once_the_pair_has_ended_what_is_confirmed_stands_and_what_waits_does_not(
        self, cast: Cast, line: HourLine
    ) -> None:
        work: dict[str, Any] = {"pair": cast.pair, "day": date(2025, 10, 15), "minutes": 20}
        waiting = enter_work(**work, work="Lasīju plānu", by=cast.andris, now=LATER)
        confirm_hours(line=line, by=cast.elina, now=LATER)
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
        for each in (line, waiting):
            each.pair.refresh_from_db()
        with pytest.raises(PairHasEnded):
            withdraw_hours(line=line, by=cast.andris, now=LATER)
        withdraw_hours(line=waiting, by=cast.andris, now=LATER)
        assert hours_of(cast.pair).confirmed == 60

    def test_what_was_withdrawn_can_be_counted_again(self, cast: Cast, line: HourLine) -> None:
        withdraw_hours(line=line, by=cast.andris, now=LATER)
        review_meeting(meeting=line.meeting, by=cast.elina, now=LATER, minutes=60)
        assert hours_of(cast.pair).waiting == 60


def test_an_objection_reaches_whoever_entered_the_line(cast: Cast, line: HourLine) -> None:
    object_to_hours(line=line, word="Beidzām agrāk.", by=cast.elina, now=LATER, minutes=45)
    letter = Letter.objects.get(kind="meetings.hours_objected")
    assert letter.to_address == cast.andris.email
    assert "Beidzām agrāk." in letter.text
    assert f"/hours/{line.ref}/" in letter.text
