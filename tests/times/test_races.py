"""Both at the same second: one proposal, one answer, one meeting."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.times.conftest import THURSDAY, propose
from tests.together import at_once
from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting
from varpa.times.actions import choose_time, decline_times
from varpa.times.models import Option, Proposal, ProposalState

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(found: list[object]) -> int:
    for each in found:
        assert not isinstance(each, Exception) or isinstance(each, Refusal), repr(each)
    return sum(isinstance(each, Refusal) for each in found)


def test_both_propose_at_once(cast: Cast) -> None:
    found = at_once(lambda: propose(cast), lambda: propose(cast, by=cast.elina))
    assert refusals(found) == 1
    assert Proposal.objects.count() == 1


def test_one_chooses_while_the_other_proposes_anew(cast: Cast) -> None:
    proposal = propose(cast)
    option = Option.objects.filter(proposal=proposal)[0]
    found = at_once(
        lambda: choose_time(option=option, by=cast.elina, now=NOW),
        lambda: propose(cast, starts_local=[THURSDAY], answers=proposal.ref),
    )
    assert refusals(found) == 1
    waiting = Proposal.objects.filter(state=ProposalState.OPEN).count()
    assert Meeting.objects.count() + waiting == 1


def test_two_taps_on_two_times_plan_one_meeting(cast: Cast) -> None:
    options = list(propose(cast).options.all())
    found = at_once(*[lambda each=each: choose_time(option=each, by=cast.elina, now=NOW) for each in options])
    assert refusals(found) == 1
    assert Meeting.objects.count() == 1


def test_chosen_and_declined_at_once(cast: Cast) -> None:
    proposal = propose(cast)
    option = proposal.options.all()[0]
    found = at_once(
        lambda: choose_time(option=option, by=cast.elina, now=NOW),
        lambda: decline_times(proposal=Proposal.objects.get(), by=cast.elina, now=NOW),
    )
    assert refusals(found) == 1
    proposal.refresh_from_db()
    assert (proposal.state == ProposalState.PLANNED) == (Meeting.objects.count() == 1)
