"""What the programme says of itself in the archive: surveys (R10), evaluation report, guidelines."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast
from tests.dossier.conftest import built, evaluated, names_in, permit, raw, table, words_of, young_of
from tests.guidelines.conftest import in_own_words
from tests.make import NOW
from varpa.dossier.models import Names
from varpa.dossier.naming import Naming
from varpa.dossier.reach import Reach
from varpa.dossier.verifying import verify
from varpa.guidelines.actions.guidelines import publish
from varpa.guidelines.models import Consent, Guidelines, Section
from varpa.reports.models import Edition
from varpa.surveys.models import Sheet, Survey

pytestmark = pytest.mark.django_db
FOLDERS = ("11-surveys", "12-report", "13-guidelines")
SURVEYS = {"surveys", "results", "codebook"}


@pytest.fixture
def learnt(cast: Cast) -> Cast:
    return evaluated(cast)


def own(path: Path) -> dict[str, str]:
    """What can be read in the three folders, and of the history."""
    words = words_of(path)
    return {name: said for name, said in words.items() if name.startswith((*FOLDERS, "15-history"))}


def test_each_folder_holds_what_was_published(learnt: Cast, tmp_path: Path) -> None:
    names = names_in(built(learnt, tmp_path / "1.zip"))
    tables = {f"11-surveys/{name}.{kind}" for name in SURVEYS for kind in ("csv", "xlsx")}
    papers = {"11-surveys/results-progress_survey.pdf"}
    papers |= {"12-report/report-1.pdf", "12-report/report-1.docx", "13-guidelines/guidelines-1.pdf"}
    papers |= {f"12-report/editions.{kind}" for kind in ("csv", "xlsx")}
    papers |= {f"13-guidelines/versions.{kind}" for kind in ("csv", "xlsx")}
    assert {name for name in names if name.startswith(FOLDERS)} == tables | papers


def test_twice_the_same_bytes_and_it_proves_itself(
    learnt: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the DOCX, whose library packs the time of day with it."""
    import time

    first = built(learnt, tmp_path / "1.zip").read_bytes()
    clock = time.localtime
    later = clock(time.time() + 86_400)
    monkeypatch.setattr("zipfile.time.localtime", lambda *at: clock(*at) if at else later)
    assert built(learnt, tmp_path / "2.zip").read_bytes() == first
    assert verify(tmp_path / "2.zip").files == len(names_in(tmp_path / "1.zip"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_in_the_language_that_was_asked_for(learnt: Cast, tmp_path: Path, language: str) -> None:
    words = own(built(learnt, tmp_path / "1.zip", language=language))
    called = {
        "lv": ("Novērtējuma pārskats", "Mentoringa vadlīnijas"),
        "lt": ("Vertinimo ataskaita", "Mentorystės gairės"),
        "en": ("Evaluation report", "Mentoring guidelines"),
    }[language]
    assert called[0] in words["12-report/report-1.pdf"]
    assert called[0] in words["12-report/report-1.docx"]
    assert called[1] in words["13-guidelines/guidelines-1.pdf"]


def test_response_and_figures_of_a_closed_survey(learnt: Cast, tmp_path: Path) -> None:
    path = built(learnt, tmp_path / "1.zip")
    assert [row[:1] + row[2:6] for row in table(path, "11-surveys/surveys")] == [
        ["progress_survey", "2025-11-03", "anonymous", "16", "14"]
    ]
    course = [row for row in table(path, "11-surveys/results") if row[1] == "course"]
    assert {tuple(row[3:6]) for row in course} == {
        ("All", "14 of 16 (88%)", "14"),
        ("Mentors", "7 of 8 (88%)", "7"),
        ("Mentees", "7 of 8 (88%)", "7"),
    }
    assert {row[8] for row in course if row[7] == "4"} == {"100"}
    keys = {row[1] for row in table(path, "11-surveys/results")}
    assert keys <= {row[1] for row in table(path, "11-surveys/codebook")}


def test_nothing_of_fewer_than_five(learnt: Cast, tmp_path: Path) -> None:
    path = built(learnt, tmp_path / "1.zip")
    # Two of Lithuania have been asked: neither they nor the rest without them.
    groups = {row[3] for row in table(path, "11-surveys/results")}
    assert "All" in groups
    assert not groups & {"Latvia", "Lithuania"}
    told = [row[5] for row in table(path, "11-surveys/results")]
    assert all(count == "fewer than five" or int(count) >= 5 for count in told)
    lithuanian = built(learnt, tmp_path / "2.zip", partner="LT")
    assert [row[4:6] for row in table(lithuanian, "11-surveys/surveys")] == [["fewer than five"] * 2]
    assert table(lithuanian, "11-surveys/results") == []


def test_two_dossiers_taken_from_each_other_tell_of_no_few(learnt: Cast, tmp_path: Path) -> None:
    """Of the whole 16, less Latvia's 14, would be the two of Lithuania."""
    latvian = built(learnt, tmp_path / "1.zip", partner="LV")
    [numbers] = [row[4:6] for row in table(latvian, "11-surveys/surveys")]
    assert not any(number.isdecimal() for number in numbers), numbers


def test_a_survey_that_still_runs_is_not_there(learnt: Cast, tmp_path: Path) -> None:
    Survey.objects.update(state="open")
    assert not [name for name in names_in(built(learnt, tmp_path / "1.zip")) if "11-surveys" in name]


def test_private_words_are_in_none_of_them(learnt: Cast, tmp_path: Path) -> None:
    """Own words and their themes, the draft and what was said of it, words without every consent."""
    from tests.dossier.conftest import UNSAID

    assert Sheet.objects.count() == 14
    for names in Names.values:
        for file, said in own(built(learnt, tmp_path / "1.zip", names=names)).items():
            assert {word for word in UNSAID if word in said} == set(), file


def test_the_history_tells_of_none_who_answered_or_commented(learnt: Cast, tmp_path: Path) -> None:
    verbs = {row[1] for row in table(built(learnt, tmp_path / "1.zip"), "15-history/history")}
    assert {"survey.send", "survey.close", "report.open", "report.publish", "guidelines.publish"} <= verbs
    for verb in ("survey.answer", "survey.remind", "report.comment", "report.agree", "report.answer"):
        assert verb not in verbs
    assert not [verb for verb in verbs if verb.startswith("recommendation.")]


def test_only_what_was_published_in_the_period(learnt: Cast, tmp_path: Path) -> None:
    """The survey closed on 3 November, the report came out then, the guidelines on 14 October."""
    october = names_in(built(learnt, tmp_path / "1.zip", first=date(2025, 10, 1), last=date(2025, 10, 31)))
    assert {name.partition("/")[0] for name in october} & set(FOLDERS) == {"13-guidelines"}
    november = names_in(built(learnt, tmp_path / "2.zip", first=date(2025, 11, 1), last=date(2025, 11, 30)))
    assert {name.partition("/")[0] for name in november} & set(FOLDERS) == {"11-surveys", "12-report"}


def test_the_latest_of_the_period(learnt: Cast, tmp_path: Path) -> None:
    Section.objects.filter(key="whole").update(en="Begin in September.")
    Section.objects.exclude(key="whole").update(en="Begin in September.")
    made = Guidelines.objects.select_related("programme").get()
    publish(guidelines=made, by=learnt.inga, now=NOW + timedelta(days=30))
    path = built(learnt, tmp_path / "1.zip")
    assert "Begin in September." in own(path)["13-guidelines/guidelines-2.pdf"]
    assert [row[0] for row in table(path, "13-guidelines/versions")] == ["1", "2"]
    october = built(learnt, tmp_path / "2.zip", last=date(2025, 10, 31))
    assert "13-guidelines/guidelines-1.pdf" in names_in(october)


def test_without_an_edition_the_index_says_none(cast: Cast, tmp_path: Path) -> None:
    path = built(cast, tmp_path / "1.zip")
    assert not [name for name in names_in(path) if name.startswith(FOLDERS)]
    assert raw(path, "index.pdf")


def test_a_pupil_who_agreed_to_be_named_is_named_only_where_the_dossier_names(
    cast: Cast, tmp_path: Path
) -> None:
    in_own_words(cast, cast.elina)
    Consent.objects.update(shown_as="name")
    from varpa.guidelines.actions.guidelines import draft

    publish(guidelines=draft(programme=cast.programme, by=cast.inga, now=NOW), by=cast.inga, now=NOW)
    for names in Names.values:
        said = own(built(cast, tmp_path / "1.zip", names=names))["13-guidelines/guidelines-1.pdf"]
        assert ("Elīna Bērziņa" in said) is (names == Names.EVERYWHERE), names
        assert (f"E. B. ({cast.mentee.ref})" in said) is (names != Names.EVERYWHERE), names


def test_a_minor_without_permission_is_named_in_no_published_text(cast: Cast) -> None:
    person = make.person("Krista Liepiņa", "krista@varpa.example", born=date(2009, 5, 4))
    make.member(cast.programme, person, "mentee", country="LV")
    told = {"parts": [{"text": "Krista Liepiņa un Elīna Bērziņa, Kristaps Liepiņš.", "n": 3}]}
    reach = Reach(cast.programme, "lv", names=Names.EVERYWHERE)
    young = young_of(cast)
    assert Naming(reach).read(told)["parts"][0] == {
        "text": f"K. L. ({young.ref}) un Elīna Bērziņa, Kristaps Liepiņš.",
        "n": 3,
    }
    permit(young)
    assert Naming(Reach(cast.programme, "lv", names=Names.EVERYWHERE)).read(told) == told
    assert Naming(Reach(make.programme(), "lv")).read(told) == told


def test_the_report_is_the_edition_and_not_what_is_written_since(learnt: Cast, tmp_path: Path) -> None:
    edition = Edition.objects.get()
    assert "ZQ905Q" not in str(edition.papers)
    assert "Uzrakstīts." in own(built(learnt, tmp_path / "1.zip", language="lv"))["12-report/report-1.pdf"]
