"""The manager's week names the survey whose time has come, until it is sent (S3, methodology §10)."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST
from varpa.home.above import Need
from varpa.home.queries.managed import standing_of
from varpa.home.queries.week import week
from varpa.kernel.text import LANGUAGES
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.ui import words

pytestmark = pytest.mark.django_db
BEFORE_ITS_TIME = NOW - timedelta(days=40)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def named(cast: Cast, now: datetime = NOW) -> Need | None:
    listed = f"/programmes/{cast.programme.ref}/surveys/"
    return next((each for each in week(cast.programme, now) if each.url == listed), None)


def test_the_survey_of_october_is_named_in_october_until_it_is_sent(cast: Cast) -> None:
    assert named(cast) is None
    survey = open_survey(programme=cast.programme, form="progress_survey", by=None, now=BEFORE_ITS_TIME)
    open_survey(programme=cast.programme, form="final_survey", by=None, now=BEFORE_ITS_TIME)
    assert named(cast, BEFORE_ITS_TIME) is None
    need = named(cast)
    assert need is not None
    # The final one waits for its own time.
    assert (need.count, need.detail) == (1, str(survey.name))
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    assert named(cast, NOW + timedelta(minutes=2)) is None


def test_what_the_calendar_does_not_ask_for_presses_nobody(cast: Cast) -> None:
    open_survey(programme=cast.programme, form="pair_evaluation", by=cast.inga, now=NOW)
    assert named(cast) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_three_languages(cast: Cast, language: str) -> None:
    survey = open_survey(programme=cast.programme, form="progress_survey", by=None, now=NOW)
    with words.on_paper(language, cast.programme.zone):
        need = named(cast)
        assert need is not None
        assert need.sentence.startswith({"lv": "Izsūtiet", "lt": "Išsiųskite", "en": "Send"}[language])
        assert need.detail == survey.name.within(language)


def test_it_is_counted_for_all_programmes_at_once(cast: Cast) -> None:
    open_survey(programme=cast.programme, form="progress_survey", by=None, now=NOW)
    (standing,) = standing_of([cast.programme], cast.inga, NOW)
    assert standing.need is not None
