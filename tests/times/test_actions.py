"""One proposes two or three times, the other taps one, and the meeting is planned (R5)."""

from datetime import datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.times.conftest import THURSDAY, TUESDAY, propose
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.meetings import InThePast, MentorLeads, SameTime
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, PairRests, pause_pair
from varpa.post.models import Letter
from varpa.times import actions
from varpa.times.models import Proposal, ProposalState
from varpa.times.queries import live, open_proposal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_one_tap_plans_the_meeting_with_its_invitation(cast: Cast) -> None:
    proposal = propose(cast, word="Man vislabāk der otrdiena.")
    letter = Letter.objects.get(kind="times.proposed")
    assert letter.to_address == cast.elina.email
    assert "21.\xa0okto" in letter.text
    assert "Man vislabāk der otrdiena." in letter.text
    option = proposal.options.first()
    assert option
    for _tap in range(2):
        meeting = actions.choose_time(option=option, by=cast.elina, now=NOW)
    assert Meeting.objects.get() == meeting
    assert (meeting.starts_local, meeting.planned_by, meeting.minutes) == (TUESDAY, "mentor", 60)
    assert Letter.objects.filter(kind="meetings.invited").count() == 2
    proposal.refresh_from_db()
    assert (proposal.state, proposal.meeting) == (ProposalState.PLANNED, meeting)
    assert Line.objects.filter(verb="times.choose", actor=cast.elina.pk).count() == 1


def test_the_mentor_leads_the_first_meeting_and_the_mentee_chooses_when(cast: Cast) -> None:
    proposal = propose(cast, kind="first")
    option = proposal.options.first()
    assert option
    assert actions.choose_time(option=option, by=cast.elina, now=NOW).planned_by == "mentor"
    with pytest.raises(MentorLeads):
        propose(cast, by=cast.elina, kind="visit", means="in_person")


def test_other_times_take_the_place_of_the_first_ones(cast: Cast) -> None:
    first = propose(cast, kind="first")
    counter = propose(cast, by=cast.elina, kind="first", starts_local=[THURSDAY + DAY], answers=first.ref)
    first.refresh_from_db()
    assert first.state == ProposalState.COUNTERED
    assert open_proposal(cast.pair, NOW) == counter
    option = counter.options.get()
    assert actions.choose_time(option=option, by=cast.andris, now=NOW).planned_by == "mentor"
    stale = first.options.first()
    assert stale
    with pytest.raises(AlreadyMoved):
        actions.choose_time(option=stale, by=cast.elina, now=NOW)


def test_who_had_not_seen_the_others_times_looks_at_them_first(cast: Cast) -> None:
    propose(cast)
    with pytest.raises(actions.ProposedMeanwhile):
        propose(cast, by=cast.elina)
    assert Proposal.objects.count() == 1


def test_one_replaces_ones_own(cast: Cast) -> None:
    first = propose(cast)
    second = propose(cast, starts_local=[THURSDAY], answers=first.ref)
    first.refresh_from_db()
    assert first.state == ProposalState.WITHDRAWN
    assert open_proposal(cast.pair, NOW) == second


def test_two_clicks_propose_once(cast: Cast) -> None:
    ref = new_ref()
    assert propose(cast, ref=ref) == propose(cast, ref=ref)
    assert Letter.objects.filter(kind="times.proposed").count() == 1


def test_none_suits_is_told_with_a_word(cast: Cast) -> None:
    proposal = propose(cast)
    with pytest.raises(actions.OwnProposal):
        actions.decline_times(proposal=proposal, by=cast.andris, now=NOW)
    actions.decline_times(proposal=proposal, by=cast.elina, now=NOW, answer="Tajā nedēļā ir eksāmeni.")
    letter = Letter.objects.get(kind="times.none_fits")
    assert letter.to_address == cast.andris.email
    assert "eksāmeni" in letter.text
    with pytest.raises(AlreadyMoved):
        actions.decline_times(proposal=proposal, by=cast.elina, now=NOW)


def test_only_the_proposer_takes_back(cast: Cast) -> None:
    proposal = propose(cast)
    with pytest.raises(AlreadyMoved):
        actions.take_back_times(proposal=proposal, by=cast.elina, now=NOW)
    actions.take_back_times(proposal=proposal, by=cast.andris, now=NOW)
    assert open_proposal(cast.pair, NOW) is None


def test_it_ends_with_its_last_time_or_with_a_meeting(cast: Cast) -> None:
    proposal = propose(cast)
    assert actions.end_passed(NOW) == 0
    assert actions.end_passed(NOW + 20 * DAY) == 1
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PASSED
    again = propose(cast, starts_local=[THURSDAY])
    later = NOW + timedelta(minutes=1)
    make.meeting(cast.pair, days=5, now=later)
    assert not live(later).exists()
    option = again.options.get()
    with pytest.raises(actions.PassedAlready):
        actions.choose_time(option=option, by=cast.elina, now=later)
    assert actions.end_passed(later) == 1


def test_a_dead_proposal_is_no_hindrance_to_a_new_one(cast: Cast) -> None:
    propose(cast)
    new = propose(cast, starts_local=[THURSDAY + 20 * DAY], now=NOW + 20 * DAY)
    assert open_proposal(cast.pair, NOW + 20 * DAY) == new


def test_a_cancelled_meeting_brings_back_nothing_it_did_not_end(cast: Cast) -> None:
    Meeting.objects.create(
        pair=cast.pair,
        kind="regular",
        means="video",
        state=MeetingState.HELD,
        starts_local=datetime(2025, 10, 14, 8, 0),
        starts_at=NOW - timedelta(hours=4),
        zone="Europe/Riga",
        minutes=30,
        planned_by="mentor",
        planned_at=NOW + timedelta(minutes=1),
    )
    proposal = propose(cast)
    assert live(NOW + timedelta(minutes=2)).get() == proposal


def test_times_that_cannot_be(cast: Cast) -> None:
    with pytest.raises(actions.NoTimes):
        propose(cast, starts_local=[])
    with pytest.raises(actions.TwiceTheSame):
        propose(cast, starts_local=[TUESDAY, TUESDAY])
    with pytest.raises(InThePast):
        propose(cast, starts_local=[TUESDAY, datetime(2025, 10, 13, 10, 0)])
    make.meeting(cast.pair, starts_local=TUESDAY)
    with pytest.raises(SameTime):
        propose(cast)
    with pytest.raises(NotOneOfTheTwo):
        propose(cast, by=cast.zane)
    assert not Proposal.objects.exists()


def test_a_resting_pair_chooses_no_time(cast: Cast) -> None:
    option = propose(cast).options.first()
    assert option
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    with pytest.raises((NotActive, PairRests)):
        actions.choose_time(option=option, by=cast.elina, now=NOW)
