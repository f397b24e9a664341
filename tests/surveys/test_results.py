"""What may be shown: response, figures, changes, themes, exports; nothing that gives one of few away."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, CLOSED, LAST, LATER, WELL, crowd, invitations, sent
from varpa.kernel.text import TranslatedText
from varpa.people.models import Appointment, Person
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.exporting import export_answers
from varpa.surveys.actions.results import (
    NotYoursToSumUp,
    TooFewWords,
    compute_results,
    withdraw_theme,
    write_theme,
)
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Invitation, Question, Survey
from varpa.surveys.queries.figures import Figure, changes, figures, themes

CELLS = {("mentor", "LV"): 9, ("mentee", "LV"): 7, ("mentee", "LT"): 8}


def say(asked: Iterable[Invitation], **values: Any) -> None:
    for each in asked:
        submit_answers(invitation=each, values={**WELL, **values}, by=None, now=LATER)


def finish(survey: Survey, cast: Cast) -> None:
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)


def figure(cast: Cast, question: str, role: str = "", country: str = "") -> Figure:
    found = figures(cast.programme)
    return next(
        each for each in found if (each.question, each.role, each.country) == (question, role, country)
    )


@pytest.fixture
def crowded(cast: Cast) -> Survey:
    crowd(cast.programme, CELLS)
    return sent(cast, "progress_survey")


def test_means_and_shares_are_those_of_the_answers(cast: Cast, crowded: Survey) -> None:
    asked = invitations(crowded)
    say(asked[:10], course=5, trouble="yes", hindrances=["time", "contact"])
    say(asked[10:20], course=2, trouble="no")
    finish(crowded, cast)
    course = figure(cast, "course")
    assert (course.n, course.mean, course.sent, course.answered) == (20, 3.5, 28, 20)
    assert [percent for _word, percent in course.shares] == [0, 50, 0, 0, 50]
    hindrances = figure(cast, "hindrances")
    assert hindrances.n == 10
    assert [percent for _word, percent in hindrances.shares][:2] == [100, 100]
    assert figure(cast, "successes").n == 20


def test_a_removed_question_stays_in_the_results(cast: Cast) -> None:
    from varpa.surveys.actions.questions import remove_question

    crowd(cast.programme, CELLS)
    survey = sent(cast, "pair_evaluation")
    for each in invitations(survey)[:12]:
        submit_answers(invitation=each, values={"together": {"trust": 4}}, by=None, now=LATER)
    remove_question(question=survey.questions.get(key="together"), by=cast.inga, now=LATER)
    finish(survey, cast)
    assert figure(cast, "together.trust").n == 12


def test_nobody_at_all_is_no_division_by_nought(cast: Cast, crowded: Survey) -> None:
    finish(crowded, cast)
    assert {each.n for each in figures(cast.programme)} == {None}
    assert changes(cast.programme) == []


def competences(cast: Cast, form: str, asked: slice, value: int, **more: Any) -> Survey:
    survey = sent(cast, form)
    for each in invitations(survey)[asked]:
        submit_answers(
            invitation=each, values={"competences": {"marketing": value}, **more}, by=None, now=LATER
        )
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    return survey


def test_change_is_shown_of_those_who_answered_both_times(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 15), 2)
    last = competences(cast, "competences_end", slice(3, 17), 4, looking_back={"marketing": 1})
    compute_results(survey=first, now=CLOSED)
    compute_results(survey=last, now=CLOSED + timedelta(hours=1))
    found = [each for each in changes(cast.programme) if each.question == "competences.marketing"]
    whole = next(each for each in found if not each.country and not each.looking_back)
    assert (whole.n, whole.missing, whole.before, whole.after, whole.change) == (12, 5, 2.0, 4.0, 2.0)
    assert (whole.improved, whole.same, whole.worse) == (12, 0, 0)
    assert whole.intervals[0] == (76, 100)
    back = next(each for each in found if each.looking_back)
    assert (back.n, back.before, back.after) == (12, 1.0, 4.0)
    client = Client()
    client.force_login(cast.inga)
    said = client.get(f"/surveys/{last.ref}/results/").content.decode()
    # What is shown is not said to be still to come.
    assert f"/programmes/{cast.programme.ref}/competences/" not in said
    assert 'class="quiet"' not in said


def test_beside_a_change_stands_no_figure_that_could_be_taken_from_it(cast: Cast) -> None:
    """The mean of all less the mean of the matched would speak of the one who came only once."""
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 15), 2)
    last = competences(cast, "competences_end", slice(0, 14), 4)
    for survey in (first, last):
        compute_results(survey=survey, now=CLOSED)
    assert figures(cast.programme) == []


def test_what_will_be_compared_is_not_shown_before_it_can_be(cast: Cast) -> None:
    """Whoever has seen the whole at the start could take the matched from it at the end."""
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 15), 2)
    compute_results(survey=first, now=CLOSED)
    assert figures(cast.programme) == []
    client = Client()
    client.force_login(cast.inga)
    said = client.get(f"/surveys/{first.ref}/results/").content.decode()
    assert f"/programmes/{cast.programme.ref}/competences/" in said


def test_few_pairs_of_answers_are_hidden(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    first = competences(cast, "competences_start", slice(0, 4), 2)
    last = competences(cast, "competences_end", slice(0, 15), 4)
    compute_results(survey=first, now=CLOSED)
    compute_results(survey=last, now=CLOSED)
    assert {each.n for each in changes(cast.programme) if not each.looking_back} == {None}


def theme(question: Question, by: Person) -> Any:
    return write_theme(question=question, text=TranslatedText(lv="Trūkst laika"), by=by, now=CLOSED)


def test_themes_are_written_and_taken_back(cast: Cast, crowded: Survey) -> None:
    say(invitations(crowded)[:12])
    finish(crowded, cast)
    question = crowded.questions.get(key="successes")
    written = theme(question, cast.inga)
    told = themes(cast.programme)
    assert [(each.question, each.theme.lv, each.n) for each in told] == [("successes", "Trūkst laika", 12)]
    withdraw_theme(theme=written, by=cast.inga, now=CLOSED)
    assert themes(cast.programme) == []


def test_who_does_not_read_the_answers_writes_no_theme_of_them(
    client: Client, cast: Cast, crowded: Survey
) -> None:
    """A theme goes into the report as what people have said: nothing is invented (R10)."""
    say(invitations(crowded)[:24], successes="Zilas krāsniņas.")
    question = crowded.questions.get(key="successes")
    compute_results(survey=crowded, now=LATER)
    with pytest.raises(NotYoursToSumUp):
        theme(question, cast.dace)
    finish(crowded, cast)
    client.force_login(cast.inga)
    address = reverse("surveys:words", args=[crowded.ref, "successes"])
    assert 'name="text_lv"' in client.get(address).content.decode()


def test_of_few_answers_the_lead_partner_writes_the_themes(
    client: Client, cast: Cast, crowded: Survey
) -> None:
    say(invitations(crowded)[:7], successes="Zilas krāsniņas.")
    finish(crowded, cast)
    question = Question.objects.select_related("survey__programme").get(survey=crowded, key="successes")
    with pytest.raises(NotYoursToSumUp):
        theme(question, cast.inga)
    client.force_login(cast.inga)
    address = reverse("surveys:words", args=[crowded.ref, "successes"])
    assert 'name="text_lv"' not in client.get(address).content.decode()
    theme(question, cast.dace)
    assert len(themes(cast.programme)) == 1


@pytest.mark.parametrize(
    ("count", "manager", "lead"), [(4, False, False), (7, False, True), (12, True, True)]
)
def test_open_answers_under_ten_are_themes_only(
    client: Client, cast: Cast, crowded: Survey, count: int, manager: bool, lead: bool
) -> None:
    """R10: the manager reads ten and more, the lead partner's staff five and more, under five nobody."""
    say(invitations(crowded)[:count], successes="Zilas krāsniņas.")
    finish(crowded, cast)
    address = reverse("surveys:words", args=[crowded.ref, "successes"])
    for person, reads in ((cast.inga, manager), (cast.dace, lead)):
        client.force_login(person)
        assert ("Zilas krāsniņas." in client.get(address).content.decode()) == reads


