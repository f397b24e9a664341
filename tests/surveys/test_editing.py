"""A survey is an editable copy; after answers came nothing that was answered takes another meaning."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST, LATER, answer, crowd, sent
from varpa.kernel.text import TranslatedText
from varpa.post.models import Letter
from varpa.programmes.models import Programme
from varpa.surveys.actions import editing, questions
from varpa.surveys.actions.sending import (
    BadLastDay,
    ChooseRoles,
    NobodyToAsk,
    follow_surveys,
    send_survey,
)
from varpa.surveys.models import Invitation, Question, Secrecy, Survey, SurveyState
from varpa.surveys.queries.surveys import asked_questions, minutes_of
from varpa.surveys.words import lacking

NEW = TranslatedText("Vai viss skaidrs?", "Ar viskas aišku?", "Is all clear?")


@pytest.fixture
def draft(cast: Cast) -> Survey:
    return editing.open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)


def add(survey: Survey, cast: Cast, **more: Any) -> Question:
    asked: dict[str, Any] = {"kind": "text", "text": NEW, **more}
    return questions.add_question(survey=survey, by=cast.inga, now=NOW, **asked)


def reword(question: Question, cast: Cast, **more: Any) -> None:
    said: dict[str, Any] = {name: getattr(question, name) for name in ("text", "hint", "low", "high")}
    said |= {"least": question.least, "most": question.most, "revision": question.survey.revision}
    said |= {"only": (question.only_question, question.only_is), **more}
    questions.edit_question(question=question, by=cast.inga, now=LATER, **said)


def edit(survey: Survey, cast: Cast, **more: Any) -> None:
    said: dict[str, Any] = {
        name: getattr(survey, name) for name in ("name", "text", "roles", "minutes", "secrecy", "revision")
    }
    editing.edit_survey(survey=survey, by=cast.inga, now=NOW, **{**said, **more})


def test_the_copy_is_the_form(draft: Survey) -> None:
    assert [each.key for each in asked_questions(draft)][:3] == ["course", "cooperation", "goals"]
    assert draft.state == SurveyState.DRAFT
    assert Letter.objects.filter(kind="surveys.asked").count() == 0


def test_turning_on_twice_makes_one(cast: Cast, draft: Survey) -> None:
    again = editing.open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    assert again.pk == draft.pk
    with pytest.raises(editing.NoSuchForm):
        editing.open_survey(programme=cast.programme, form="weather", by=cast.inga, now=NOW)


def test_the_worker_makes_the_two_drafts_and_sends_nothing(cast: Cast) -> None:
    assert editing.open_usual_surveys(NOW) == 4
    assert editing.open_usual_surveys(NOW) == 0
    drafts = Survey.objects.filter(programme=cast.programme)
    assert {each.key for each in drafts} == {"progress_survey", "final_survey"}
    assert not Invitation.objects.exists()


def test_a_new_question_gets_a_key_that_none_has_had(cast: Cast, draft: Survey) -> None:
    first = add(draft, cast)
    questions.remove_question(question=first, by=cast.inga, now=NOW)
    assert add(draft, cast).key != first.key


def test_one_form_makes_one_question(cast: Cast, draft: Survey) -> None:
    assert add(draft, cast, ref="abcdefghjkmn").pk == add(draft, cast, ref="abcdefghjkmn").pk


def test_a_choice_needs_two_answers(cast: Cast, draft: Survey) -> None:
    with pytest.raises(questions.TooFewOptions):
        add(draft, cast, kind="choice", words=(NEW,))
    made = add(draft, cast, kind="many", words=(NEW, TranslatedText.same("Abi")))
    assert [each["key"] for each in made.options] == ["a1", "a2"]


def test_before_answers_words_may_change_after_them_not(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    course = survey.questions.get(key="course")
    course.survey = survey
    reword(course, cast, text=NEW)
    answer(survey, cast.mentee)
    course.refresh_from_db()
    course.survey.refresh_from_db()
    with pytest.raises(questions.AnswersCame):
        reword(course, cast, text=TranslatedText.same("Cits jautājums"))
    with pytest.raises(questions.AnswersCame):
        reword(course, cast, high=TranslatedText.same("slikti"))
    course.refresh_from_db()
    assert course.text == NEW


def test_a_missing_language_may_be_added_even_then(cast: Cast, draft: Survey) -> None:
    question = add(draft, cast, text=TranslatedText(lv="Vai skaidrs?"))
    assert ("lt", "Vai skaidrs?") in lacking(draft, asked_questions(draft))
    crowd(cast.programme, {("mentee", "LV"): 5})
    send_survey(survey=draft, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    answer(draft, cast.mentee)
    question.survey.refresh_from_db()
    full = TranslatedText(lv="Vai skaidrs?", lt="Ar aišku?", en="Clear?")
    reword(question, cast, text=full)
    question.refresh_from_db()
    assert question.text == full


def test_a_removed_question_keeps_its_answers(cast: Cast) -> None:
    survey = sent(cast, "pair_evaluation")
    answer(survey, cast.mentee, together={"trust": 3})
    together = survey.questions.get(key="together")
    questions.remove_question(question=together, by=cast.inga, now=LATER)
    assert "together" not in [each.key for each in asked_questions(survey)]
    assert survey.questions.filter(key="together").exists()
    assert survey.sheets.get().values["together"] == {"trust": 3}


def test_what_another_question_rests_on_stays(cast: Cast, draft: Survey) -> None:
    trouble = draft.questions.get(key="trouble")
    with pytest.raises(questions.IsNeeded):
        questions.remove_question(question=trouble, by=cast.inga, now=NOW)
    after = draft.questions.get(key="hindrances")
    with pytest.raises(questions.IsNeeded):
        questions.move_question(question=after, up=True, by=cast.inga, now=NOW)


def test_a_question_moves_up_and_down(cast: Cast, draft: Survey) -> None:
    goals = draft.questions.get(key="goals")
    questions.move_question(question=goals, up=True, by=cast.inga, now=NOW)
    assert [each.key for each in asked_questions(draft)][:3] == ["course", "goals", "cooperation"]
    questions.move_question(question=draft.questions.get(key="course"), up=True, by=cast.inga, now=NOW)
    assert asked_questions(draft)[0].key == "course"


def test_sent_it_keeps_its_promise(cast: Cast, survey: Survey) -> None:
    for change in ({"secrecy": "anonymous"}, {"roles": ["mentor"]}):
        with pytest.raises(editing.SurveyIsSent):
            edit(survey, cast, **change)
    edit(survey, cast, minutes=4)


def test_before_and_after_are_never_called_anonymous(cast: Cast) -> None:
    for form in ("competences_start", "competences_end"):
        survey = editing.open_survey(programme=cast.programme, form=form, by=cast.inga, now=NOW)
        with pytest.raises(editing.ComparesBeforeAndAfter):
            edit(survey, cast, secrecy="anonymous")


def test_two_managers_do_not_write_over_each_other(cast: Cast, draft: Survey) -> None:
    other = Survey.objects.get(pk=draft.pk)
    edit(draft, cast, minutes=4)
    with pytest.raises(editing.WrittenMeanwhile):
        edit(other, cast, minutes=9)


def test_it_is_sent_to_roles_once(cast: Cast, draft: Survey) -> None:
    crowd(cast.programme, {("mentor", "LV"): 3})
    count = send_survey(survey=draft, roles=["mentor"], closes_on=LAST, by=cast.inga, now=NOW)
    assert count == Letter.objects.filter(kind="surveys.asked").count() == 5
    with pytest.raises(NobodyToAsk):
        send_survey(survey=draft, roles=["mentor"], closes_on=LAST, by=cast.inga, now=NOW)
    assert send_survey(survey=draft, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW) == 2


@pytest.mark.parametrize(
    ("roles", "day", "refusal"),
    [
        ((), LAST, ChooseRoles),
        (("manager",), LAST, ChooseRoles),
        (BOTH, date(2025, 10, 13), BadLastDay),
        (BOTH, date(2027, 1, 1), BadLastDay),
    ],
)
def test_sending_is_refused(
    cast: Cast, draft: Survey, roles: tuple[str, ...], day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        send_survey(survey=draft, roles=roles, closes_on=day, by=cast.inga, now=NOW)


def test_two_reminders_only_to_who_has_not_answered(cast: Cast, survey: Survey) -> None:
    answer(survey, cast.mentee)
    for day in range(14, 33):
        moment = NOW.replace(day=day) if day <= 31 else NOW.replace(month=11, day=day - 31)
        follow_surveys(moment)
        follow_surveys(moment)
    reminders = Letter.objects.filter(kind="surveys.reminder")
    assert reminders.count() == 6
    assert not reminders.filter(person=cast.elina.pk).exists()
    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED


def test_it_is_sent_again_with_a_later_day(cast: Cast, survey: Survey) -> None:
    follow_surveys(NOW.replace(month=11, day=3))
    survey.refresh_from_db()
    again: dict[str, Any] = {"roles": BOTH, "closes_on": date(2025, 11, 20), "by": cast.inga}
    assert send_survey(survey=survey, now=NOW.replace(month=11, day=4), **again) == 0
    assert survey.state == SurveyState.OPEN


def test_a_finished_programme_asks_nothing(cast: Cast, draft: Survey) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    draft.programme.refresh_from_db()
    with pytest.raises(editing.ProgrammeIsOver):
        send_survey(survey=draft, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)


def test_whoever_is_asked_in_a_later_wave_is_not_reminded_at_once(cast: Cast, survey: Survey) -> None:
    late = NOW + timedelta(days=(LAST - NOW.date()).days - 2)
    members = crowd(cast.programme, {("mentor", "LV"): 2}, begin=100)
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=late)
    own = Invitation.objects.filter(membership__in=members)
    follow_surveys(late)
    assert [each.reminders for each in own] == [0, 0]
    follow_surveys(late + timedelta(days=1))
    assert all(each.reminders for each in own.all())


def test_the_minutes_asked_are_those_of_whom_a_survey_went_to(cast: Cast) -> None:
    survey = editing.open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    Survey.objects.filter(pk=survey.pk).update(secrecy=Secrecy.CONFIDENTIAL)
    survey.refresh_from_db()
    assert minutes_of([survey]) == {"mentor": survey.minutes, "mentee": survey.minutes}
    send_survey(survey=survey, roles=["mentor"], closes_on=LAST, by=cast.inga, now=NOW)
    assert minutes_of([survey]) == {"mentor": survey.minutes}
