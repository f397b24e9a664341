"""The manager's week names the survey whose time has come, until it is sent (S3, methodology §10)."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST, WELL, crowd, invitations, sent
from varpa.home.above import Need
from varpa.home.queries.managed import standing_of
from varpa.home.queries.week import week
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.results import compute_results, write_theme
from varpa.surveys.actions.sending import close_survey, send_survey
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
    crowd(cast.programme, {("mentee", "LV"): 5})
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


@pytest.mark.parametrize(("wrote", "waits"), [(4, False), (6, True), (11, False)])
def test_few_own_words_wait_for_the_lead_partner_until_a_theme_is_written(
    cast: Cast, wrote: int, waits: bool
) -> None:
    """Under ten the manager reads themes only (R10): somebody else has to be told to write them."""
    crowd(cast.programme, {("mentor", "LV"): 6, ("mentee", "LV"): 6})
    survey = sent(cast, "progress_survey")
    for at, each in enumerate(invitations(survey)[:12]):
        said = {**WELL, "successes": "Plāns." if at < wrote else ""}
        submit_answers(invitation=each, values=said, by=None, now=NOW)
    close_survey(survey=survey, by=cast.inga, now=NOW)
    compute_results(survey=survey, now=NOW)
    results = f"/surveys/{survey.ref}/results/"

    def told(now: datetime) -> bool:
        return results in [each.url for each in week(cast.programme, now)]

    assert told(NOW) == waits
    # There may be nobody to read them: nobody is pressed for ever.
    assert not told(NOW + timedelta(days=31))
    if waits:
        question = survey.questions.get(key="successes")
        write_theme(question=question, text=TranslatedText.same("Plāns"), by=cast.dace, now=NOW)
        assert not told(NOW + timedelta(minutes=2))


def test_it_is_counted_for_all_programmes_at_once(cast: Cast) -> None:
    open_survey(programme=cast.programme, form="progress_survey", by=None, now=NOW)
    (standing,) = standing_of([cast.programme], cast.inga, NOW)
    assert standing.need is not None
