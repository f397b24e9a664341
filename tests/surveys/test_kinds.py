"""A question is answered in another way while nobody has answered it; nothing goes unsaid (S16)."""

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import LATER, WELL, answer, crowd, invitation, sent
from tests.surveys.test_questions import NEW, keys, of, words
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.surveys.actions import kinds, questions
from varpa.surveys.actions.answering import NotAnAnswer, save_answers, submit_answers
from varpa.surveys.actions.editing import WrittenMeanwhile, open_survey
from varpa.surveys.actions.kinds import change_kind
from varpa.surveys.links import token_of
from varpa.surveys.models import Question, Sheet, Survey

TWO = (NEW, TranslatedText("Cits", "Kita", "Another"))


@pytest.fixture
def draft(cast: Cast) -> Survey:
    return open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)


def change(question: Question, cast: Cast, kind: str, **more: Any) -> Question:
    asked = {"revision": question.survey.revision, **more}
    change_kind(question=question, kind=kind, by=cast.inga, now=NOW, **asked)
    return of(question.survey, question.key)


@pytest.mark.parametrize("kind", list(AskKind))
@pytest.mark.parametrize("key", ["course", "hindrances", "successes"])
def test_every_kind_becomes_every_other_and_keeps_its_text(
    cast: Cast, draft: Survey, key: str, kind: AskKind
) -> None:
    before = of(draft, key)
    after = change(before, cast, kind, words=TWO, dropping=True)
    assert (after.kind, after.text, after.hint, after.place) == (kind, before.text, before.hint, before.place)
    assert bool(after.options) == (kind in questions.CHOOSES)
    assert bool(after.rows) == (kind == AskKind.MATRIX)
    assert after.least < after.most


def test_answers_become_things_to_rate_under_the_same_keys(cast: Cast, draft: Survey) -> None:
    before = of(draft, "hindrances")
    after = change(before, cast, AskKind.MATRIX)
    assert (keys(after), words(after)) == (keys(before), words(before))
    assert (after.least, after.most) == (1, 5)
    assert keys(change(after, cast, AskKind.CHOICE, dropping=True)) == keys(before)


def test_a_scale_keeps_its_steps_as_a_matrix(cast: Cast, draft: Survey) -> None:
    Question.objects.filter(survey=draft, key="course").update(least=0, most=10)
    before = of(draft, "course")
    after = change(before, cast, AskKind.MATRIX, words=TWO)
    assert (after.least, after.most, after.low, after.high) == (0, 10, before.low, before.high)


def test_what_has_no_place_goes_only_once_it_was_told(cast: Cast, draft: Survey) -> None:
    before = of(draft, "hindrances")
    with pytest.raises(kinds.WouldDrop) as told:
        change(before, cast, AskKind.TEXT)
    assert all(str(text) in str(told.value) for text in words(before))
    assert of(draft, "hindrances").kind == before.kind
    assert change(before, cast, AskKind.TEXT, dropping=True).options == []


def test_a_list_needs_two_to_choose_from(cast: Cast, draft: Survey) -> None:
    with pytest.raises(questions.TooFewOptions):
        change(of(draft, "successes"), cast, AskKind.CHOICE, words=(NEW,))


def test_a_question_on_whose_answer_another_rests_stays(cast: Cast, draft: Survey) -> None:
    with pytest.raises(questions.IsNeeded):
        change(of(draft, "trouble"), cast, AskKind.MANY)


def test_after_an_answer_came_it_stays(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    answer(survey, cast.mentee)
    with pytest.raises(questions.AnswersCame):
        change(of(survey, "successes"), cast, AskKind.NUMBER)


def test_what_is_compared_stays(cast: Cast) -> None:
    survey = open_survey(programme=cast.programme, form="competences_end", by=cast.inga, now=NOW)
    asked = survey.questions.filter(kind=AskKind.MATRIX).first()
    assert asked
    with pytest.raises(kinds.KindIsCompared):
        change(of(survey, asked.key), cast, AskKind.TEXT, dropping=True)


def test_only_a_kind_that_there_is_and_upon_what_was_read(cast: Cast, draft: Survey) -> None:
    with pytest.raises(kinds.UnknownKind):
        change(of(draft, "successes"), cast, "drawing")
    with pytest.raises(WrittenMeanwhile):
        change(of(draft, "successes"), cast, AskKind.NUMBER, revision=7)


def test_one_line_of_history_and_a_second_click_is_none(cast: Cast, draft: Survey) -> None:
    after = change(of(draft, "successes"), cast, AskKind.NUMBER)
    change(after, cast, AskKind.NUMBER)
    assert Line.objects.filter(verb="survey.change_kind").count() == 1


def test_what_was_begun_is_neither_shown_as_an_answer_nor_sent_as_one(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    own = invitation(survey, cast.mentee)
    save_answers(invitation=own, values=WELL, revision=0, now=LATER)
    change(of(survey, "successes"), cast, AskKind.NUMBER)
    with clock.moved_to(LATER):
        page = Client().get(reverse("surveys:answer", args=[token_of(own)]))
    assert page.context["form"].initial["q_successes"] is None
    assert page.context["form"].initial["q_course"] == "4"
    with pytest.raises(NotAnAnswer):
        submit_answers(invitation=own, values=WELL, by=None, now=LATER)
    assert not Sheet.objects.exists()


class TestPage:
    def ask(self, cast: Cast, survey: Survey, post: dict[str, Any] | None = None, who: str = "inga") -> Any:
        client = Client()
        client.force_login(getattr(cast, who))
        address = reverse("surveys:kind", args=[survey.ref, "hindrances"])
        with clock.moved_to(NOW):
            return client.get(address) if post is None else client.post(address, post)

    def test_first_told_then_done(self, cast: Cast, draft: Survey) -> None:
        form = {"revision": draft.revision, "kind": "text"}
        told = self.ask(cast, draft, form)
        text = html.unescape(told.content.decode())
        assert words(of(draft, "hindrances"))[0].within("lv") in text
        assert 'name="dropping"' in text
        assert of(draft, "hindrances").kind == "many"
        # The tick counts for what was told, and for no other kind.
        other = self.ask(cast, draft, {**form, "kind": "number", "told": "text", "dropping": "on"})
        assert other.status_code == 200
        done = self.ask(cast, draft, {**form, "told": "text", "dropping": "on"})
        assert done["Location"] == reverse("surveys:question", args=[draft.ref, "hindrances"])
        assert of(draft, "hindrances").kind == "text"

    def test_the_question_leads_to_it_until_it_is_answered(self, cast: Cast) -> None:
        crowd(cast.programme, {("mentee", "LV"): 5})
        survey = sent(cast, "progress_survey")
        address = reverse("surveys:kind", args=[survey.ref, "hindrances"])
        client = Client()
        client.force_login(cast.inga)
        page = reverse("surveys:question", args=[survey.ref, "hindrances"])
        assert address in client.get(page).content.decode()
        answer(survey, cast.mentee)
        assert address not in client.get(page).content.decode()
        assert reverse("surveys:copy", args=[survey.ref]) in self.ask(cast, survey).content.decode()

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_in_each_language_and_for_nobody_else(self, cast: Cast, draft: Survey, language: str) -> None:
        cast.inga.language = language
        cast.inga.save()
        assert f'lang="{language}"' in self.ask(cast, draft).content.decode()
        for who in ("andris", "elina", "rimantas", "tomas", "zane"):
            assert self.ask(cast, draft, who=who).status_code in (403, 404)
