"""The thinnest way from a form to figures: opened, sent, answered, reckoned, closed, read."""

from tests.cast import Cast
from tests.surveys.conftest import CLOSED, LATER, WELL, answer, crowd, invitations, sent
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_due
from varpa.surveys.actions.sending import follow_surveys
from varpa.surveys.models import Sheet, SurveyState
from varpa.surveys.queries.figures import figures, response


def test_from_a_form_to_figures(cast: Cast) -> None:
    crowd(cast.programme, {("mentor", "LV"): 6, ("mentee", "LV"): 6, ("mentee", "LT"): 6})
    survey = sent(cast, "progress_survey")
    asked = invitations(survey)
    assert len(asked) == 22
    for each in asked[:20]:
        submit_answers(invitation=each, values=WELL, by=None, now=LATER)
    assert response(cast.programme) == [("progress_survey", 22, 20)]
    assert Sheet.objects.count() == 20
    assert follow_surveys(CLOSED) == 1
    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED
    assert compute_due(CLOSED) == 1
    found = {(each.question, each.role, each.country): each for each in figures(cast.programme)}
    whole = found["course", "", ""]
    assert (whole.n, whole.mean, whole.sent, whole.answered) == (20, 4.0, 22, 20)
    assert [percent for _word, percent in whole.shares] == [0, 0, 0, 100, 0]
    assert found["course", "mentee", ""].n == 14
    assert found["successes", "", ""].n == 20


def test_few_answers_give_no_figure(cast: Cast) -> None:
    survey = sent(cast, "progress_survey")
    for member in (cast.mentor, cast.mentee, cast.neighbours.mentor, cast.neighbours.mentee):
        answer(survey, member)
    follow_surveys(CLOSED)
    compute_due(CLOSED)
    assert {each.n for each in figures(cast.programme)} == {None}
    assert {each.mean for each in figures(cast.programme)} == {None}
