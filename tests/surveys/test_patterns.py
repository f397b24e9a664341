"""What a sheet has and lacks tells of nobody: all are asked the same, and the export has no lone blank (R10)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST, LATER, crowd, invitations, sent
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.questions import (
    AnonymousAnswersCame,
    add_question,
    move_question,
    remove_question,
)
from varpa.surveys.actions.editing import AsksOneRoleAlone, edit_survey, open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.surveys.models import Question, Survey

pytestmark = pytest.mark.django_db
ALL = {"course": 4, "cooperation": 4, "goals": 4, "support": 4, "trouble": "no"}
MORE = TranslatedText.same("Vēl kas?")


def asked(cast: Cast, form: str = "progress_survey") -> Survey:
    crowd(cast.programme, {("mentor", "LV"): 8, ("mentee", "LV"): 8})
    return sent(cast, form)


def first_answers(survey: Survey, **values: object) -> None:
    submit_answers(invitation=invitations(survey)[0], values=values, by=None, now=LATER)


def question(survey: Survey, key: str) -> Question:
    return survey.questions.select_related("survey__programme__methodology_version").get(key=key)


def test_an_anonymous_survey_asks_everybody_the_same_once_one_has_answered(cast: Cast) -> None:
    """The first would be the only sheet without the new question, and who has answered is known."""
    survey = asked(cast)
    first_answers(survey, **ALL)
    own = question(survey, "course")
    for act in (
        lambda: add_question(survey=survey, kind="scale", text=MORE, by=cast.inga, now=LATER),
        lambda: remove_question(question=own, by=cast.inga, now=LATER),
        lambda: move_question(question=own, up=False, by=cast.inga, now=LATER),
    ):
        with pytest.raises(AnonymousAnswersCame) as told:
            act()
        assert isinstance(told.value, Refusal)
    assert survey.questions.filter(removed_at=None).count() == survey.questions.count()


def test_before_the_first_answer_an_anonymous_survey_is_changed_freely(cast: Cast) -> None:
    survey = asked(cast)
    add_question(survey=survey, kind="scale", text=MORE, by=cast.inga, now=LATER)
    remove_question(question=question(survey, "course"), by=cast.inga, now=LATER)
    assert survey.questions.filter(removed_at=None).count() == survey.questions.count() - 1


def test_a_confidential_survey_may_ask_more_after_answers_came(cast: Cast) -> None:
    survey = asked(cast, "pair_evaluation")
    first_answers(survey, together={"trust": 4})
    add_question(survey=survey, kind="scale", text=MORE, by=cast.inga, now=LATER)
    assert survey.questions.filter(key="own_1").exists()


def for_mentees_alone(cast: Cast, **changes: str) -> Survey:
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    Survey.objects.filter(pk=survey.pk).update(**changes)
    survey.questions.filter(key="support").update(roles=["mentee"])
    return Survey.objects.select_related("programme__methodology_version", "event").get(pk=survey.pk)


def test_no_question_for_one_role_alone_in_an_anonymous_survey(cast: Cast) -> None:
    """One mentor among many mentees would be the sheet that lacks it: in the export, and in the database."""
    crowd(cast.programme, {("mentor", "LV"): 1, ("mentee", "LV"): 18})
    survey = for_mentees_alone(cast)
    with pytest.raises(AsksOneRoleAlone):
        send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    survey = for_mentees_alone(cast, secrecy="confidential")
    assert send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)


def test_what_asks_one_role_alone_is_not_made_anonymous(cast: Cast) -> None:
    survey = for_mentees_alone(cast, secrecy="confidential")
    kept = {"name": survey.name, "text": survey.text, "minutes": survey.minutes, "revision": survey.revision}
    with pytest.raises(AsksOneRoleAlone):
        edit_survey(survey=survey, **kept, roles=BOTH, secrecy="anonymous", by=cast.inga, now=NOW)
    edit_survey(survey=survey, **kept, roles=["mentee"], secrecy="anonymous", by=cast.inga, now=NOW)
    assert Survey.objects.get(pk=survey.pk).anonymous


def test_the_page_offers_nothing_that_would_be_refused(cast: Cast, client: Client) -> None:
    survey = asked(cast)
    client.force_login(cast.inga)
    page = reverse("surveys:survey", args=[survey.ref])
    assert reverse("surveys:new", args=[survey.ref]) in client.get(page).content.decode()
    first_answers(survey, **ALL)
    told = client.get(page).content.decode()
    assert reverse("surveys:new", args=[survey.ref]) not in told
    assert reverse("surveys:act", args=[survey.ref, "course", "remove"]) not in told
    assert reverse("surveys:copy", args=[survey.ref]) in told
