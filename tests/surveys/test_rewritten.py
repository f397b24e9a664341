"""Honest figures: what was never asked stands nowhere, and other words are another question."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, CLOSED, LAST, LATER, crowd, invitations, sent
from tests.surveys.test_results import CELLS, competences, finish, say
from varpa.kernel.text import TranslatedText
from varpa.reports.results import promised_results
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.questions import remove_question
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import send_survey
from varpa.surveys.models import Question, Survey
from varpa.surveys.queries.figures import changes, figures, reworded
from varpa.surveys.shown import shown

pytestmark = pytest.mark.django_db
OTHER = TranslatedText(
    "Cik ļoti programma traucēja mācībām?", "Ar trukdė mokytis?", "Did it disturb learning?"
)


def sent_as(cast: Cast, form: str, **texts: Any) -> Survey:
    """A survey of a form, one question of it put into other words while it was a draft."""
    survey = open_survey(programme=cast.programme, form=form, by=cast.inga, now=NOW)
    for key, changed in texts.items():
        Question.objects.filter(survey=survey, key=key).update(**changed)
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    return survey


def rows(survey: Survey, **named: TranslatedText) -> list[dict[str, Any]]:
    held = Question.objects.get(survey=survey, key="competences").rows
    return [{**each, "text": named[each["key"]].as_dict()} if each["key"] in named else each for each in held]


def compared(cast: Cast) -> set[str]:
    """The competences of the methodology that are compared; its framework stands beside them."""
    found = {each.question for each in changes(cast.programme)}
    return {each for each in found if each.startswith("competences.")}


def page(cast: Cast, name: str, *args: str) -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="lv")
    client.force_login(cast.inga)
    return client.get(reverse(f"surveys:{name}", args=args)).content.decode()


def at_the_end(cast: Cast, **changed: Any) -> Survey:
    """Both competence surveys, answered and closed; `changed` is what was rewritten in the second one."""
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 15), 2)
    last = sent_as(cast, "competences_end", competences=changed) if changed else sent(cast, "competences_end")
    for each in invitations(last)[:15]:
        submit_answers(invitation=each, values={"competences": {"marketing": 4}}, by=None, now=LATER)
    compute_results(survey=first, now=CLOSED)
    finish(last, cast)
    return last


def test_what_was_taken_out_before_anybody_was_asked_stands_nowhere(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    survey = open_survey(programme=cast.programme, form="final_survey", by=cast.inga, now=NOW)
    remove_question(question=survey.questions.get(key="recommend"), by=cast.inga, now=NOW)
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=LATER)
    say(invitations(survey)[:10])
    finish(survey, cast)
    assert not survey.questions.filter(key="recommend").exists()
    assert "recommend" not in {each.question for each in figures(cast.programme)}
    assert "recommend" not in {each.key for each in shown(survey, [])}


def test_a_question_in_other_words_is_not_compared_with_the_mid_term(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    first = sent(cast, "progress_survey")
    say(invitations(first)[:20], goals=4)
    finish(first, cast)
    last = sent_as(cast, "final_survey", goals={"text": OTHER})
    for each in invitations(last)[:18]:
        submit_answers(invitation=each, values={"course": 5, "goals": 2}, by=None, now=LATER)
    Survey.objects.filter(pk=last.pk).update(sent_at=NOW + timedelta(hours=1))
    finish(last, cast)
    said = page(cast, "results", last.ref)
    beside = said[said.index("Salīdzinājumā ar") :]
    assert "Nav salīdzināts" in beside
    assert beside.count(OTHER.lv) == 1
    assert "−2,0" not in beside
    # What both forms ask in the words of the methodology is compared as before.
    assert "+1,0" in beside


def test_a_competence_in_other_words_is_not_one_that_rose(cast: Cast) -> None:
    maths = TranslatedText("Matemātika", "Matematika", "Mathematics")
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 15), 2)
    compute_results(survey=first, now=CLOSED)
    last = open_survey(programme=cast.programme, form="competences_end", by=cast.inga, now=NOW)
    Question.objects.filter(survey=last, key="competences").update(rows=rows(last, marketing=maths))
    send_survey(survey=last, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    for each in invitations(last)[:15]:
        submit_answers(invitation=each, values={"competences": {"marketing": 4}}, by=None, now=LATER)
    finish(last, cast)
    assert "competences.marketing" not in compared(cast)
    assert [each.name.lv for each in reworded(cast.programme)] == ["Matemātika"]
    said = page(cast, "competences", cast.programme.ref)
    assert "Nav salīdzināts" in said
    assert "Matemātika" in said
    raised = next(each for each in promised_results(cast.programme, CLOSED) if "competences" in each.kind)
    assert raised.done == 0
    assert "Mathematics" in str(raised.evidence)


def test_another_question_at_the_end_is_shown_as_any_other(cast: Cast) -> None:
    last = at_the_end(cast, text=OTHER)
    assert not compared(cast)
    whole = [each for each in figures(cast.programme) if each.question == "competences.marketing"]
    assert whole[0].n == 15
    assert "Nav salīdzināts" in page(cast, "results", last.ref)


def test_what_was_compared_before_anybody_looked_at_the_words_is_compared_no_more(cast: Cast) -> None:
    last = at_the_end(cast)
    assert compared(cast)
    Question.objects.filter(survey=last, key="competences").update(text=OTHER)
    compute_results(survey=last, now=CLOSED + timedelta(hours=1))
    assert not compared(cast)


def test_a_language_that_lacked_its_words_parts_nothing(cast: Cast) -> None:
    survey = open_survey(programme=cast.programme, form="competences_end", by=cast.inga, now=NOW)
    held = survey.questions.get(key="competences").text
    at_the_end(cast, text=TranslatedText(lv=held.lv, en=held.en))
    assert compared(cast)


def test_whoever_words_a_question_is_told_that_it_is_compared(cast: Cast) -> None:
    last = open_survey(programme=cast.programme, form="final_survey", by=cast.inga, now=NOW)
    assert "salīdzina" in page(cast, "question", last.ref, "goals")
    assert "salīdzina" not in page(cast, "question", last.ref, "recommend")


def test_what_older_drafts_kept_of_it_is_forgotten(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    survey = sent(cast, "final_survey")
    say(invitations(survey)[:10])
    finish(survey, cast)
    survey.questions.filter(key="recommend").update(removed_at=NOW - timedelta(hours=1))
    survey.questions.filter(key="course").update(removed_at=NOW + timedelta(hours=1))
    import_module("varpa.surveys.migrations.0008_never_asked").forget(apps, connection.schema_editor())
    told = {each["question"] for each in Survey.objects.get(pk=survey.pk).result.data["figures"]}
    assert {"recommend", "course"} & told == {"course"}
    assert set(survey.questions.values_list("key", flat=True)) & {"recommend", "course"} == {"course"}
