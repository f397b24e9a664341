"""Planning a meeting: who, when, in which pair (methodology §8, R1, R12)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, move_to, plan, wall
from varpa.history.models import Line
from varpa.kernel.once import FormTooOld
from varpa.kernel.refs import new_ref
from varpa.kernel.times import HourDoesNotExist
from varpa.meetings import permitted
from varpa.meetings.actions import meetings as verbs
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.actions.meetings import cancel_meeting, take_back_left
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, write_notes
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, dissolve_pair, pause_pair
from varpa.pairs.models import Pair, PairState
from varpa.post.models import Letter
from varpa.programmes.actions.permissions import record_permission

pytestmark = pytest.mark.django_db


class TestPlan:
    def test_either_plans_and_both_are_invited(self, cast: Cast) -> None:
        meeting = plan(cast, by=cast.elina)
        assert (meeting.planned_by, meeting.state) == ("mentee", MeetingState.PLANNED)
        letters = Letter.objects.filter(kind="meetings.invited")
        assert {letter.to_address for letter in letters} == {cast.andris.email, cast.elina.email}
        assert all("METHOD:REQUEST" in letter.calendar for letter in letters)
        assert Line.objects.filter(verb="meeting.plan", actor=cast.elina.pk).count() == 1

    def test_a_stranger_plans_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotOneOfTheTwo):
            plan(cast, by=cast.zane)

    @pytest.mark.parametrize("kind", ["first", "visit", "role_swap", "closing"])
    def test_what_the_mentor_leads_the_mentee_does_not_plan(self, cast: Cast, kind: str) -> None:
        with pytest.raises(verbs.MentorLeads):
            plan(cast, kind=kind, means="in_person", by=cast.elina)

    def test_the_first_meeting_is_planned_once(self, cast: Cast) -> None:
        first = make.meeting(cast.pair)
        with pytest.raises(verbs.UnknownKind):
            make.meeting(cast.pair, days=5)
        cancel_meeting(meeting=first, by=cast.andris, now=NOW)
        assert make.meeting(cast.pair, days=5).state == MeetingState.PLANNED

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"kind": "party"}, verbs.UnknownKind),
            ({"means": "pigeon"}, verbs.UnknownMeans),
            ({"kind": "visit"}, verbs.VisitInPerson),
            ({"minutes": 0}, WrongLength),
            ({"minutes": 721}, WrongLength),
            ({"starts_local": wall(-1)}, verbs.InThePast),
            ({"past": True}, verbs.NotYet),
            ({"starts_local": wall(-1), "past": True}, verbs.BeforeThePair),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, cast: Cast, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            plan(cast, **changes)
        assert not Meeting.objects.exists()

    def test_a_second_click_plans_nothing_more(self, cast: Cast) -> None:
        ref = new_ref()
        assert plan(cast, ref=ref) == plan(cast, ref=ref)
        assert Letter.objects.filter(kind="meetings.invited").count() == 2
        assert Line.objects.filter(verb="meeting.plan").count() == 1

    def test_a_reference_of_another_pair_is_refused_in_words(self, cast: Cast) -> None:
        strange = make.meeting(cast.neighbours)
        with pytest.raises(FormTooOld):
            plan(cast, ref=strange.ref)

    def test_two_meetings_of_a_pair_do_not_overlap(self, cast: Cast) -> None:
        plan(cast, starts_local=wall(3, 10), minutes=60)
        with pytest.raises(verbs.SameTime):
            plan(cast, starts_local=wall(3, 10, 30), by=cast.elina)
        with pytest.raises(verbs.SameTime):
            plan(cast, starts_local=wall(3, 9, 30), minutes=45)
        plan(cast, starts_local=wall(3, 11))
        plan(cast, starts_local=wall(3, 9), minutes=60)

    def test_what_was_cancelled_leaves_its_time_free(self, cast: Cast) -> None:
        cancel_meeting(meeting=plan(cast), by=cast.andris, now=NOW)
        assert plan(cast).state == MeetingState.PLANNED

    def test_a_meeting_that_took_place_is_written_down_without_an_invitation(self, cast: Cast) -> None:
        meeting = plan(cast, past=True, starts_local=wall(1), now=NOW + 2 * DAY)
        assert meeting.starts_at < NOW + 2 * DAY
        assert not Letter.objects.filter(kind="meetings.invited").exists()


class TestNoContactWithoutAnActivePair:
    """R1: by no road."""

    @pytest.fixture
    def waiting(self, cast: Cast) -> Pair:
        return make.pair(
            make.member(cast.programme, make.person("Ilze Vītola"), "mentor", ready=False),
            make.member(cast.programme, make.person("Jānis Bite"), "mentee", ready=False),
        )

    def test_no_meeting_topic_work_or_promise_before_both_are_prepared(
        self, cast: Cast, waiting: Pair
    ) -> None:
        assert waiting.state == PairState.ACCEPTED
        for road in (
            lambda: make.meeting(waiting),
            lambda: make.meeting(waiting, days=0, kind="regular", past=True, now=NOW + HOUR),
        ):
            with pytest.raises(NotActive):
                road()

    def test_the_action_asks_the_database_not_the_page(self, cast: Cast) -> None:
        on_the_page = Pair.objects.get(pk=cast.pair.pk)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert on_the_page.state == PairState.ACTIVE
        with pytest.raises(NotActive):
            plan(cast, pair=on_the_page)

    @pytest.mark.parametrize("rest", [True, False])
    def test_nothing_is_planned_or_prepared_in_a_pair_that_rests_or_has_ended(
        self, cast: Cast, rest: bool
    ) -> None:
        meeting = plan(cast)
        if rest:
            pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        else:
            dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        mine: dict[str, Any] = {"meeting": meeting, "by": cast.andris, "now": NOW}
        for road in (
            lambda: plan(cast, starts_local=wall(5)),
            lambda: move_to(meeting, wall(4), cast.andris),
            lambda: add_topic(text="Cena?", **mine),
            lambda: prepare_meeting(goals="", resources="", agenda="1", revision=0, **mine),
            lambda: write_notes(notes="Labi.", revision=0, **mine),
            lambda: review_meeting(minutes=45, **{**mine, "now": NOW + 4 * DAY}),
        ):
            with pytest.raises(NotActive):
                road()

    def test_what_was_held_before_the_end_can_still_be_written_down(self, cast: Cast) -> None:
        meeting = plan(cast)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW + 4 * DAY)
        review_meeting(meeting=meeting, by=cast.andris, now=NOW + 5 * DAY, minutes=45)
        assert meeting.state == MeetingState.HELD

    def test_what_an_ended_pair_had_planned_is_taken_back(self, cast: Cast) -> None:
        meeting, other = plan(cast), make.meeting(cast.neighbours)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        assert take_back_left(NOW + HOUR) == 1
        assert take_back_left(NOW + HOUR) == 0
        meeting.refresh_from_db()
        other.refresh_from_db()
        assert (meeting.state, other.state) == (MeetingState.CANCELLED, MeetingState.PLANNED)
        letter = Letter.objects.get(kind="meetings.cancelled", to_address=cast.andris.email)
        assert "METHOD:CANCEL" in letter.calendar
        assert "Ieplān" not in letter.text


class TestVisit:
    def test_a_minor_needs_the_permission_for_a_visit(self, cast: Cast) -> None:
        cast.elina.born = date(2010, 5, 4)
        cast.elina.save()
        record_permission(membership=cast.mentee, kind="taking_part", guardian="Anna", by=cast.inga, now=NOW)
        with pytest.raises(permitted.NoVisitPermission):
            make.meeting(cast.pair, kind="visit")
        record_permission(membership=cast.mentee, kind="visit", guardian="Anna", by=cast.inga, now=NOW)
        assert make.meeting(cast.pair, kind="visit", host="Līga").host == "Līga"

    def test_a_visit_across_the_border_needs_a_permission_of_its_own(self, cast: Cast) -> None:
        cast.elina.born = date(2010, 5, 4)
        cast.elina.save()
        cast.mentor.country = "LT"
        cast.mentor.save()
        cast.pair.mentor.country = "LT"
        for kind in ("taking_part", "visit"):
            record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)
        with pytest.raises(permitted.NoVisitAbroadPermission):
            make.meeting(cast.pair, kind="visit")
        record_permission(membership=cast.mentee, kind="visit_abroad", guardian="Anna", by=cast.inga, now=NOW)
        assert make.meeting(cast.pair, kind="visit").kind == "visit"


class TestLocalTime:
    """R12: the hour on the wall stays."""

    def test_an_hour_that_the_clocks_skip_is_refused(self, cast: Cast) -> None:
        spring = datetime(2025, 3, 29, 8, 0, tzinfo=UTC)
        Pair.objects.update(active_at=spring)
        with pytest.raises(HourDoesNotExist):
            plan(cast, starts_local=datetime(2025, 3, 30, 3, 30), now=spring)

    def test_an_hour_that_exists_twice_is_the_first(self, cast: Cast) -> None:
        meeting = plan(cast, starts_local=datetime(2025, 10, 26, 3, 30))
        assert meeting.starts_at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)

    def test_a_meeting_keeps_its_hour_across_the_change(self, cast: Cast) -> None:
        before = plan(cast, starts_local=datetime(2025, 10, 25, 16, 0))
        after = plan(cast, starts_local=datetime(2025, 10, 27, 16, 0))
        assert (before.starts_at.hour, after.starts_at.hour) == (13, 14)
        assert (before.starts_local.hour, after.starts_local.hour) == (16, 16)
        invitation = Letter.objects.get(about=f"meeting:{after.ref}", to_address=cast.elina.email)
        assert "DTSTART;TZID=Europe/Riga:20251027T160000" in invitation.calendar

    def test_each_reads_the_hour_of_their_own_zone(self, cast: Cast) -> None:
        cast.elina.zone = "Europe/Oslo"
        cast.elina.save()
        cast.pair.mentee.person.zone = "Europe/Oslo"
        meeting = plan(cast, starts_local=wall(3, 16))
        letters = Letter.objects.filter(about=f"meeting:{meeting.ref}")
        assert "plkst.\u00a016.00" in letters.get(to_address=cast.andris.email).subject
        assert "plkst.\u00a015.00 (laika josla: Oslo)" in letters.get(to_address=cast.elina.email).subject
