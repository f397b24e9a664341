"""docs/methodology-format.md tells everything that a folder may say, and its examples are true."""

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from varpa.methodology import Counted, EvidenceKind, Fact, Methodology, model, outlines, overrides, surveys
from varpa.methodology.builder import written
from varpa.methodology.layout import FILES, QUESTION_FILES
from varpa.methodology.marks import KindAct, Known, Origin, PartAct, QuestionAct, RoleKey
from varpa.methodology.surveys import AskKind, Moment, Secrecy

PAGE = (Path(__file__).parents[2] / "docs" / "methodology-format.md").read_text(encoding="utf-8")
TABLES = [
    kind
    for module in (model, outlines, surveys)
    for kind in vars(module).values()
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__") and kind.__module__ == module.__name__
]
GIVEN = sorted(
    {written(part) for kind in TABLES for part in fields(kind) if part.metadata.get("given", True)}
)
_ENUMS = (Fact, EvidenceKind, Counted, KindAct, Known, Origin, PartAct, QuestionAct, RoleKey)
WORDS = sorted({str(word) for words in (*_ENUMS, AskKind, Moment, Secrecy) for word in words})


CODE = set(re.findall(r"[\w.-]+", " ".join(re.findall(r"```.*?```|`[^`\n]+`", PAGE, re.DOTALL))))


def told(word: str) -> bool:
    """Whether the page names a word as code: alone, or as the last part of a dotted key."""
    return word in CODE or any(part.startswith(f"{word}.") for part in CODE)


@pytest.mark.parametrize("key", GIVEN)
def test_every_key_of_the_model_is_told(key: str) -> None:
    assert told(key)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_that_a_folder_may_use_is_told(word: str) -> None:
    assert told(word)


@pytest.mark.parametrize("file", [*FILES, *(f"{key}.toml" for key in QUESTION_FILES)])
def test_every_file_is_told(file: str) -> None:
    assert f"`{file}`" in PAGE


def test_the_examples_are_toml() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) >= 8
    for example in examples:
        assert tomllib.loads(example)


def test_the_example_of_changes_can_be_made(seed: Methodology) -> None:
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found
    assert overrides.problems(seed, json.loads(found[1])) == []


@pytest.mark.parametrize(
    "path",
    [
        "diary.questions.on_time.text",
        "plan.title",
        "roles.mentor.tasks.hours.text",
        "calendar.defence.name",
        "documents.mentor.body",
        "business_plan.idea.questions.in_a_sentence.text",
    ],
)
def test_the_paths_of_texts_exist(seed: Methodology, path: str) -> None:
    assert f"`{path}`" in PAGE
    assert path in overrides.paths(seed)
