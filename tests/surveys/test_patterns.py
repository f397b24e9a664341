"""What a sheet lacks tells of nobody: all are asked the same, and the export has no lone blank (R10)."""

import csv
import io
import zipfile
from collections import Counter
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, CLOSED, LAST, LATER, crowd, invitations, sent
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Membership, MembershipState
from varpa.surveys import words
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import AsksOneRoleAlone, edit_survey, open_survey
from varpa.surveys.actions.exporting import export_answers
from varpa.surveys.actions.questions import (
    AnonymousAnswersCame,
    add_question,
    move_question,
    remove_question,
)
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import TooFewToBeAnonymous, close_survey, send_survey
from varpa.surveys.exporting import NothingToExport
from varpa.surveys.hiding import LEAST
from varpa.surveys.models import Question, Survey
from varpa.surveys.patterns import leaving
from varpa.surveys.queries.figures import figures
from varpa.ui.words import on_paper

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


def exported(survey: Survey, cast: Cast) -> list[dict[str, str]]:
    """The rows of the export, once the survey has closed."""
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    content = export_answers(survey=survey, kind="zip", by=cast.inga, now=CLOSED)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        text = packed.read("answers.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def blanks(rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    """How many rows share what stands beside them and which columns are blank."""
    beside = ("role", "country")
    return Counter(
        tuple(value if name in beside else name for name, value in row.items() if name in beside or not value)
        for row in rows
    )


def test_the_export_has_no_lone_blank(cast: Cast) -> None:
    """One sheet without an answer that all others have; what stays behind cannot be subtracted either."""
    survey = asked(cast)
    odd, *rest = invitations(survey)
    submit_answers(invitation=odd, values={**ALL, "course": None, "goals": 1}, by=None, now=LATER)
    for each in rest:
        submit_answers(invitation=each, values=ALL, by=None, now=LATER)
    rows = exported(survey, cast)
    assert rows
    assert min(blanks(rows).values()) >= LEAST
    assert all(row["goals"] == "4" for row in rows)
    told = {each.question: each.n for each in figures(cast.programme) if not each.role and not each.country}
    for column in ("course", "goals", "support"):
        behind = (told[column] or 0) - sum(bool(row[column]) for row in rows)
        assert behind == 0 or behind >= LEAST, column


def test_the_file_is_the_same_whenever_it_is_read(cast: Cast) -> None:
    """Other rows each time would, put together, leave the lone one over."""
    rows = [[4, 4, at % 3] for at in range(15)] + [[None, 1, 1]]
    first = {tuple(rows[place]) for place in leaving(rows, 0, "survey")}
    turned = rows[::-1]
    assert first == {tuple(turned[place]) for place in leaving(turned, 0, "survey")}
    assert len(leaving(rows, 0, "survey")) == 10


def test_no_pattern_of_few_leaves_in_a_thousand_files() -> None:
    chance = Random(16)
    for _time in range(1_000):
        size, columns, groups = chance.randint(1, 40), chance.randint(1, 6), chance.randint(0, 1)
        skipped = chance.choice((0.02, 0.1, 0.4))
        rows: list[list[object]] = [
            ["lv", "lt"][chance.random() < 0.3 :][:groups]
            + [None if chance.random() < skipped else chance.randint(1, 5) for _column in range(columns)]
            for _row in range(size)
        ]
        places = leaving(rows, groups, "survey")
        sizes = Counter(
            (*rows[at][:groups], *(value is None for value in rows[at][groups:])) for at in places
        )
        assert not sizes or min(sizes.values()) >= LEAST
        behind = Counter(
            (*row[:groups], column)
            for at, row in enumerate(rows)
            if at not in set(places)
            for column, value in enumerate(row[groups:])
            if value is not None
        )
        assert not places or not behind or min(behind.values()) >= LEAST


def test_role_stands_beside_rows_where_each_pattern_has_five_of_a_role(cast: Cast) -> None:
    survey = asked(cast)
    for each in invitations(survey):
        submit_answers(invitation=each, values=ALL, by=None, now=LATER)
    assert Counter(row["role"] for row in exported(survey, cast)) == {"mentor": 10, "mentee": 10}


def test_a_form_that_is_shown_as_a_change_only_has_no_file_and_says_so(cast: Cast, client: Client) -> None:
    """Its rows were blank and its codebook empty, though the page promised answers."""
    survey = asked(cast, "competences_start")
    for each in invitations(survey):
        submit_answers(invitation=each, values={"competences": {"marketing": 2}}, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    client.force_login(cast.inga)
    page = reverse("surveys:results", args=[survey.ref])
    told = client.get(page, {"language": "en"}).content.decode()
    file = reverse("surveys:export", args=[survey.ref, "zip"])
    assert file not in told
    assert reverse("surveys:results_paper", args=[survey.ref]) in told
    with pytest.raises(NothingToExport):
        export_answers(survey=survey, kind="zip", by=cast.inga, now=CLOSED)
    assert client.get(file).status_code == 302


def test_of_fewer_than_five_nobody_is_promised_to_be_anonymous(cast: Cast, client: Client) -> None:
    """Two mentors and two mentees: who has answered is known, and so would be whose the answers are."""
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    with pytest.raises(TooFewToBeAnonymous):
        send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    kept = {name: getattr(survey, name) for name in ("name", "text", "roles", "minutes", "revision")}
    edit_survey(survey=survey, **kept, secrecy="confidential", by=cast.inga, now=NOW)
    assert send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW) == 4
    client.force_login(cast.inga)
    told = client.get(reverse("surveys:survey", args=[survey.ref])).content.decode()
    assert "konfidenciālas, nevis anonīmas: programmā" in told


def test_one_role_of_few_is_refused_and_three_pairs_together_are_asked(cast: Cast) -> None:
    crowd(cast.programme, {("mentor", "LV"): 1, ("mentee", "LV"): 1})
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    with pytest.raises(TooFewToBeAnonymous):
        send_survey(survey=survey, roles=["mentor"], closes_on=LAST, by=cast.inga, now=NOW)
    assert send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW) == 6
    assert set(survey.invitations.values_list("group_role", "group_country")) == {("", "")}


def test_a_rate_beside_a_country_is_of_those_whom_its_figure_counts(cast: Cast) -> None:
    """“Latvia 12 of 12, answers 5”: the answers of its few mentors bear no country."""
    Membership.objects.filter(programme=cast.programme).update(state=MembershipState.WITHDRAWN)
    crowd(
        cast.programme, {("mentor", "LV"): 3, ("mentor", "LT"): 9, ("mentee", "LV"): 9, ("mentee", "LT"): 9}
    )
    survey = sent(cast, "progress_survey")
    for each in invitations(survey):
        submit_answers(invitation=each, values=ALL, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    told = {(each.role, each.country): each for each in figures(cast.programme) if each.question == "course"}
    latvia, whole = told["", "LV"], told["", ""]
    assert (latvia.n, latvia.sent, latvia.answered, latvia.left) == (9, 9, 9, 3)
    assert (whole.n, whole.sent, whole.left) == (30, 30, 0)
    with on_paper("en", cast.programme.zone):
        assert "3 more" in words.group_rate(latvia.sent, latvia.answered, latvia.left)
        assert words.group_rate(whole.sent, whole.answered, whole.left) == words.rate(30, 30)


def test_whoever_moves_is_counted_where_one_was_asked(cast: Cast) -> None:
    crowd(
        cast.programme, {("mentee", "LV"): 6, ("mentee", "LT"): 6, ("mentor", "LV"): 6, ("mentor", "LT"): 6}
    )
    survey = sent(cast, "pair_evaluation")
    Membership.objects.filter(survey_invitations__survey=survey, country="LV").update(country="LT")
    for each in invitations(survey):
        submit_answers(invitation=each, values={"together": {"trust": 4}}, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    told = [each for each in figures(cast.programme) if each.question == "together.trust" and each.country]
    assert {each.country for each in told} == {"LV", "LT"}
    assert all(each.n == each.answered == each.sent and not each.left for each in told)
