"""Two at the same second: one answer, one survey, and no answer lost while the worker reckons."""

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.surveys.conftest import LATER, WELL, answer, invitation, sent
from tests.together import at_once
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.surveys.actions.answering import AnsweredAlready, NotAnAnswer, save_answers, submit_answers
from varpa.surveys.actions.copying import copy_survey
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.kinds import change_kind
from varpa.surveys.actions.questions import AnswersCame
from varpa.surveys.actions.results import compute_results
from varpa.surveys.models import Draft, Question, Sheet, Survey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def failed(found: list[object]) -> list[type]:
    return [type(each) for each in found if isinstance(each, Exception)]


def test_two_tabs_send_at_once_and_one_counts(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    tabs = [invitation(survey, cast.mentee) for _tab in range(2)]
    found = at_once(
        lambda: submit_answers(invitation=tabs[0], values=WELL, by=None, now=LATER),
        lambda: submit_answers(invitation=tabs[1], values={**WELL, "course": 1}, by=None, now=LATER),
    )
    assert failed(found) == [AnsweredAlready]
    assert Sheet.objects.count() == 1


def test_a_tab_that_saves_while_another_sends_leaves_no_draft(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    tabs = [invitation(survey, cast.mentee) for _tab in range(2)]
    found = at_once(
        lambda: submit_answers(invitation=tabs[0], values=WELL, by=None, now=LATER),
        lambda: save_answers(invitation=tabs[1], values=WELL, revision=0, now=LATER),
    )
    assert set(failed(found)) <= {AnsweredAlready}
    assert Sheet.objects.count() == 1
    assert not Draft.objects.exists()


def test_an_answer_that_comes_while_the_worker_reckons_stays(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    answer(survey, cast.mentor)
    asked = invitation(survey, cast.mentee)
    found = at_once(
        lambda: compute_results(survey=Survey.objects.get(pk=survey.pk), now=LATER),
        lambda: submit_answers(invitation=asked, values=WELL, by=None, now=LATER),
    )
    assert failed(found) == []
    assert Sheet.objects.count() == 2


def test_two_managers_turn_on_one_form(cast: Cast) -> None:
    found = at_once(
        lambda: open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW),
        lambda: open_survey(programme=cast.programme, form="progress_survey", by=cast.dace, now=NOW),
    )
    assert failed(found) == []
    assert Survey.objects.count() == 1


def test_an_answer_that_comes_while_its_question_changes_is_of_the_kind_that_was_asked(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    own = invitation(survey, cast.mentee)
    asked: Question = survey.questions.get(key="successes")
    found = at_once(
        lambda: submit_answers(invitation=own, values=WELL, by=None, now=LATER),
        lambda: change_kind(
            question=asked, kind=AskKind.NUMBER, revision=survey.revision, by=cast.inga, now=LATER
        ),
    )
    assert failed(found) in ([AnswersCame], [NotAnAnswer])
    changed = survey.questions.get(key="successes").kind == AskKind.NUMBER
    assert changed != Sheet.objects.exists()


def test_two_clicks_copy_once(cast: Cast) -> None:
    survey, ref = sent(cast, "progress_survey"), new_ref()
    named = {
        "name": TranslatedText(lv="Vēlreiz", lt="Dar kartą", en="Once more"),
        "closes_on": None,
        "ref": ref,
    }
    found = at_once(
        *[lambda: copy_survey(survey=survey, **named, by=cast.inga, now=LATER) for _click in range(2)]
    )
    assert failed(found) == []
    assert Survey.objects.get(ref=ref).questions.count() == survey.questions.count()
    assert Line.objects.filter(verb="survey.copy").count() == 1
