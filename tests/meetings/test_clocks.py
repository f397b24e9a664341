"""The night in which the clocks go back: an hour that comes twice is told, and is the first of the two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.times import comes_again, to_utc
from varpa.meetings.calendars import calendars
from varpa.meetings.telling import told

pytestmark = pytest.mark.django_db
NIGHT = datetime(2025, 10, 26, 3, 30)
FIRST = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
SAID = {"lv": "šī stunda ir divreiz", "lt": "būna du kartus", "en": "this hour comes twice"}


def test_the_hour_on_the_wall_is_the_first_one_and_comes_again() -> None:
    assert to_utc(NIGHT, "Europe/Riga") == FIRST
    assert comes_again(FIRST, "Europe/Riga")
    assert not comes_again(FIRST + timedelta(hours=1), "Europe/Riga")
    assert not comes_again(FIRST - timedelta(hours=1), "Europe/Riga")
    assert not comes_again(FIRST, "UTC")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_it_is_told_where_the_meeting_is_planned_and_once(cast: Cast, side: str, language: str) -> None:
    with translation.override(language):
        known = calendars(cast.pair, NOW)
        said = [each for each in told(known, FIRST, 60, side) if SAID[language] in each]
        assert len(said) == 1
        assert not any(SAID[language] in each for each in told(known, FIRST + timedelta(days=1), 60, side))
