"""The results of a survey as an accessible PDF: what their page shows, and nothing more (R10)."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from tests.surveys.conftest import CLOSED, LATER, WELL, crowd, invitations, sent
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_results, write_theme
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Sheet, Survey
from varpa.surveys.queries.figures import changes

CELLS = {("mentor", "LV"): 9, ("mentee", "LV"): 7, ("mentee", "LT"): 8}


def closed(cast: Cast, form: str, count: int, **values: Any) -> Survey:
    survey = sent(cast, form)
    for each in invitations(survey)[:count]:
        submit_answers(invitation=each, values=values or WELL, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    return survey


def paper(client: Client, survey: Survey) -> PdfReader:
    answer = client.get(f"/surveys/{survey.ref}/results.pdf")
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def said(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.fixture
def manager(client: Client, cast: Cast) -> Client:
    client.force_login(cast.inga)
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible_and_says_the_rate_beside_the_figures(
    manager: Client, cast: Cast, language: str
) -> None:
    cast.inga.language = language
    cast.inga.save()
    crowd(cast.programme, CELLS)
    reader = paper(manager, closed(cast, "progress_survey", 20))
    root: Any = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert str(root["/Lang"]).partition("-")[0] == language
    told = {"lv": "20 no 28", "lt": "20 iš 28", "en": "20 of 28"}[language]
    assert said(reader).count(told) > 3


def test_hidden_groups_stay_hidden_and_few_words_are_themes_only(manager: Client, cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    survey = sent(cast, "progress_survey")
    alone = {name: value for name, value in WELL.items() if name not in ("goals", "successes")}
    mentors = [each for each in invitations(survey) if each.membership.role == "mentor"]
    for at, each in enumerate(invitations(survey)):
        # Three mentors say something of goals; nine in all write a word.
        goals = {} if each in mentors[3:] else {"goals": 3}
        words = {"successes": "ZQ1Q"} if at < 9 else {}
        submit_answers(invitation=each, values={**alone, **goals, **words}, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    question = survey.questions.get(key="successes")
    write_theme(question=question, text=TranslatedText.same("Ieraksti palīdz"), by=cast.dace, now=CLOSED)
    told = said(paper(manager, survey))
    assert "ZQ1Q" not in told
    assert "Ieraksti palīdz" in told
    page = manager.get(f"/surveys/{survey.ref}/results/").content.decode()
    assert told.count("paslēpts") == page.count("paslēpts") > 0


def test_a_change_of_competences_stands_with_its_interval(manager: Client, cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    first = closed(cast, "competences_start", 15, competences={"marketing": 2})
    one = invitations(first)[0].membership
    Sheet.objects.filter(membership=one).update(values={"competences": {"marketing": 1}})
    last = closed(cast, "competences_end", 14, competences={"marketing": 4}, looking_back={"marketing": 1})
    compute_results(survey=last, now=CLOSED + timedelta(hours=1))
    assert "no 1,92 līdz 2,23" in said(paper(manager, last))
    # What is compared is shown as a change only, never beside it.
    assert "2,0 " not in said(paper(manager, first))


def test_where_all_have_changed_alike_there_is_no_interval_and_it_says_so(
    manager: Client, cast: Cast
) -> None:
    """One of no width would claim to know how much others would differ."""
    crowd(cast.programme, CELLS)
    closed(cast, "competences_start", 15, competences={"marketing": 2})
    last = closed(cast, "competences_end", 14, competences={"marketing": 4})
    assert "visiem izmaiņas ir vienādas" in said(paper(manager, last))
    assert {each.low for each in changes(cast.programme)} == {None}


def test_the_same_asked_before_stands_with_its_rate(manager: Client, cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    closed(cast, "progress_survey", 20)
    last = closed(cast, "final_survey", 18, course=5)
    compared = said(paper(manager, last)).partition("Salīdzinājumā ar")[2]
    assert compared.count("20 no 28") == 1
    assert compared.count("18 no 28") >= 1


def test_before_the_survey_has_closed_there_is_no_paper(manager: Client, cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    assert manager.get(f"/surveys/{survey.ref}/results.pdf").status_code == 404
