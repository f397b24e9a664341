"""The room and the home lead to the times that wait."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.times.conftest import propose
from tests.visits import ask, words
from varpa.times.actions import decline_times

pytestmark = pytest.mark.django_db


def test_who_may_choose_is_led_there_and_the_proposer_sees_that_it_waits(cast: Cast) -> None:
    proposal = propose(cast, kind="first")
    room = f"/pairs/{cast.pair.ref}/"
    assert "Choose a time for the meeting" in words(ask(cast.elina, room, language="en"))
    own = words(ask(cast.andris, room, language="en"))
    assert "Choose a time for the meeting" not in own
    assert "Plan the first meeting" not in own
    assert f"/times/{proposal.ref}/" in own
    decline_times(proposal=proposal, by=cast.elina, now=NOW)
    assert "Choose a time" not in words(ask(cast.elina, room, language="en"))


def test_my_page_and_planning_lead_on(cast: Cast) -> None:
    assert "/me/away/" in words(ask(cast.andris, "/me/"))
    assert f"/pairs/{cast.pair.ref}/times/" in words(
        ask(cast.andris, f"/pairs/{cast.pair.ref}/meetings/new/")
    )
