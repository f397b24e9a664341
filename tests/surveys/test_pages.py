"""The pages: who sees them and who does not, in three languages, at one row and at many."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.surveys.conftest import CLOSED, LATER, WELL, crowd, invitations, sent
from varpa.programmes.queries import methodology_of
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_due
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Survey

OTHER = Path(__file__).parents[1] / "methodology" / "other"
LANGUAGES = ("lv", "lt", "en")
CROWD = {("mentor", "LV"): 8, ("mentor", "LT"): 7, ("mentee", "LV"): 9, ("mentee", "LT"): 6}


@pytest.fixture
def answered(cast: Cast) -> Survey:
    """A closed progress survey that 30 of 34 have answered, with its results."""
    crowd(cast.programme, CROWD)
    survey = sent(cast, "progress_survey")
    for at, each in enumerate(invitations(survey)[4:]):
        values = {**WELL, "course": 1 + at % 5}
        submit_answers(invitation=each, values=values, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_due(CLOSED)
    return survey


def pages_of(survey: Survey) -> list[str]:
    return [
        reverse("surveys:list", args=[survey.programme.ref]),
        reverse("surveys:competences", args=[survey.programme.ref]),
        *(
            reverse(f"surveys:{name}", args=[survey.ref])
            for name in ("survey", "people", "edit", "new", "results", "results_paper", "printed")
        ),
        reverse("surveys:question", args=[survey.ref, "course"]),
        reverse("surveys:words", args=[survey.ref, "successes"]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_manages_reads_every_page(client: Client, cast: Cast, answered: Survey, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    for page in pages_of(answered):
        assert client.get(page, headers={"Accept-Language": language}).status_code == 200, page


def test_competences_lead_to_the_parts_of_the_plan_that_train_them(
    client: Client, cast: Cast, answered: Survey
) -> None:
    client.force_login(cast.inga)
    said = client.get(reverse("surveys:competences", args=[answered.programme.ref])).content.decode()
    assert "<strong>Finanses</strong>: Finanses" in said
    assert "EntreComp" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_who_were_asked_one_is_found_to_enter_a_paper(
    client: Client, cast: Cast, language: str
) -> None:
    """Two thousand pairs are eighty pages of names."""
    crowd(cast.programme, CROWD)
    survey = sent(cast, "progress_survey")
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    people = reverse("surveys:people", args=[survey.ref])
    mine = next(each for each in invitations(survey) if each.membership_id == cast.mentee.pk)
    paper = reverse("surveys:paper", args=[survey.ref, mine.ref])
    assert client.get(people).content.decode().count("/paper/") > 1
    found = client.get(people, {"q": "elina berzina"}).content.decode()
    assert paper in found
    assert found.count("/paper/") == 1
    assert client.get(people, {"q": "nobody of this name"}).status_code == 200
    submit_answers(invitation=mine, values=WELL, by=None, now=LATER)
    assert cast.elina.name in client.get(people).content.decode()
    waiting = client.get(people, {"show": "waiting"}).content.decode()
    assert cast.elina.name not in waiting
    assert cast.andris.name in waiting


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_methodology_asks_for_is_read_from_it(client: Client, cast: Cast, language: str) -> None:
    """Another one asks for other surveys, or for none, and its competences may agree with nothing."""
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    known = methodology_of(cast.programme)
    names = [form.name.within(language) for form in known.surveys if form.on]
    lists = reverse("surveys:list", args=[cast.programme.ref])
    assert f": {', '.join(names)}." in client.get(lists).content.decode()
    other = make.programme(cast.organisation, folder=OTHER)
    client.force_login(cast.dace)
    page = client.get(reverse("surveys:list", args=[other.ref])).content.decode()
    assert not any(name in page for name in names)
    assert "EntreComp" not in client.get(reverse("surveys:competences", args=[other.ref])).content.decode()


def test_nobody_else_does(client: Client, cast: Cast, answered: Survey) -> None:
    for person, status in (
        (cast.andris, (403, 404)),
        (cast.elina, (403, 404)),
        (cast.tomas, (404,)),
        (cast.zane, (404,)),
    ):
        client.force_login(person)
        for page in pages_of(answered):
            assert client.get(page).status_code in status, (person, page)
    client.logout()
    for page in pages_of(answered):
        assert client.get(page).status_code == 302


def test_queries_do_not_grow(
    client: Client, cast: Cast, answered: Survey, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.inga)
    for page in pages_of(answered):
        with django_assert_max_num_queries(12):
            client.get(page)
