"""The last day of a survey goes into the calendar of who is asked, without the personal link (R14)."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import LAST, invitation, sent
from varpa.post.models import Letter
from varpa.surveys.letters import remind
from varpa.surveys.links import token_of

pytestmark = pytest.mark.django_db


def test_the_last_day_stands_in_the_calendar_once(cast: Cast) -> None:
    asked = invitation(sent(cast, "progress_survey"), cast.mentee)
    remind(asked, 1, now=NOW + timedelta(days=3))
    letters = Letter.objects.filter(about=f"survey:{asked.ref}").order_by("pk")
    for number, letter in enumerate(letters):
        assert letter.calendar_method == "PUBLISH"
        assert f"DTSTART;VALUE=DATE:{LAST:%Y%m%d}" in letter.calendar
        assert f"UID:survey-{asked.ref}@" in letter.calendar
        assert f"SEQUENCE:{number}" in letter.calendar
        assert token_of(asked) not in letter.calendar.replace("\r\n ", "")
    assert letters.count() == 2
