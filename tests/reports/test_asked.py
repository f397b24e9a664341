"""What surveys have brought stands in the report with who has answered beside it, and claims no cause."""

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import write
from tests.surveys.conftest import crowd
from tests.visits import Visitor, forms, words
from varpa.history.remembering import forget_all
from varpa.kernel.text import TranslatedText
from varpa.methodology.reports import ResultKind
from varpa.programmes.models import Programme
from varpa.reports.actions.drafts import NotWritten, draft_report, take_later
from varpa.reports.asked import Response
from varpa.reports.later import with_later
from varpa.reports.marks import gaps_in
from varpa.reports.models import Report
from varpa.reports.papers import papers
from varpa.reports.queries import texts_of
from varpa.reports.results import PromisedResult, promised_results
from varpa.reports.sources import figures_of
from varpa.reports.written import drawn_charts
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.surveys.queries import figures as surveys

pytestmark = pytest.mark.django_db
NAME = TranslatedText.same("Mārketings")
HINDERS = TranslatedText("Kas traucē?", "Kas trukdo?", "What hinders?")
TIME = TranslatedText("Pietrūkst laika", "Trūksta laiko", "Too little time")
ROADS = TranslatedText("Tālu jābrauc", "Toli važiuoti", "The distance")
ASKED = TranslatedText.same("Cik droši es to protu, arī tad, ja man neviens nepalīdz? Mārketings")


def change(question: str, low: float, n: int | None = 9, **more: object) -> surveys.Change:
    told = {"role": "", "country": "", "looking_back": False, "missing": 2, **more}
    return surveys.Change(
        "end", question, ASKED, **told, n=n, before=2.5, after=3.25, change=0.75, low=low, high=1.25,
        improved=6, same=2, worse=1, name=NAME,
    )  # fmt: skip


