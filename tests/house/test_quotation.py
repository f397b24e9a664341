"""Words that are quoted stand in the marks of their language: Latvian „…”, Lithuanian „…“.

Latvian closes with the sign with which Lithuanian does not, and English marks open nothing in either.
"""

import re

import pytest

from tests.house.texts import texts

CLOSES = {"lv": "”", "lt": "“"}
MARKS = '„“”‟«»"'
# Attributes of a tag and what the computer is told have their own marks.
NO_WORDS = re.compile(r"\{%.*?%\}|<[^>]+>|`[^`]*`", re.S)
# A cookie is a *sīkdatne*, and nothing else.
FILE = re.compile(r"\bdat(?:ne|ni|nē|ņu)\w*", re.IGNORECASE)


def wrong(text: str, language: str) -> list[str]:
    """The marks of a text that are not a pair of its language, each with what stands around it."""
    words = NO_WORDS.sub(" ", text)
    rest = re.sub(f"„[^{MARKS}]*{CLOSES[language]}", lambda pair: " " * len(pair[0]), words)
    return [words[max(mark.start() - 20, 0) : mark.end() + 20] for mark in re.finditer(f"[{MARKS}]", rest)]


@pytest.mark.parametrize("language", CLOSES)
def test_quoted_words_stand_in_the_marks_of_their_language(language: str) -> None:
    found = [(place, each) for place, text in texts(language) for each in wrong(text, language)]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text", "marks"),
    [
        ("lv", "Raksti „mentors” vai „audzēknis”.", 0),
        ("lt", "Rašyk „mentorius“ arba „mokinys“.", 0),
        ("lv", '<a href="/">Sākums</a>', 0),
        ("lv", "Raksti “mentors”.", 2),
        ("lv", 'Raksti "mentors".', 2),
        ("lv", "Raksti „mentors“.", 2),
        ("lt", "Rašyk „mentorius”.", 2),
        ("lt", "Rašyk «mentorius».", 2),
        ("lt", "Rašyk „mentorius.", 1),
    ],
)
def test_the_marks_of_another_language_are_seen(language: str, text: str, marks: int) -> None:
    assert len(wrong(text, language)) == marks


def test_a_file_has_one_name_in_latvian() -> None:
    """*Fails*, as those say it who send one."""
    assert [(place, each) for place, text in texts("lv") for each in FILE.findall(text)] == []
