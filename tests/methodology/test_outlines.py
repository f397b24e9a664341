"""Outlines of the mentee's work as data: what the source's methodology has, and what a folder cannot say."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.methodology.conftest import SEED
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Methodology, check, from_json, load, overrides, report, to_json
from varpa.methodology.checker import MOST_GUIDING
from varpa.methodology.evidence_checks import WORK
from varpa.methodology.marks import PartAct
from varpa.methodology.outlines import OUTLINES, Part

Change = Callable[[str, str], None]
TEXT = {"lv": "Latviski", "lt": "Lietuviškai", "en": "In English"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEED, tmp_path / "broken"))


@pytest.fixture
def change(folder: Path) -> Change:
    def changed(old: str, new: str) -> None:
        path = folder / "outlines.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


def parts_of(methodology: Methodology) -> list[Part]:
    return [part for name in OUTLINES for part in getattr(methodology, name)]


def test_the_plan_goes_from_the_idea_to_the_next_steps(seed: Methodology) -> None:
    assert [part.key for part in seed.business_plan] == [
        "idea",
        "customer",
        "market",
        "marketing",
        "operations",
        "team",
        "legal",
        "finance",
        "risks",
        "next_steps",
    ]


def test_the_profile_ends_with_what_the_plan_learns_from_it(seed: Methodology) -> None:
    assert [part.key for part in seed.company_profile] == [
        "activity",
        "history",
        "customers",
        "products",
        "processes",
        "people",
        "marketing",
        "finance",
        "lessons",
    ]


def test_the_presentation_has_the_slides_of_a_short_defence(seed: Methodology) -> None:
    assert [part.key for part in seed.presentation] == [
        "idea",
        "problem",
        "offer",
        "market",
        "making",
        "figures",
        "team",
        "next",
    ]


def test_figures_and_visit_have_their_places(seed: Methodology) -> None:
    acting = {name: {p.key: p.acts for p in getattr(seed, name) if p.acts} for name in OUTLINES}
    assert acting == {
        "business_plan": {"finance": PartAct.FIGURES},
        "company_profile": {"processes": PartAct.VISIT},
        "presentation": {"figures": PartAct.FIGURES},
    }


def test_a_part_is_said_in_a_sentence_and_asks_a_few_questions(seed: Methodology) -> None:
    for part in parts_of(seed):
        assert part.source == "ours"
        assert 3 <= len(part.questions) <= 6, part.key
        assert part.competences, part.key
        for language in LANGUAGES:
            assert part.text.within(language).endswith(".")
            assert all("?" in question.text.within(language) for question in part.questions)


def test_the_parts_touch_every_competence(seed: Methodology) -> None:
    touched = {key for part in parts_of(seed) for key in part.competences}
    assert touched == {competence.key for competence in seed.competences}


def test_the_mentee_is_addressed_familiarly_and_the_juror_politely(seed: Methodology) -> None:
    texts = [question.text for part in parts_of(seed) for question in part.questions]
    texts += [part.text for part in parts_of(seed)]
    assert any(" tu " in text.lv for text in texts)
    assert any("tavo" in text.lt for text in texts)
    assert not any("Jūs" in text.lv or "Jūs" in text.lt or "Jums" in text.lt for text in texts)
    assert 6 <= len(seed.listening) <= 9
    assert any("Jūs" in one.text.lv for one in seed.listening)
    assert not any(" tu " in f" {one.text.lv} " or "tavo" in one.text.lt for one in seed.listening)


@pytest.mark.parametrize("word", ["jāraksta", "jābūt", "privalai", "turi parašyti", "you must", "homework"])
def test_nothing_is_set_as_homework(seed: Methodology, word: str) -> None:
    texts = [text for part in parts_of(seed) for text in (part.text, *(q.text for q in part.questions))]
    assert not any(word in text.within(language) for text in texts for language in LANGUAGES)


def test_a_methodology_without_outlines_stands_as_well(other: Methodology) -> None:
    assert parts_of(other) == []
    assert other.listening == ()


def test_a_snapshot_keeps_the_outlines_and_an_older_one_has_none(seed: Methodology) -> None:
    data = to_json(seed)
    assert from_json(data).business_plan == seed.business_plan
    for name in (*OUTLINES, "listening"):
        del data[name]
    assert parts_of(from_json(data)) == []


@pytest.mark.parametrize(
    "path",
    [
        "business_plan.idea.text",
        "business_plan.idea.questions.in_a_sentence.text",
        "company_profile.processes.name",
        "presentation.next.questions.ask.text",
        "listening.need.text",
    ],
)
def test_a_programme_may_word_an_outline_anew(seed: Methodology, path: str) -> None:
    assert path in overrides.paths(seed)
    changed = overrides.apply(seed, {"texts": {path: TEXT}})
    assert overrides.text_at(changed, path).as_dict() == TEXT
    assert overrides.text_at(seed, path).as_dict() != TEXT


def test_a_path_that_is_nearly_right_is_told(seed: Methodology) -> None:
    path = "business_plan.idea.questions.in_one_sentence.text"
    (told,) = overrides.problems(seed, {"texts": {path: TEXT}})
    assert "did you mean “business_plan.idea.questions.in_a_sentence.text”?" in told


# what stands there, what is written instead, a text of the line on which it is told, and the words
MISTAKES = [
    ('["ideas", "initiative"]', '["ideas", "inititive"]', '"inititive"', "did you mean “initiative”?"),
    ('["ideas", "initiative"]', '["ideas", "ideas"]', '["ideas", "ideas"]', "“ideas” is there twice"),
    ('["ideas", "initiative"]', '"ideas"', 'competences = "ideas"', "must be a list in brackets"),
    ('key = "customer"', 'key = "idea"', 'key = "idea"', "the key “idea” is there twice"),
    ('key = "origin"', 'key = "offer"', 'key = "offer"', "the key “offer” is there twice"),
    ('key = "doable"', 'key = "need"', 'key = "need"', "the key “need” is there twice"),
    ('acts = "figures"', 'acts = "figure"', '"figure"', "“acts” cannot be “figure”; did you mean “figures”?"),
    (
        'key = "team"\nsource = "ours"\n',
        'key = "team"\nsource = "ours"\nacts = "figures"\n',
        'acts = "figures"',
        "“figures” acts already in the part “team”",
    ),
    ('text.lt = "Kaip tau kilo ši idėja?"\n', "", "Kā tev šī", "“text” is missing in Lithuanian (lt)"),
    ('name.lt = "Rizika"', 'name.lt = ""', 'name.lt = ""', "“name” is empty in Lithuanian (lt)"),
    ('name.lt = "Rizika"', 'nam.lt = "Rizika"', "nam.lt", "unknown key “nam”; did you mean “name”?"),
    ("[[listening]]", "[[listenings]]", "[[listenings]]", "did you mean “listening”?"),
    (
        "[[business_plan.questions]]",
        "[[business_plan.question]]",
        "[[business_plan.question]]",
        "unknown key “question”; did you mean “questions”?",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), MISTAKES)
def test_one_mistake(folder: Path, change: Change, old: str, new: str, line: str, words: str) -> None:
    change(old, new)
    problems = check(folder)
    told = [problem for problem in problems if words in problem.words]
    assert [problem.file for problem in told] == ["outlines.toml"], problems
    lines = (folder / "outlines.toml").read_text(encoding="utf-8").split("\n")
    assert line in lines[told[0].line - 1]


def test_a_part_has_few_questions(folder: Path, change: Change) -> None:
    more = "".join(
        f'[[business_plan.questions]]\nkey = "more{number}"\nsource = "ours"\n'
        'text = { lv = "Vai?", lt = "Ar?", en = "Is it?" }\n\n'
        for number in range(MOST_GUIDING)
    )
    start = '[[business_plan.questions]]\nkey = "in_a_sentence"'
    change(start, more + start)
    (problem,) = check(folder)
    assert problem.words == f"a part has at most {MOST_GUIDING} questions, “idea” has 13"
    lines = (folder / "outlines.toml").read_text(encoding="utf-8").split("\n")
    assert lines[problem.line - 1 : problem.line + 1] == start.split("\n")


def test_every_mistake_is_said_at_once(folder: Path, change: Change) -> None:
    for old, new in (
        ('["ideas", "initiative"]', '["ideas", "initative"]'),
        ('key = "origin"', 'key = "offer"'),
        ('acts = "visit"', 'acts = "visits"'),
        ('key = "doable"', 'key = "need"'),
        ('name.lt = "Rizika"\n', ""),
    ):
        change(old, new)
    assert {problem.file for problem in check(folder)} == {"outlines.toml"}
    assert len(check(folder)) == 5


def test_competences_that_cannot_be_read_are_not_said_to_be_missing(folder: Path) -> None:
    path = folder / "evaluation.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('key = "ideas"', "key = ideas", 1), encoding="utf-8")
    assert {problem.file for problem in check(folder)} == {"evaluation.toml"}


def test_the_check_counts_the_outlines(folder: Path) -> None:
    assert report(folder)[0].endswith("16 lessons, 3 outlines.")
    (folder / "outlines.toml").unlink()
    calendar = folder / "calendar.toml"
    text = calendar.read_text(encoding="utf-8")
    for kind in WORK:
        text = text.replace(f'evidence = "{kind}"', 'evidence = "recorded"')
    calendar.write_text(text, encoding="utf-8")
    assert report(folder)[0].endswith("16 lessons.")
    assert parts_of(load(folder)) == []
