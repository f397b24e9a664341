"""What has come since the draft stands below what it belongs to, in place of what was missing, and once."""

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import write
from tests.visits import Visitor, words
from varpa.evaluation.actions import add_indicator, write_value
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Programme
from varpa.reports.actions.drafts import draft_report, take_later
from varpa.reports.later import with_later
from varpa.reports.marks import gaps_in, theme, themes_in
from varpa.reports.models import Report
from varpa.reports.queries import texts_of
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.models import Theme

pytestmark = pytest.mark.django_db
FINAL = "**Final survey.** Asked: {{survey.final.sent}}."
FINAL_LINES = "- Course: mean {{survey.final.course.mean}}\n- Goals: mean {{survey.final.goals.mean}}"
END = "**Competences at the end.** Asked: {{survey.end.sent}}."
HEADS = {"survey.final.sent", "survey.end.sent"}


def text_of(report: Report, part: str, language: str = "en") -> str:
    return texts_of(report)[part, language].text


def test_figures_of_a_survey_stand_below_its_own_heading() -> None:
    fresh = f"{FINAL}\n\n{FINAL_LINES}\n\n{END}"
    assert with_later(f"{FINAL}\n\n{END}", fresh, HEADS) == fresh
    own = f"{FINAL}\nMore of it.\n\nOur words.\n\n{END}\n\nThe last word."
    told = f"{FINAL}\nMore of it.\n\n{FINAL_LINES}\n\nOur words.\n\n{END}\n\nThe last word."
    assert with_later(own, fresh, HEADS) == told


def test_one_more_question_stands_with_those_of_its_survey() -> None:
    more = "- Support: mean {{survey.final.support.mean}}"
    known = {*HEADS, "survey.final.course.mean", "survey.final.goals.mean"}
    text, fresh = f"{FINAL}\n\n{FINAL_LINES}\n\n{END}", f"{FINAL}\n\n{FINAL_LINES}\n{more}\n\n{END}"
    assert with_later(text, fresh, known) == fresh


def test_a_survey_of_which_nothing_stood_there_comes_last() -> None:
    lines = "- Marketing: mean {{survey.end.marketing.mean}}"
    fresh = f"{FINAL}\n\n{FINAL_LINES}\n\n{END}\n\n{lines}"
    assert with_later(FINAL, fresh, {"survey.final.sent"}) == fresh
    # Where a person has taken its heading out, it does not stand below another one.
    told = with_later(END, f"{FINAL}\n\n{FINAL_LINES}\n\n{END}", HEADS)
    assert told == f"{END}\n\n{FINAL}\n\n{FINAL_LINES}"


def test_a_new_theme_stands_with_the_others_and_what_was_taken_out_stays_out() -> None:
    one, other, new = (theme(each * 12) for each in "abc")
    sentence = "Themes of the open answers: {}."
    fresh = sentence.format("; ".join([one, other, new]))
    known = {"a" * 12, "b" * 12}
    told = with_later(f"{FINAL}\n\n{sentence.format(one)}", f"{FINAL}\n\n{fresh}", {*HEADS, *known})
    assert themes_in([told]) == ["a" * 12, "c" * 12]
    assert themes_in([with_later("", fresh, {*known, "c" * 12})]) == []


@pytest.fixture
def indicator(cast: Cast, programme: Programme) -> None:
    told = {name: TranslatedText.same(name) for name in ("name", "unit", "text")}
    for code in ("H1", "H2"):
        given = {**told, "name": TranslatedText.same(f"Schools {code}"), "code": code, "target": 5}
        add_indicator(programme=programme, told=given, by=cast.inga, now=NOW)


@pytest.mark.usefixtures("indicator")
def test_the_value_of_an_indicator_stands_in_place_of_its_gap(cast: Cast, programme: Programme) -> None:
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    before = gaps_in(text_of(report, "indicators"))
    assert [each[:2] for each in before] == ["H1", "H2"]
    first = programme.indicators.get(code="H1")
    write_value(indicator=first, value=3, day=NOW.date(), by=cast.inga, now=NOW)
    assert take_later(report=report, by=cast.inga, now=NOW) > 0
    for language in ("lv", "lt", "en"):
        line, other = text_of(report, "indicators", language).split("\n")
        assert f"{{{{indicator.{first.ref}.achieved}}}}" in line
        assert [each[:2] for each in gaps_in(line + other)] == ["H2"]


@pytest.mark.usefixtures("indicator")
def test_that_there_is_no_indicator_is_not_said_beside_one(cast: Cast, programme: Programme) -> None:
    fresh = "- Schools (n): {{indicator.one.achieved}}"
    with translation.override("en"):
        assert with_later("[[The programme has set no indicators.]]", fresh, set()) == fresh


def test_a_theme_that_came_later_is_told_and_taken_in_once(
    cast: Cast, programme: Programme, report: Report
) -> None:
    survey = open_survey(programme=programme, form="final_survey", by=cast.inga, now=NOW)
    question = survey.questions.filter(kind="text").first()
    told = Theme.objects.create(
        question=question, text=TranslatedText.same("Maz laika"), by=cast.inga, at=NOW
    )
    inga, address = Visitor(cast.inga, language="en"), f"/programmes/{programme.ref}/report/"
    assert "1 line has come since the draft" in words(inga.get(address))
    assert take_later(report=report, by=cast.inga, now=NOW) > 0
    assert theme(told.ref) in text_of(report, "surveys")
    assert "come since the draft" not in words(inga.get(address))
    write(report, "surveys", "en", "Aptaujas bija.", cast)
    report.refresh_from_db()
    assert take_later(report=report, by=cast.inga, now=NOW) == 0