def test_how_many_have_answered_stands_beside_open_answers_too(
    client: Client, cast: Cast, crowded: Survey
) -> None:
    """Response rates stand beside every figure (R10)."""
    say(invitations(crowded)[:20])
    finish(crowded, cast)
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:results", args=[crowded.ref])).content.decode()
    own = page[: page.index("/questions/successes/words/")]
    assert "20 no 28" in own[own.rindex("<h2>") :]
    page = client.get(reverse("surveys:words", args=[crowded.ref, "successes"])).content.decode()
    assert "20 no 28" in page


def test_open_answers_wait_until_the_survey_has_closed(client: Client, cast: Cast, crowded: Survey) -> None:
    say(invitations(crowded)[:12], successes="Zilas krāsniņas.")
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:words", args=[crowded.ref, "successes"]))
    assert "Zilas krāsniņas." not in page.content.decode()


def test_no_look_at_open_answers_says_who_has_just_written_some(
    client: Client, cast: Cast, crowded: Survey
) -> None:
    """R10: a question asked after a yes only would tell of each person whether that was the answer."""
    address, asked = reverse("surveys:words", args=[crowded.ref, "problems"]), invitations(crowded)
    client.force_login(cast.inga)
    for each in asked[:11]:
        say([each], trouble="yes", problems="Laiks.")
        assert "Cik cilvēku atbildējuši saviem vārdiem, būs redzams" in client.get(address).content.decode()
    question = crowded.questions.get(key="problems")
    with pytest.raises(TooFewWords):
        theme(question, cast.inga)


