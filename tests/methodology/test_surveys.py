"""Forms of surveys as data: what the source asks for, and what a folder cannot say."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.methodology.conftest import SEED
from varpa.kernel.text import LANGUAGES
from varpa.methodology import EvidenceKind, Methodology, check, from_json, load, to_json
from varpa.methodology.surveys import Secrecy, SurveyForm

Change = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEED, tmp_path / "broken"))


@pytest.fixture
def change(folder: Path) -> Change:
    def changed(old: str, new: str) -> None:
        path = folder / "surveys.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


def form(methodology: Methodology, key: str) -> SurveyForm:
    return next(each for each in methodology.surveys if each.key == key)


def test_the_two_surveys_of_the_source_are_on_and_nothing_else(seed: Methodology) -> None:
    """Methodology §9: one in the middle, one at the end, both to both sides."""
    on = [each for each in seed.surveys if each.on]
    assert [each.key for each in on] == ["progress_survey", "final_survey"]
    assert {each.source for each in on} == {"seed"}
    assert all(each.roles == ("mentor", "mentee") for each in on)
    assert sum(each.minutes for each in on) <= 15


def test_the_final_survey_rates_and_comments_what_the_source_names(seed: Methodology) -> None:
    questions = {each.key: each.kind for each in form(seed, "final_survey").questions}
    for theme in ("course", "cooperation", "goals", "results"):
        assert questions[theme] in ("scale", "matrix")
        assert questions[f"{theme}_comment"] == "text"


def test_the_middle_and_the_end_share_questions(seed: Methodology) -> None:
    keys = [{each.key for each in form(seed, key).questions} for key in ("progress_survey", "final_survey")]
    assert {"course", "cooperation", "goals", "support"} <= keys[0] & keys[1]


def test_what_compares_is_never_anonymous(seed: Methodology) -> None:
    last = form(seed, "competences_end")
    first = form(seed, last.compares)
    assert {first.secrecy, last.secrecy} == {Secrecy.CONFIDENTIAL}
    assert all("EntreComp" in each.text.as_dict()[code] for each in (first, last) for code in LANGUAGES)


def test_the_calendar_knows_which_survey_is_sent_and_answered(seed: Methodology) -> None:
    asked = {each.key: (each.evidence, each.survey) for each in seed.activities() if each.survey}
    assert asked["surveys_progress"] == (EvidenceKind.SURVEY_SENT, "progress_survey")
    assert asked["mentee_evaluates"] == (EvidenceKind.SURVEY_ANSWERED, "final_survey")
    assert len(asked) == 6


def test_a_snapshot_keeps_the_forms_and_an_older_one_has_none(seed: Methodology) -> None:
    assert from_json(to_json(seed)).surveys == seed.surveys
    older = to_json(seed)
    del older["surveys"]
    assert from_json(older).surveys == ()


def test_a_folder_without_surveys_stands_as_well(folder: Path) -> None:
    (folder / "surveys.toml").unlink()
    calendar = folder / "calendar.toml"
    lines = calendar.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("survey = ")]
    text = "\n".join(kept).replace('"survey_sent"', '"recorded"').replace('"survey_answered"', '"recorded"')
    calendar.write_text(text, encoding="utf-8")
    assert load(folder).surveys == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'secrecy = "confidential"\nmoment = "start"',
            'secrecy = "anonymous"\nmoment = "start"',
            "never anonymous",
        ),
        (
            'key = "support"\nsource = "ours"',
            'key = "support"\nroles = ["mentee"]\nsource = "ours"',
            "asks one role alone",
        ),
        ('compares = "competences_start"', 'compares = "competences_begin"', "no other form"),
        ('is = "yes"', 'is = "yess"', "has no option “yess”; did you mean “yes”?"),
        ('question = "trouble"', 'question = "successes"', "no earlier question"),
        ("minutes = 5", "minutes = 0", "between 1 and 60 minutes"),
        ('roles = ["mentor", "mentee"]\nminutes = 5', "roles = []\nminutes = 5", "nobody would answer"),
        ('kind = "many"', 'kind = "text"', "do not go with kind"),
        ('rows_of = "competences"', "again = false", "needs rows"),
        ("least = 0\nmost = 10", "least = 0\nmost = 11", "2 to 11 steps"),
        ('key = "cooperation"', 'key = "course"', "there twice"),
        ('kind = "scale"', 'kind = "stars"', "cannot be “stars”"),
        ('high.en = "very well"\n', "", "missing in English"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(
    folder: Path, change: Change, old: str, new: str, words: str
) -> None:
    change(old, new)
    told = check(folder)
    assert told
    assert any(words in str(problem) for problem in told), told


def test_an_activity_names_a_form_that_is_there_and_for_its_role(folder: Path) -> None:
    calendar = folder / "calendar.toml"
    text = calendar.read_text(encoding="utf-8")
    calendar.write_text(text.replace('survey = "final_survey"', 'survey = "final"', 1), encoding="utf-8")
    assert any("there is no form “final”" in str(problem) for problem in check(folder))
    calendar.write_text(text.replace('survey = "final_survey"\n', "", 1), encoding="utf-8")
    assert any("but no “survey”" in str(problem) for problem in check(folder))
    wrong = text.replace('survey = "final_survey"', 'survey = "competences_end"')
    calendar.write_text(wrong, encoding="utf-8")
    assert any("not for the role “mentor”" in str(problem) for problem in check(folder))
