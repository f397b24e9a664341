"""Short lessons as data: what the source's methodology has, and what a folder cannot say."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.methodology.conftest import SEED
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Methodology, check, overrides, report
from varpa.methodology.checker import LESSON_QUESTIONS, LONGEST_LESSON

Change = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEED, tmp_path / "broken"))


@pytest.fixture
def change(folder: Path) -> Change:
    def changed(old: str, new: str) -> None:
        path = folder / "lessons.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_the_lessons_of_a_role_cover_each_training(seed: Methodology, role: str) -> None:
    assert seed.self_study(role) == seed.self_study(role, "first")
    for training, count in zip(seed.training, (5, 3), strict=True):
        lessons = seed.self_study(role, training.key)
        assert len(lessons) == count
        covered = {topic for lesson in lessons for topic in lesson.topics}
        assert covered == {topic.key for topic in training.topics}


def test_a_lesson_is_a_page_and_every_choice_tells_why(seed: Methodology) -> None:
    least, most = LESSON_QUESTIONS
    for lesson in seed.lessons:
        assert lesson.source == "ours"
        assert least <= len(lesson.questions) <= most
        for language in LANGUAGES:
            assert 300 < len(lesson.text.within(language)) <= LONGEST_LESSON
        for question in lesson.questions:
            assert all(choice.why for choice in question.choices)


def test_a_methodology_without_lessons_stands_as_well(other: Methodology) -> None:
    assert other.lessons == ()
    assert other.self_study("mentor") == ()
    assert other.self_study("mentor", "second") == ()


def test_lessons_are_for_one_role(seed: Methodology) -> None:
    with pytest.raises(KeyError):
        seed.lesson("nothing")
    assert seed.lesson("listening").role == "mentor"
    assert {lesson.key for lesson in seed.self_study("mentor")}.isdisjoint(
        lesson.key for lesson in seed.self_study("mentee")
    )
    assert seed.self_study("manager") == ()


@pytest.mark.parametrize(
    "path",
    [
        "lessons.listening.title",
        "lessons.listening.text",
        "lessons.listening.questions.silence.text",
        "lessons.listening.questions.silence.choices.wait.why",
    ],
)
def test_a_programme_may_word_a_lesson_anew(seed: Methodology, path: str) -> None:
    words = {"lv": "Citādi", "lt": "Kitaip", "en": "Otherwise"}
    changed = overrides.apply(seed, {"texts": {path: words}})
    assert str(overrides.text_at(changed, path)) == "Otherwise"


# what stands there, what is written instead, a text of the line on which it is told, and the words
MISTAKES = [
    ('role = "mentor"', 'role = "manager"', 'role = "manager"', "“role” cannot be “manager”"),
    ('training = "first"', 'training = "frist"', '"frist"', "no training “frist”; did you mean “first”?"),
    ('["mentoring"]', '["mentorig"]', '"mentorig"', "has no topic “mentorig”; did you mean “mentoring”?"),
    ('["mentoring"]', "[]", "topics = []", "“topics” is empty"),
    ('["mentoring"]', '["mentoring", "mentoring"]', '"mentoring", "', "“mentoring” is there twice"),
    ('["mentoring"]', '["mentoring", "finance"]', '"finance"', "“first” has no topic “finance”"),
    ('key = "listening"', 'key = "mentor-role"', "", "the key “mentor-role” is there twice"),
    ('key = "ask"', 'key = "no"', "", "the key “no” is there twice"),
    ('key = "do-it-for-me"', 'key = "weak-idea"', "", "the key “weak-idea” is there twice"),
    ('why.lt = "Galbūt', 'whi.lt = "Galbūt', 'whi.lt = "Galbūt', "unknown key “whi”; did you mean “why”?"),
    ('title.en = "What a mentor is, and is not"\n', "", "", "“title” is missing in English (en)"),
    (
        '[[lessons.questions]]\nkey = "weak-idea"',
        '[[lessons.question]]\nkey = "weak-idea"',
        "[[lessons.question]]",
        "unknown key “question”; did you mean “questions”?",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), MISTAKES)
def test_one_mistake(folder: Path, change: Change, old: str, new: str, line: str, words: str) -> None:
    change(old, new)
    problems = check(folder)
    told = [problem for problem in problems if words in problem.words]
    assert [problem.file for problem in told] == ["lessons.toml"], problems
    if line:
        lines = (folder / "lessons.toml").read_text(encoding="utf-8").split("\n")
        assert line in lines[told[0].line - 1]


def test_a_text_is_a_page(folder: Path, change: Change) -> None:
    change('text.en = """\nA mentor shares', 'text.en = """\n' + "Long. " * 420 + "\nA mentor shares")
    assert "at most 2500 letters (a page)" in report(folder)[0]


def test_three_to_five_questions(folder: Path) -> None:
    path = folder / "lessons.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("[[lessons.questions]]\n")
    path.write_text(text[:start] + text[text.index("[[lessons]]", start) :], encoding="utf-8")
    assert "a lesson has 3 to 5 questions, “mentor-role” has 0" in report(folder)[0]


def test_two_to_four_choices(folder: Path) -> None:
    path = folder / "lessons.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("[[lessons.questions.choices]]\n")
    path.write_text(text[:start] + text[text.index("[[lessons.questions]]", start) :], encoding="utf-8")
    assert "a question has 2 to 4 choices, “weak-idea” has 0" in report(folder)[0]


def test_the_check_counts_the_lessons(folder: Path) -> None:
    assert report(folder)[0].endswith("12 documents, 16 lessons, 3 outlines.")
    (folder / "lessons.toml").unlink()
    assert report(folder)[0].endswith("12 documents, 3 outlines.")
