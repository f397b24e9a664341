"""The interface is complete in Latvian and Lithuanian, and says one thing in the same words everywhere."""

import re
from collections import defaultdict
from collections.abc import Iterator

import polib
import pytest

from varpa.site import catalogues

BOOKS = [(room, language) for room in catalogues.rooms() for language in catalogues.LANGUAGES]
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def _entries(language: str) -> Iterator[tuple[str, polib.POEntry]]:
    for room in catalogues.rooms():
        for entry in catalogues.catalogue(room, language):
            yield room, entry


@pytest.mark.parametrize(("room", "language"), BOOKS)
def test_nothing_is_missing_fuzzy_or_left_over(room: str, language: str) -> None:
    book = catalogues.catalogue(room, language)
    used = {text.key for text in catalogues.collect(room)}
    known = {(entry.msgctxt or "", entry.msgid) for entry in book if not entry.obsolete}
    assert used - known == set(), "run: python3 start.py catalogues"
    assert known - used == set(), "run: python3 start.py catalogues"
    assert [entry.msgid for entry in book if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize(("room", "language"), BOOKS)
def test_plural_forms_are_those_of_the_language(room: str, language: str) -> None:
    assert catalogues.catalogue(room, language).metadata["Plural-Forms"] == catalogues.PLURALS[language]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_one_text_has_one_translation(language: str) -> None:
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _room, entry in _entries(language):
        said[entry.msgctxt or "", entry.msgid].add(entry.msgstr or str(entry.msgstr_plural))
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_place_for_a_value_is_kept(language: str) -> None:
    assert [f"{room}: {entry.msgid}" for room, entry in _entries(language) if not _places_kept(entry)] == []


def _places_kept(entry: polib.POEntry) -> bool:
    wanted = set(PLACE.findall(entry.msgid)) | set(PLACE.findall(entry.msgid_plural or ""))
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(set(PLACE.findall(form)) == wanted for form in forms)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_only_a_greeting_is_called_out(language: str) -> None:
    """The voice is calm: no exclamation mark but that of *Sveiki!* (look: voice)."""
    said = [
        (room, form)
        for room, entry in _entries(language)
        for form in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())
    ]
    assert [each for each in said if "!" in each[1].replace("Sveiki!", "").replace("Hello!", "")] == []


def test_a_lithuanian_day_or_hour_brings_its_own_stop() -> None:
    """`lapkričio 27 d.`, `14.00 val.`: a full stop behind the place for one would be a second."""
    doubled = re.compile(r"(%\(when\)s|\{(when|days)\})\.")
    found = [entry.msgid for _room, entry in _entries("lt") if doubled.search(entry.msgstr)]
    assert found == []
