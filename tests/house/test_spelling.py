"""Every Latvian and Lithuanian text, and the English ones, against the dictionaries of the machine.

Words of the project that no dictionary has stand in tests/house/words/; whoever adds one has read it twice.
"""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.texts import texts
from varpa.kernel.text import LANGUAGES

DICTIONARIES = {"lv": "lv_LV", "lt": "lt_LT", "en": "en_GB"}
WORDS = Path(__file__).parent / "words"

# What is no word: places for values, tags, addresses, links, names of files, codes.
NO_WORDS = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|%\(\w+\)[sd]|\{\w+\}|<[^>]+>|&\w+;|`[^`]*`|\]\([^)]*\)"
    r"|https?://\S+|\S+@\S+\.\w+|\b\w+\.(?:csv|xlsx|pdf|toml|md|ics|py)\b",
    re.S,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_known(language: str) -> None:
    read = _words(language)
    assert read, "nothing to read"
    unknown = _unknown(language, "\n".join(text for _place, text in read))
    assert {word: _first_place(word, read) for word in sorted(unknown)} == {}


def test_the_lists_of_words_are_sorted_and_needed() -> None:
    for language in LANGUAGES:
        listed = _listed(language)
        assert listed == sorted(set(listed)), f"words/{language}.txt is not sorted"
        text = "\n".join(text for _place, text in _words(language)).lower()
        assert [word for word in listed if word.lower() not in text] == [], (
            f"words/{language}.txt: no longer used"
        )


def _words(language: str) -> list[tuple[str, str]]:
    return [(place, _plain(text)) for place, text in texts(language)]


def _plain(text: str) -> str:
    return NO_WORDS.sub(" ", text).replace("’", "'").replace("\u00ad", "").replace("\u00a0", " ")


def _unknown(language: str, text: str) -> set[str]:
    command = ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-l"]
    told = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    known = set(_listed(language))
    return {word for word in set(told.stdout.split()) if word not in known and word.lower() not in known}


def _listed(language: str) -> list[str]:
    return (WORDS / f"{language}.txt").read_text().split()


def _first_place(word: str, read: list[tuple[str, str]]) -> str:
    return next((place for place, text in read if word in text), "")
