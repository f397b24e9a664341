"""A yes to another time, and a meeting that did not take place (R14)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.meetings.actions.reminders import remind
from varpa.meetings.models import HourLine, MeetingState
from varpa.messaging.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_yes_to_another_time_reaches_who_proposed_it(cast: Cast) -> None:
    """Elīna: not then, Tuesday at two? Andris: yes! It is no yes to the hour that does not suit her."""
    meeting = make.meeting(cast.pair)
    bring(answer(letter_to(cast.elina, "meetings.invited"), "Nē, vai der otrdien plkst. 14?"))
    bring(answer(letter_to(cast.andris, "meetings.cannot_come"), "Jā, der!"))
    assert not meeting.comings.filter(side="mentor", said="yes").exists()
    assert Message.objects.get().text == "Jā, der!"


@pytest.mark.parametrize(
    "text",
    [
        "Susitikimas neįvyko, laukiau 30 min.",
        "Mes nesusitikome, laukiau 30 min.",
        "Diemžēl netikāmies, gaidīju 30 min.",
    ],
)
def test_what_did_not_take_place_is_not_counted(cast: Cast, text: str) -> None:
    meeting = make.meeting(cast.pair)
    remind(NOW + 4.5 * DAY)
    bring(answer(letter_to(cast.andris, "meetings.review_due"), text), now=NOW + 4.6 * DAY)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert not HourLine.objects.exists()
