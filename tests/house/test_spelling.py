"""Every Latvian and Lithuanian text, and the English ones, against the dictionaries of the machine.

Words of the project that no dictionary has stand in tests/house/words/; whoever adds one has read it twice.
"""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import walk
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.post.kinds import kinds
from varpa.site import catalogues

DICTIONARIES = {"lv": "lv_LV", "lt": "lt_LT", "en": "en_GB"}
WORDS = Path(__file__).parent / "words"
METHODOLOGIES = walk.ROOT / "methodologies"
REPLAY = walk.ROOT / "varpa" / "site" / "replay" / "words"
HANDBOOK = walk.ROOT / "docs" / "handbook"
SECTORS = walk.ROOT / "varpa" / "sectors" / "data"

# What is no word: places for values, tags, addresses, links, names of files, codes.
NO_WORDS = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|%\(\w+\)[sd]|\{\w+\}|<[^>]+>|&\w+;|`[^`]*`|\]\([^)]*\)"
    r"|https?://\S+|\S+@\S+\.\w+|\b\w+\.(?:csv|xlsx|pdf|toml|md|ics|py)\b",
    re.S,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_known(language: str) -> None:
    texts = list(_texts(language))
    assert texts, "nothing to read"
    unknown = _unknown(language, "\n".join(text for _place, text in texts))
    assert {word: _first_place(word, texts) for word in sorted(unknown)} == {}


def test_the_lists_of_words_are_sorted_and_needed() -> None:
    for language in LANGUAGES:
        listed = _listed(language)
        assert listed == sorted(set(listed)), f"words/{language}.txt is not sorted"
        text = "\n".join(text for _place, text in _texts(language)).lower()
        assert [word for word in listed if word.lower() not in text] == [], (
            f"words/{language}.txt: no longer used"
        )


def _texts(language: str) -> Iterator[tuple[str, str]]:
    yield from _of_catalogues(language)
    yield from _of_letters(language)
    for path in sorted(REPLAY.rglob("*.toml")):
        if path.name != "names.toml":
            yield from ((walk.name(path), _plain(text)) for text in _in_language(_read(path), language))
    for path in sorted(SECTORS.glob("*.toml")):
        yield from ((walk.name(path), _plain(text)) for text in _in_language(_read(path), language))
    for folder in sorted(METHODOLOGIES.iterdir()):
        yield from _of_methodology(folder, language)
    for path in sorted(HANDBOOK.rglob("*.md")):
        if language in path.parts:
            yield walk.name(path), _plain(path.read_text())


def _of_catalogues(language: str) -> Iterator[tuple[str, str]]:
    for room in catalogues.rooms():
        place = f"catalogue of {room}"
        if language == "en":
            yield from ((place, _plain(f"{text.words}\n{text.plural}")) for text in catalogues.collect(room))
            continue
        for entry in catalogues.catalogue(room, language):
            yield place, _plain("\n".join([entry.msgstr, *entry.msgstr_plural.values()]))


def _of_letters(language: str) -> Iterator[tuple[str, str]]:
    for kind in kinds().values():
        for value in vars(kind).values():
            if isinstance(value, TranslatedText):
                yield f"letter {kind.key}", _plain(getattr(value, language))


def _of_methodology(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.md")):
        if language in path.relative_to(folder).parts:
            yield walk.name(path), _plain(path.read_text())
    for path in sorted(folder.rglob("*.toml")):
        for text in _in_language(_read(path), language):
            yield walk.name(path), _plain(text)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def _in_language(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _in_language(each, language)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == language:
                yield from _strings(each)
            else:
                yield from _in_language(each, language)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _plain(text: str) -> str:
    return NO_WORDS.sub(" ", text).replace("’", "'").replace("\u00ad", "").replace("\u00a0", " ")


def _unknown(language: str, text: str) -> set[str]:
    command = ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-l"]
    told = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    known = set(_listed(language))
    return {word for word in set(told.stdout.split()) if word not in known and word.lower() not in known}


def _listed(language: str) -> list[str]:
    return (WORDS / f"{language}.txt").read_text().split()


def _first_place(word: str, texts: list[tuple[str, str]]) -> str:
    return next((place for place, text in texts if word in text), "")