def test_answers_of_one_person_cannot_be_laid_together(client: Client, cast: Cast, crowded: Survey) -> None:
    """Words that give their writer away say nothing of what that person has written elsewhere."""
    for at, each in enumerate(invitations(crowded)[:14]):
        say([each], trouble="yes", problems=f"Z{at:02}", successes=f"Z{13 - at:02}")
    finish(crowded, cast)
    client.force_login(cast.inga)
    places: list[set[str]] = []
    for key in ("problems", "successes"):
        page = client.get(reverse("surveys:words", args=[crowded.ref, key])).content.decode()
        assert re.findall(r"Z\d\d", page) == [f"Z{at:02}" for at in range(14)]
        places.append(set(re.findall(r"from=answer:\w+\.(\w+)", page)))
    assert [len(each) for each in places] == [14, 14]
    assert not places[0] & places[1]


def test_the_export_says_no_more_than_the_tables(cast: Cast, crowded: Survey) -> None:
    asked = invitations(crowded)
    say(asked[:3], trouble="yes", hindrances=["time"], problems="Laiks.")
    say(asked[3:20])
    finish(crowded, cast)
    content = export_answers(survey=crowded, kind="zip", by=cast.inga, now=CLOSED)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        text = packed.read("answers.csv").decode("utf-8-sig")
        labelled = packed.read("answers.sav")
        words = packed.read("words.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 20
    assert {row["course"] for row in rows} == {"4"}
    # Only three were asked what hinders: their column is not there, nor are their words.
    assert not any(name.startswith("hindrances") for name in rows[0])
    assert "Laiks." not in words
    assert "Plāns." in words
    assert b"Laiks." not in labelled
    assert cast.elina.name not in text


def test_groups_stand_beside_rows_only_where_no_table_hides_them(cast: Cast, crowded: Survey) -> None:
    say(invitations(crowded)[:20])
    finish(crowded, cast)
    book = load_workbook(io.BytesIO(export_answers(survey=crowded, kind="xlsx", by=cast.inga, now=CLOSED)))
    assert book.sheetnames == ["answers", "codebook", "words"]
    heads = [cell.value for cell in book["answers"][1]]
    shown = [each for each in figures(cast.programme) if each.role]
    assert ("role" in heads) == (bool(shown) and all(each.n is not None for each in shown))


def test_an_open_survey_is_not_taken_along(client: Client, cast: Cast, crowded: Survey) -> None:
    client.force_login(cast.inga)
    assert client.get(reverse("surveys:export", args=[crowded.ref, "zip"])).status_code == 404


def test_mid_term_stands_beside_the_final(client: Client, cast: Cast, crowded: Survey) -> None:
    say(invitations(crowded)[:20], course=3)
    finish(crowded, cast)
    last = sent(cast, "final_survey")
    for each in invitations(last)[:18]:
        submit_answers(invitation=each, values={"course": 5}, by=None, now=LATER + timedelta(hours=3))
    Survey.objects.filter(pk=last.pk).update(sent_at=NOW + timedelta(hours=1))
    finish(last, cast)
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:results", args=[last.ref])).content.decode()
    assert "+2,0" in page
    # Each stands with the share of those who have answered (R10).
    beside = page[page.index("Salīdzinājumā ar") :]
    assert beside.count("20 no 28") == beside.count("18 no 28") == 1


def test_every_wave_has_its_own_day(cast: Cast, crowded: Survey) -> None:
    assert crowded.closes_on == LAST
    assert set(crowded.roles) == set(BOTH)


def test_groups_and_the_whole_seen_before_them_are_no_subtraction(cast: Cast, crowded: Survey) -> None:
    """All groups together, less the whole as it was shown before, would be the two who came last."""
    asked = invitations(crowded)
    say(asked[:20], course=5)
    compute_results(survey=crowded, now=LATER)
    live = figure(cast, "course")
    say(asked[20:22], course=1)
    finish(crowded, cast)
    parts = [figure(cast, "course", role=role) for role in BOTH]
    together = sum(each.n or 0 for each in parts)
    assert all(each.n for each in parts)
    assert together - (live.n or 0) >= 5
    assert figure(cast, "course").n == together == 22


def test_who_manages_and_is_staff_too_reads_no_few_words(client: Client, cast: Cast, crowded: Survey) -> None:
    """R10: to the manager under ten are themes, whatever else the manager is."""
    Appointment.objects.create(organisation=cast.organisation, person=cast.inga, at=NOW)
    say(invitations(crowded)[:7], successes="Zilas krāsniņas.")
    finish(crowded, cast)
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:words", args=[crowded.ref, "successes"]))
    assert page.status_code == 200
    assert "Zilas krāsniņas." not in page.content.decode()


@pytest.mark.parametrize("count", [0, 4])
def test_of_nothing_that_may_be_read_there_is_no_theme(cast: Cast, crowded: Survey, count: int) -> None:
    """The report would tell it as what people have said; nothing is invented."""
    say(invitations(crowded)[:count])
    finish(crowded, cast)
    with pytest.raises(TooFewWords):
        theme(crowded.questions.get(key="successes"), cast.inga)
    assert themes(cast.programme) == []
