"""The manager words the copy otherwise: answers, rows, scales, and after which answer a question is asked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import answer, crowd, invitations, sent
from varpa.kernel.text import TranslatedText
from varpa.surveys.actions import questions
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Question, Survey
from varpa.surveys.shown import then_and_now

NEW = TranslatedText("Vēl kas", "Dar kas nors", "Something else")


@pytest.fixture
def draft(cast: Cast) -> Survey:
    return open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)


def of(survey: Survey, key: str) -> Question:
    found: Question = survey.questions.get(key=key)
    found.survey = Survey.objects.select_related("programme__methodology_version").get(pk=survey.pk)
    return found


def edit(question: Question, cast: Cast, **more: Any) -> Question:
    names = ("text", "hint", "low", "high", "least", "most")
    said: dict[str, Any] = {name: getattr(question, name) for name in names}
    said |= {"only": (question.only_question, question.only_is), "revision": question.survey.revision}
    questions.edit_question(question=question, by=cast.inga, now=NOW, **{**said, **more})
    question.refresh_from_db()
    return question


def words(question: Question) -> tuple[TranslatedText, ...]:
    return tuple(TranslatedText.from_dict(each["text"]) for each in question.options or question.rows)


def keys(question: Question) -> list[str]:
    return [each["key"] for each in question.options or question.rows]


def test_an_answer_is_added_worded_otherwise_and_taken_out(cast: Cast, draft: Survey) -> None:
    hindrances = of(draft, "hindrances")
    time, _contact, *rest = words(hindrances)
    edit(hindrances, cast, words=(time, TranslatedText(), *rest), more=(NEW,))
    assert keys(hindrances)[:2] == ["time", "tasks"]
    assert words(hindrances)[-1] == NEW


def test_a_new_answer_never_has_the_key_of_one_taken_out(cast: Cast, draft: Survey) -> None:
    hindrances = edit(of(draft, "hindrances"), cast, more=(NEW,))
    first = keys(hindrances)[-1]
    edit(of(draft, "hindrances"), cast, words=(*words(hindrances)[:-1], TranslatedText()))
    again = edit(of(draft, "hindrances"), cast, more=(NEW,))
    assert first not in keys(again)


def test_two_answers_stay_at_least_and_twenty_at_most(cast: Cast, draft: Survey) -> None:
    hindrances = of(draft, "hindrances")
    with pytest.raises(questions.TooFewOptions):
        edit(hindrances, cast, words=(words(hindrances)[0], *[TranslatedText()] * 5))
    with pytest.raises(questions.TooManyOptions):
        edit(hindrances, cast, more=(NEW,) * 20)


def test_an_answer_on_which_another_question_rests_is_not_taken_out(cast: Cast, draft: Survey) -> None:
    trouble = of(draft, "trouble")
    no, _yes = words(trouble)
    with pytest.raises(questions.IsNeeded):
        edit(trouble, cast, words=(no, TranslatedText()), more=(NEW,))


@pytest.mark.parametrize(("least", "most"), [(5, 1), (3, 3), (0, 11), (1, 100)])
def test_a_scale_has_two_to_eleven_steps(cast: Cast, draft: Survey, least: int, most: int) -> None:
    with pytest.raises(questions.BadScale):
        edit(of(draft, "course"), cast, least=least, most=most)


def test_another_scale_is_asked_and_kept(cast: Cast, draft: Survey) -> None:
    course = edit(of(draft, "course"), cast, least=0, most=10)
    assert (course.least, course.most) == (0, 10)


def test_a_question_follows_an_answer_to_an_earlier_one(cast: Cast, draft: Survey) -> None:
    successes = edit(of(draft, "successes"), cast, only=("trouble", "no"))
    assert (successes.only_question, successes.only_is) == ("trouble", "no")
    for only in (("trouble", "never"), ("hindrances", "time"), ("weather", "rain")):
        with pytest.raises(questions.NoSuchAnswer):
            edit(of(draft, "successes"), cast, only=only)
    with pytest.raises(questions.NoSuchAnswer):
        edit(of(draft, "course"), cast, only=("trouble", "yes"))
    assert edit(of(draft, "successes"), cast, only=questions.ALWAYS).only_question == ""


@pytest.mark.parametrize(
    "change", [{"least": 0}, {"most": 7}, {"only": ("trouble", "yes")}, {"more": (NEW,)}], ids=str
)
def test_after_an_answer_none_of_it_changes(cast: Cast, change: dict[str, Any]) -> None:
    survey = sent(cast, "progress_survey")
    answer(survey, cast.mentee)
    asked = of(survey, "hindrances" if "more" in change else "course")
    if "only" in change:
        asked = of(survey, "successes")
    with pytest.raises(questions.AnswersCame):
        edit(asked, cast, **change)


def test_what_is_compared_keeps_its_scale(cast: Cast) -> None:
    survey = open_survey(programme=cast.programme, form="competences_start", by=cast.inga, now=NOW)
    with pytest.raises(questions.ScaleIsCompared):
        edit(of(survey, "competences"), cast, most=7)


def test_means_of_two_scales_are_not_set_beside_each_other(cast: Cast) -> None:
    crowd(cast.programme, {("mentor", "LV"): 14})
    surveys = []
    for form, most in (("progress_survey", 5), ("final_survey", 10)):
        survey = open_survey(programme=cast.programme, form=form, by=cast.inga, now=NOW)
        edit(of(survey, "course"), cast, most=most)
        survey = sent(cast, form)
        for each in invitations(survey):
            submit_answers(invitation=each, values={"course": 4, "goals": 4}, by=None, now=NOW)
        close_survey(survey=survey, by=cast.inga, now=NOW)
        compute_results(survey=survey, now=NOW)
        surveys.append(Survey.objects.select_related("result").get(pk=survey.pk))
    told = [row.text.within("en") for row in then_and_now(*surveys)]
    assert "How much of what was intended was reached?" in told
    assert "How did the programme go?" not in told


def filled(page: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = page.context["form"]
    found: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, TranslatedText):
            found |= {f"{bound.html_name}_{code}": text for code, text in value.as_dict().items()}
        elif value is not None:
            found[bound.html_name] = value
    return found


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("key", ["course", "trouble", "hindrances", "successes"])
def test_the_page_saves_what_stands_and_changes_nothing(
    client: Client, cast: Cast, draft: Survey, language: str, key: str
) -> None:
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    address = reverse("surveys:question", args=[draft.ref, key])
    before = Question.objects.filter(survey=draft, key=key).values().get()
    assert client.post(address, filled(client.get(address))).status_code == 302
    assert Question.objects.filter(survey=draft, key=key).values().get() == before


def test_the_manager_adds_a_scale_that_is_asked_after_an_answer(
    client: Client, cast: Cast, draft: Survey
) -> None:
    client.force_login(cast.inga)
    address = reverse("surveys:new", args=[draft.ref])
    said = filled(client.get(address)) | {"kind": "scale", "text_lv": "Cik ļoti?", "least": 0, "most": 10}
    page = client.post(address, said | {"only": "trouble=yes"}, follow=True).content.decode()
    made = Question.objects.get(survey=draft, key="own_1")
    assert (made.least, made.most, made.only_question, made.only_is) == (0, 10, "trouble", "yes")
    assert "<strong>lt</strong>: Cik ļoti?" in page


def test_the_page_of_a_question_says_what_a_language_lacks(client: Client, cast: Cast, draft: Survey) -> None:
    edit(of(draft, "course"), cast, text=TranslatedText(lv="Kā iet?"))
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:question", args=[draft.ref, "course"])).content.decode()
    assert "<strong>lt</strong>: Kā iet?" in page


@pytest.mark.parametrize("twice", [("Jā", "Taip", ""), ("Jā ", "Ne", ""), ("", "", "yes")])
def test_two_answers_never_read_the_same(cast: Cast, draft: Survey, twice: tuple[str, str, str]) -> None:
    first = TranslatedText("Jā", "Tikrai", "Yes")
    said: dict[str, Any] = {"kind": "choice", "text": NEW, "words": (first, TranslatedText(*twice))}
    before = draft.questions.count()
    with pytest.raises(questions.TwiceTheSame):
        questions.add_question(survey=draft, by=cast.inga, now=NOW, **said)
    assert draft.questions.count() == before
