"""Two thousand answers to sixty questions: the worker reckons, the page reads what is kept."""

import random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import CLOSED, LAST
from varpa.programmes.models import Programme
from varpa.surveys.actions.results import compute_results
from varpa.surveys.models import Question, Sheet, Survey, SurveyState, random_key
from varpa.surveys.queries.figures import figures

QUESTIONS, ANSWERS = 60, 2_000
CELLS = [(role, country) for role in ("mentor", "mentee") for country in ("LV", "LT", "EE")]


def test_a_large_survey_is_a_page_of_few_queries(client: Client, cast: Cast) -> None:
    survey = large(cast.programme)
    compute_results(survey=survey, now=CLOSED)
    client.force_login(cast.inga)
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        page = client.get(reverse("surveys:results", args=[survey.ref]))
    assert page.status_code == 200
    assert len(caught) <= 12
    assert not any("surveys_sheet" in query["sql"] for query in caught)
    assert len(figures(cast.programme)) == QUESTIONS * 6


def large(programme: Programme) -> Survey:
    """A closed survey with all its answers, written straight into the tables."""
    dice = random.Random(5)
    survey = Survey.objects.create(
        programme=programme,
        key="large",
        name=programme.name,
        roles=["mentor", "mentee"],
        minutes=30,
        secrecy="anonymous",
        state=SurveyState.CLOSED,
        closes_on=LAST,
        sent_at=NOW,
        closed_at=CLOSED,
        made_at=NOW,
    )
    kinds = {"text": programme.name, "kind": "scale"}
    Question.objects.bulk_create(
        Question(survey=survey, key=f"q{at}", place=at, **kinds) for at in range(QUESTIONS)
    )
    Sheet.objects.bulk_create(
        (
            Sheet(
                id=random_key(),
                survey=survey,
                role=role,
                country=country,
                values={f"q{at}": dice.randint(1, 5) for at in range(QUESTIONS)},
            )
            for role, country in (dice.choice(CELLS) for _answer in range(ANSWERS))
        ),
        batch_size=500,
    )
    return survey
