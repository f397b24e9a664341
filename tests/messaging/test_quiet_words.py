"""Who has stopped messages gets no words of the other by another road (R8; messaging/quiet.html says so)."""

from datetime import datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.coming import say_coming
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.messaging.actions import want_quiet
from varpa.post.models import Letter
from varpa.times.actions import propose_times

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "Kāpēc tu man neatbildi? Man vajag ar tevi runāt!"


@pytest.mark.parametrize("road", ["times", "no", "cancel"])
def test_no_words_come_by_another_road(cast: Cast, road: str) -> None:
    meeting = make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    asked = {"by": cast.andris, "now": NOW + DAY}
    try:
        if road == "times":
            propose_times(
                pair=cast.pair,
                kind="regular",
                means="video",
                minutes=60,
                starts_local=[datetime(2025, 10, 20, 15, 0)],
                zone="Europe/Riga",
                word=WORDS,
                **asked,
            )
        elif road == "no":
            say_coming(meeting=meeting, said="no", word=WORDS, **asked)
        else:
            cancel_meeting(meeting=meeting, reason=WORDS, **asked)
    except Refusal:
        return
    assert not Letter.objects.filter(to_address=cast.elina.email, text__contains=WORDS).exists()
