"""A sentence ends with one full stop.

Lithuanian days and hours end in one of their own (`spalio 17 d.`, `16.00 val.`), short Latvian dates too
(`17.10.2025.`), and so may whatever somebody wrote. Behind such a value stands `full_stop`, or no stop.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import walk
from varpa.kernel.text import TranslatedText
from varpa.post.kinds import LetterKind, kinds
from varpa.site import catalogues

DAYS = ("day", "by_day", "from_day", "day_of", "weekday_day", "day_time", "weekday_time", "clock_time")
TAGS = ("span", "clock_span", "period")
# In which language what a filter or a tag gives ends in a stop of its own.
ENDS = {"lt": {*DAYS, *TAGS}, "lv": {"dated", "period"}}
WRITTEN = {"diet", "early_reason", "note", "place", "reason", "source", "topic", "travel"}
"""What people write and may end as they like."""
WHOLE = r"(?:</\w+>|\{%\s*(?:endif|endblocktranslate)\s*%\})*(?:\{%\s*if [^%]*%\})?"
"""What may stand between a value and the stop that is read right behind it."""
VALUE = re.compile(r"\{\{\s*([\w.]+)((?:\|[^{}|]+)*?)\s*\}\}" + WHOLE + r"\.(?!\.)")
TAG = re.compile(r"\{%\s*(" + "|".join(TAGS) + r")\b[^%]*%\}" + WHOLE + r"\.")
FILTERS = "|".join((*DAYS, "dated"))
MADE = "|".join((*DAYS, *TAGS, "dated"))
NAMED = (
    re.compile(rf"\b(\w+)=[^\s%|]+((?:\|(?:{FILTERS})(?::\S+)?)+(?:\|\w+)*)"),
    re.compile(rf"\"(\w+)\":\s*words(\.(?:{MADE}))\("),
    re.compile(rf"\b(\w+)\s*=\s*words(\.(?:{MADE}))\("),
)
PLACE = re.compile(r"(?:%\((\w+)\)s|\{(\w+)\}|\{\{\s*(\w+)\s*\}\})\.(?!\.)")


def _files(room: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((walk.CODE / room).rglob("*")):
        if path.suffix in {".html", ".txt", ".py"}:
            yield path, path.read_text()


def doubled(text: str, language: str) -> list[str]:
    """The values in a template that may bring a stop of their own, and have another behind them."""
    found = []
    for value in VALUE.finditer(text):
        name, filters = value[1], {each.partition(":")[0].strip() for each in value[2].split("|")[1:]}
        written = name.rpartition(".")[2] in WRITTEN and "name_of" not in filters
        if written or filters & (ENDS[language] | {"full_stop"}):
            found.append(value[0])
    tags = [tag[0] for tag in TAG.finditer(text) if tag[1] in ENDS[language]]
    return found + tags


def _names(room: str, language: str, within: str = "") -> set[str]:
    """What a place in a sentence of a room is called into which a day or an hour is put."""
    found = set()
    for text in (text for path, text in _files(room) if within in walk.name(path)):
        for shape in NAMED:
            for name, made in shape.findall(text):
                parts = set(re.split(r"[.|:]", made))
                if parts & ENDS[language] and "full_stop" not in parts:
                    found.add(name)
    return found


@pytest.mark.parametrize("language", ENDS)
def test_no_page_puts_a_stop_behind_a_day_or_what_somebody_wrote(language: str) -> None:
    pages = [path for path in walk.templates() if path.suffix in {".html", ".txt"}]
    assert [(walk.name(path), each) for path in pages for each in doubled(path.read_text(), language)] == []


@pytest.mark.parametrize("language", ENDS)
def test_no_letter_puts_a_stop_behind_a_day_or_what_somebody_wrote(language: str) -> None:
    found = [
        (kind.key, each)
        for kind in kinds().values()
        for words in vars(kind).values()
        if isinstance(words, TranslatedText)
        for each in _in_letter(kind, words.within(language), language)
    ]
    assert found == []


def _in_letter(kind: LetterKind, words: str, language: str) -> list[str]:
    names = _names(kind.key.partition(".")[0], language, within="letters")
    return [*doubled(words, language), *_places(words, names)]


@pytest.mark.parametrize("language", ENDS)
def test_no_sentence_puts_a_stop_behind_the_place_of_a_day(language: str) -> None:
    found = [
        (room, entry.msgid, each)
        for room in catalogues.rooms()
        for names in [_names(room, language)]
        for entry in catalogues.catalogue(room, language)
        for form in (entry.msgstr, *entry.msgstr_plural.values())
        for each in _places(form, names)
    ]
    assert found == []


def _places(text: str, names: set[str]) -> list[str]:
    return [place[0] for place in PLACE.finditer(text) if names & set(place.groups())]


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("lt", "{{ starts|day }}. Toliau", 1),
        ("lt", "{{ starts|day_time:zone }}</strong>.", 1),
        ("lt", "{% if until %}{{ until|by_day }}{% endif %}.", 1),
        ("lt", "{{ each.at|day }}{% if each.scan %}. Daugiau", 1),
        ("lt", "{% span first last %}.", 1),
        ("lt", "{{ starts|day|full_stop }} Toliau", 0),
        ("lt", "{{ starts|day|full_stop }}.", 1),
        ("lt", "{{ born|dated }}.", 0),
        ("lv", "{{ born|dated }}.", 1),
        ("lv", "{{ starts|day }}. Tālāk", 0),
        ("lv", "{{ record.note }}. Tālāk", 1),
        ("lv", "{{ record.note|full_stop }} Tālāk", 0),
    ],
)
def test_a_second_stop_is_seen(language: str, text: str, wrong: int) -> None:
    assert len(doubled(text, language)) == wrong
