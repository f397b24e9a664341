"""The letter of proposed times, answered in words."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from tests.times.conftest import TUESDAY, propose
from varpa.history.models import Channel, Line
from varpa.messaging.models import Message
from varpa.post.models import Letter
from varpa.times.actions import remind_of_times
from varpa.times.models import Proposal, ProposalState

pytestmark = pytest.mark.django_db


def write(cast: Cast, text: str, starts: list[datetime]) -> Proposal:
    made = propose(cast, starts_local=starts)
    bring(answer(letter_to(cast.elina, "times.proposed"), text))
    made.refresh_from_db()
    return made


def test_a_yes_to_the_one_time_takes_it(cast: Cast) -> None:
    made = write(cast, "Jā, der!", [TUESDAY])
    assert made.state == ProposalState.PLANNED
    assert not Message.objects.exists()
    assert Line.objects.get(verb="times.choose").channel == Channel.MAIL
    assert not Letter.objects.filter(kind="mailroom.came_back").exists()


def test_the_reminder_is_answered_like_the_first_letter(cast: Cast) -> None:
    made = propose(cast, starts_local=[TUESDAY])
    remind_of_times(NOW + timedelta(days=6))
    bring(answer(letter_to(cast.elina, "times.due"), "Jā, der!"), now=NOW + timedelta(days=6))
    made.refresh_from_db()
    assert made.state == ProposalState.PLANNED


def test_words_beside_the_yes_reach_the_other(cast: Cast) -> None:
    assert write(cast, "Jā, der! Atnesīšu plānu.", [TUESDAY]).state == ProposalState.PLANNED
    assert Message.objects.get().text == "Jā, der! Atnesīšu plānu."


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Jā, bet vēlāk.", [TUESDAY]),
        ("Pirmais der", [TUESDAY, TUESDAY.replace(hour=18)]),
        ("Jā!", [TUESDAY, TUESDAY.replace(hour=18)]),
    ],
)
def test_other_words_are_a_message_and_the_times_wait(cast: Cast, text: str, starts: list[datetime]) -> None:
    made = write(cast, text, starts)
    assert made.state == ProposalState.OPEN
    assert Message.objects.get().text == text
    told = letter_to(cast.elina, "mailroom.came_back")
    assert told.link == letter_to(cast.elina, "times.proposed").link
