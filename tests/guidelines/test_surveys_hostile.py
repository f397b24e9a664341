"""Hostile input to the spring of surveys, and what an erasure leaves there (R10, R11)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.guidelines.test_surveys import SAID, asked, recommend, words_of
from tests.make import NOW
from tests.privacy.conftest import standing
from tests.surveys.conftest import CLOSED, WELL, crowd, invitations, sent
from varpa.people.models import Person
from varpa.privacy.actions.erasing import erase_person
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.results import compute_due, compute_results
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Question, Sheet, Survey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digits", [5000, 30])
def test_a_number_too_long_is_nothing(cast: Cast, digits: int) -> None:
    question = asked(cast, 10)
    client = Client(raise_request_exception=False)
    client.force_login(cast.inga)
    path = reverse("guidelines:offer", args=[cast.programme.ref])
    assert client.get(path, {"from": f"answer:{question.ref}.{'9' * digits}"}).status_code == 404


def _named(cast: Cast, count: int = 12) -> Question:
    crowd(cast.programme, {("mentor", "LV"): 14})
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    Survey.objects.filter(pk=survey.pk).update(secrecy="confidential")
    survey = sent(cast, "progress_survey")
    assert not survey.anonymous
    for at, each in enumerate(invitations(survey)[:count]):
        submit_answers(
            invitation=each,
            values={**WELL, "successes": SAID if at == 3 else f"Plāns {at}."},
            by=None,
            now=NOW,
        )
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    return Question.objects.select_related("survey__programme").get(survey=survey, key="successes")


def _who(question: Question) -> Person:
    sheet = Sheet.objects.get(survey=question.survey_id, values__successes=SAID)
    assert sheet.membership
    return sheet.membership.person


def test_words_taken_from_a_named_survey_go_with_whose_they_are(cast: Cast) -> None:
    question = _named(cast)
    person = _who(question)
    made = recommend(cast, words_of(question), 1, language="lv")
    erase_person(person=person, by=None, now=CLOSED)
    made.refresh_from_db()
    assert made.text == ""
    assert standing("Vizīti vajag agrāk") == set()


def test_an_erasure_does_not_tell_whose_words_they_were(cast: Cast) -> None:
    question = _named(cast)
    person = _who(question)
    client = Client()
    client.force_login(cast.inga)
    path = reverse("surveys:words", args=[question.survey.ref, question.key])
    before = client.get(path).content.decode()
    erase_person(person=person, by=None, now=CLOSED)
    compute_due(CLOSED)
    after = client.get(path).content.decode()
    assert SAID in before
    # The manager knows who was erased that day: if one answer alone went, it would be known as theirs.
    assert SAID not in after
    assert "Plāns 0." in before
    assert "Plāns 0." not in after