def competences(programme: Programme) -> PromisedResult:
    found = {each.kind: each for each in promised_results(programme, NOW)}
    return found[ResultKind.COMPETENCES_RAISED]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two competences compared, one of them for certain higher; a hidden one, and one of a group."""
    found = [
        change("how.marketing", 0.25),
        change("how.management", -0.1),
        change("how.hidden", 0.5, n=None),
        change("how.marketing", 0.5, country="LT"),
        # EntreComp's are no promise of the methodology.
        change("entrecomp.vision", 0.5),
    ]
    figure = surveys.Figure("end", NAME, "going", NAME, "scale", "", 12, 9, 9, 4.25, ())
    hidden = surveys.Figure("end", NAME, "trust", NAME, "scale", "", 12, 4, None, None, ())
    chosen = surveys.Figure(
        "end", NAME, "hindrances", HINDERS, "many", "", 12, 9, 8, None, ((TIME, 63), (ROADS, 25)),
        options=("time", "distance"),
    )  # fmt: skip
    monkeypatch.setattr(surveys, "changes", lambda programme: found)
    monkeypatch.setattr(surveys, "figures", lambda programme: [figure, hidden, chosen])
    monkeypatch.setattr(surveys, "response", lambda programme: [("end", 12, 9), ("never", 0, 0)])
    monkeypatch.setattr(surveys, "themes", lambda programme: [])
    forget_all()


def test_without_answers_the_reason_is_said(programme: Programme) -> None:
    found = competences(programme)
    assert (found.state, found.done, found.of) == ("missing", 0, 0)
    assert found.evidence


@pytest.mark.usefixtures("answered")
def test_raised_is_what_stands_above_nought_for_certain(programme: Programme) -> None:
    found = competences(programme)
    assert (found.state, found.done, found.of) == ("partly", 1, 3)
    assert "9" in found.evidence
    assert "2 of 3 could be compared" in found.evidence


def test_one_shown_of_eight_is_not_the_whole_promise(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [change(f"how.hidden{each}", 0.5, n=None) for each in range(7)]
    monkeypatch.setattr(surveys, "changes", lambda programme: [change("how.marketing", 0.25), *hidden])
    forget_all()
    found = competences(programme)
    assert (found.state, found.done, found.of) == ("partly", 1, 8)
    assert "1 of 8 could be compared" in found.evidence


def test_where_every_one_is_hidden_it_is_said_that_nothing_can_be_compared(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveys, "changes", lambda programme: [change("how.hidden", 0.5, n=None)])
    forget_all()
    found = competences(programme)
    assert (found.state, found.done, found.of) == ("missing", 0, 1)
    assert "Too few" in found.evidence


@pytest.mark.usefixtures("answered")
def test_what_is_hidden_is_no_figure(programme: Programme) -> None:
    keys = set(figures_of(programme, NOW))
    assert {"survey.end.going.mean", "survey.end.rate", "competence.end.how.marketing.low"} <= keys
    assert not {key for key in keys if "hidden" in key or "trust" in key}
    assert figures_of(programme, NOW)["survey.never.rate"].value is None


@pytest.mark.usefixtures("answered")
def test_the_draft_tells_them_in_three_languages(cast: Cast, programme: Programme) -> None:
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    found = papers(report, texts_of(report), NOW)
    parts = {part["key"]: part for part in found["lv"]["parts"]}
    assert "4,25" in parts["surveys"]["text"]
    assert "75" in parts["surveys"]["text"]
    assert "0,75" in parts["competences"]["text"]
    assert [row[3] for row in parts["competences"]["tables"][0]["rows"]] == ["0,75"] * 3
    assert {part["key"] for part in found["lt"]["parts"] if part["absent"]} == set()
    assert "0.75" in str(found["en"])


@pytest.mark.usefixtures("answered")
def test_what_was_chosen_stands_in_the_report_with_who_has_answered(cast: Cast, programme: Programme) -> None:
    """What hinders, and whether the two stay in touch: there are answers to choose from (methodology §9)."""
    key = "survey.end.hindrances.time.share"
    assert figures_of(programme, NOW)[key].value == 63
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    found = papers(report, texts_of(report), NOW)
    part = {
        language: next(each for each in found[language]["parts"] if each["key"] == "surveys")
        for language in found
    }
    assert (
        "Kas traucē: Pietrūkst laika 63\N{NO-BREAK SPACE}%; Tālu jābrauc 25\N{NO-BREAK SPACE}%; atbildes: 8"
        in part["lv"]["text"]
    )
    assert "Too little time 63\N{NO-BREAK SPACE}%" in part["en"]["text"]
    table = part["lt"]["tables"][1]
    assert table["rows"][0][1:] == [
        "Kas trukdo?",
        "Trūksta laiko",
        "63\N{NO-BREAK SPACE}%",
        "8",
        "9\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}12",
    ]


@pytest.mark.usefixtures("answered")
def test_a_competence_is_called_by_its_name(cast: Cast, programme: Programme) -> None:
    """The question before it is as long as a line, and the same for all: a bar would say nothing else."""
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    part = next(
        each for each in papers(report, texts_of(report), NOW)["lv"]["parts"] if each["key"] == "competences"
    )
    assert {bar[0] for bar in part["charts"][0]["bars"]} == {"Mārketings"}
    assert {row[0] for row in part["tables"][0]["rows"]} == {"Mārketings"}
    assert "Cik droši" not in part["text"]


def test_a_share_of_answers_is_rounded_as_on_the_page_of_results() -> None:
    assert Response("end", NAME, sent=3, answered=2).percent == 67
    assert Response("end", NAME, sent=0, answered=0).percent is None


def test_a_long_chart_is_drawn_in_parts_that_fit_on_a_page() -> None:
    """A page cuts off what it has no room for: of 21 competences the first three were not to be seen."""
    rows = [[f"Kompetence {number}", number, 40] for number in range(40)]
    drawn = list(drawn_charts({"name": "Kompetences", "bars": rows}))
    assert [each["svg"].count(b"</text>") // 2 for each in drawn] == [14, 14, 12]
    assert [each["caption"] for each in drawn] == ["Kompetences", "", ""]
    assert {each["name"] for each in drawn} == {"Kompetences"}
    whole = b"".join(each["svg"] for each in drawn)
    assert all(f"Kompetence {number}<".encode() in whole for number in range(40))


def test_a_survey_that_nobody_has_answered_is_called_by_its_name(cast: Cast, programme: Programme) -> None:
    """Its key is a word of the program, and no sentence of a report."""
    crowd(programme, {("mentee", "LV"): 5})
    survey = open_survey(programme=programme, form="final_survey", by=cast.inga, now=NOW)
    send_survey(survey=survey, roles=survey.roles, closes_on=NOW.date(), by=cast.inga, now=NOW)
    text = draft_report(programme=programme, by=cast.inga, now=NOW).sections.get(key="surveys", language="lv")
    assert "final_survey.**" not in text.text
    assert f"**{survey.name.lv}.**" in text.text


def texts(report: Report, part: str) -> dict[str, str]:
    """A part of the report in its languages."""
    return {language: each.text for (key, language), each in texts_of(report).items() if key == part}


class TestWhatComesLater:
    """The draft was made before anything was answered; then surveys close, and competences are compared."""

    @pytest.fixture
    def later(self, report: Report, request: pytest.FixtureRequest) -> Report:
        request.getfixturevalue("answered")
        return report

    def test_the_page_tells_of_it_and_takes_it_in(self, cast: Cast, later: Report) -> None:
        inga, address = Visitor(cast.inga, language="en"), f"/programmes/{cast.programme.ref}/report/"
        page = inga.get(address)
        assert "come since the draft" in words(page)
        (form,) = [each for each in forms(page) if each.action.endswith("/later/")]
        assert inga.send(form).status_code == 302
        shown = inga.get(address)
        assert "stands in its parts now" in words(shown)
        assert not [each for each in forms(shown) if each.action.endswith("/later/")]

    def test_figures_come_in_place_of_what_was_missing(self, cast: Cast, later: Report) -> None:
        before = texts(later, "competences")
        assert all(text.count("[[") == 1 for text in before.values())
        assert take_later(report=later, by=cast.inga, now=NOW) > 0
        for language, text in texts(later, "competences").items():
            assert "[[" not in text, language
            assert "{{competence.end.how.marketing.change}}" in text
            assert "95 %" in text
        for text in texts(later, "surveys").values():
            assert "[[" not in text
            assert "{{survey.end.going.mean}}" in text
        for text in texts(later, "results").values():
            assert "{{result.competences.done}}" in text or "competence" in text

    def test_what_a_person_wrote_stays(self, cast: Cast, later: Report) -> None:
        (gap,) = gaps_in(texts(later, "competences")["lv"])
        write(later, "competences", "lv", f"Mūsu vārdi.\n\n[[{gap}]]\n\n[[Ko vēl?]]", cast)
        take_later(report=later, by=cast.inga, now=NOW)
        text = texts(later, "competences")["lv"]
        assert text.startswith("Mūsu vārdi.")
        assert gaps_in(text) == ["Ko vēl?"]

    def test_what_was_taken_out_does_not_come_back(self, cast: Cast, later: Report) -> None:
        take_later(report=later, by=cast.inga, now=NOW)
        write(later, "surveys", "lv", "Aptaujas bija.", cast)
        assert take_later(report=later, by=cast.inga, now=NOW) == 0
        assert texts(later, "surveys")["lv"] == "Aptaujas bija."

    def test_a_result_that_can_be_counted_stands_at_its_name(self) -> None:
        with translation.override("en"):
            text = "- **Plans.** [[There is nothing to count it from yet.]]\n- **Report.** This report."
            fresh = "- **Plans.** {{result.plans.done}} of {{result.plans.of}}.\n- **Report.** This report."
            assert with_later(text, fresh, set()) == fresh
            assert with_later(text, text, set()) == text

    def test_nothing_new_is_nothing(self, cast: Cast, report: Report) -> None:
        assert take_later(report=report, by=cast.inga, now=NOW) == 0
        assert "come since the draft" not in words(
            Visitor(cast.inga, language="en").get(f"/programmes/{cast.programme.ref}/report/")
        )

    def test_only_who_writes_takes_it_in(self, cast: Cast, later: Report) -> None:
        answer = Visitor(cast.andris).post(f"/reports/{later.ref}/later/", {})
        assert answer.status_code in (403, 404)

    def test_what_is_published_takes_nothing_in(self, cast: Cast, later: Report) -> None:
        Report.objects.filter(pk=later.pk).update(state="published")
        with pytest.raises(NotWritten):
            take_later(report=later, by=cast.inga, now=NOW)
