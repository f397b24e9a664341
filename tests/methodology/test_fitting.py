"""Evidence that can never come, kinds and phases that contradict: refused, with file and line."""

import shutil
from pathlib import Path

import pytest

from tests.methodology.conftest import OTHER
from tests.methodology.test_broken import line_of
from varpa.methodology import check

NAME = '{ lv = "ciemos", lt = "vizitas", en = "a visit" }'
VISIT = f'[[kinds]]\nkey = "away"\nacts = "visit"\nsource = "ours"\nname = {NAME}\ntext = {NAME}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER, tmp_path / "fitting"))


def told(folder: Path, file: str, old: str, new: str) -> list[tuple[str, int, str]]:
    path = folder / file
    said = path.read_text(encoding="utf-8")
    assert old in said
    path.write_text(said.replace(old, new, 1), encoding="utf-8")
    return [(each.file, each.line, each.words) for each in check(folder)]


@pytest.mark.parametrize(
    ("kind", "lacks"),
    [
        ("profile_approved", "outlines.toml has no [[company_profile]]"),
        ("business_plan_submitted", "outlines.toml has no [[business_plan]]"),
        ("presentation_recommended", "outlines.toml has no [[presentation]]"),
        ("plans_judged", "outlines.toml has no [[business_plan]] or [[presentation]]"),
        ("defence_held", "outlines.toml has no [[business_plan]] or [[presentation]]"),
        ("report_published", "report.toml has no [[report]]"),
        ("training_published", "training.toml has no [[training]]"),
    ],
)
def test_evidence_whose_work_there_is_not(folder: Path, kind: str, lacks: str) -> None:
    problems = told(folder, "calendar.toml", '"goals_set"', f'"{kind}"')
    line = line_of(folder, "calendar.toml", kind)
    told_there = [each for each in problems if each[1] == line]
    assert told_there == [("calendar.toml", line, f"“{kind}” can never happen: {lacks}")]


def test_evidence_of_a_role_that_cannot_give_it(folder: Path) -> None:
    problems = told(folder, "calendar.toml", '"hours_reached"', '"diary_kept"')
    line = line_of(folder, "calendar.toml", "diary_kept") - 2
    words = "“diary_kept” is not shown by the role “mentee”, only by mentor"
    assert problems == [("calendar.toml", line, words)]


def test_only_one_kind_is_the_first_meeting(folder: Path) -> None:
    words = "“first” acts already in the kind “look-round”"
    problems = told(folder, "methodology.toml", 'acts = "regular"', 'acts = "first"')
    line = line_of(folder, "methodology.toml", 'key = "evening"') + 1
    assert ("methodology.toml", line, words) in problems


def test_nothing_begins_after_the_end(folder: Path) -> None:
    problems = told(folder, "methodology.toml", '"goals_set"', '"pair_ended"')
    line = line_of(folder, "methodology.toml", 'begins = "hours_reached"')
    words = "phase “show” could never begin: “make” begins with the end"
    assert problems == [("methodology.toml", line, words)]


def test_a_visit_needs_a_way_to_be_there(folder: Path) -> None:
    with (folder / "methodology.toml").open("a", encoding="utf-8") as file:
        file.write(VISIT)
    assert check(folder) == []
    problems = told(folder, "methodology.toml", "in_person = true", "in_person = false")
    line = line_of(folder, "methodology.toml", 'acts = "visit"')
    words = "a visit is made in person, but no [[means]] has in_person = true"
    assert problems == [("methodology.toml", line, words)]


def test_a_file_is_told_to_be_one(folder: Path) -> None:
    words = "this is a file; the folder in which it lies is asked for"
    assert [problem.words for problem in check(folder / "plan.toml")] == [words]


def test_a_misspelt_kind_of_meeting_keeps_back_only_what_it_may_have_meant(folder: Path) -> None:
    path = folder / "methodology.toml"
    said = path.read_text(encoding="utf-8").replace('begins = "goals_set"', 'begins = "visit_held"')
    never = "“visit_held” can never happen: no [[kinds]] of meeting has acts = “visit”"
    for word, kept_back in (("role_swop", False), ("visitt", True), ("parade", True)):
        kind = VISIT.replace('"visit"', f'"{word}"')
        path.write_text(said + "\n" + kind, encoding="utf-8")
        found = [each.words for each in check(folder)]
        assert any(f"“acts” cannot be “{word}”" in words for words in found), word
        assert (never not in found) is kept_back, word


def test_what_is_due_outside_a_period_is_told_though_the_period_is_reversed(folder: Path) -> None:
    path = folder / "calendar.toml"
    said = path.read_text(encoding="utf-8").replace("starts = { days = 0 }", "starts = { days = 30 }")
    said = said.replace("ends = { days = 40 }", "ends = { days = 10 }")
    outside = "activity “reads_safety” is due outside its period “autumn”"
    for due, is_told in ((5, True), (20, False), (35, True)):
        written = said.replace("due = { days = 20 }", f"due = {{ days = {due} }}")
        path.write_text(written, encoding="utf-8")
        found = [each.words for each in check(folder)]
        assert "period “autumn” ends before it starts" in found
        assert (outside in found) is is_told, due


def test_two_faults_of_one_activity_are_both_told(folder: Path) -> None:
    problems = told(folder, "calendar.toml", '"goals_set"', '"business_plan_submitted"')
    assert [words for _file, _line, words in problems] == [
        "“business_plan_submitted” is not shown by the role “mentor”, only by mentee",
        "“business_plan_submitted” can never happen: outlines.toml has no [[business_plan]]",
    ]
