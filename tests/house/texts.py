"""Every text of a language that somebody reads: catalogues, letters, methodologies, handbook, replay."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.house import walk
from varpa.kernel.text import TranslatedText
from varpa.post.kinds import kinds
from varpa.site import catalogues

METHODOLOGIES = walk.ROOT / "methodologies"
REPLAY = walk.ROOT / "varpa" / "site" / "replay" / "words"
HANDBOOK = walk.ROOT / "docs" / "handbook"
SECTORS = walk.ROOT / "varpa" / "sectors" / "data"


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Each text of a language as it is written, with the place where it stands."""
    yield from _of_catalogues(language)
    yield from _of_letters(language)
    for path in sorted(REPLAY.rglob("*.toml")):
        if path.name != "names.toml":
            yield from ((walk.name(path), text) for text in _in_language(_read(path), language))
    for path in sorted(SECTORS.glob("*.toml")):
        yield from ((walk.name(path), text) for text in _in_language(_read(path), language))
    for folder in sorted(METHODOLOGIES.iterdir()):
        yield from _of_methodology(folder, language)
    for path in sorted(HANDBOOK.rglob("*.md")):
        if language in path.parts:
            yield walk.name(path), path.read_text()


def _of_catalogues(language: str) -> Iterator[tuple[str, str]]:
    for room in catalogues.rooms():
        place = f"catalogue of {room}"
        if language == "en":
            yield from ((place, f"{text.words}\n{text.plural}") for text in catalogues.collect(room))
            continue
        for entry in catalogues.catalogue(room, language):
            yield place, "\n".join([entry.msgstr, *entry.msgstr_plural.values()])


def _of_letters(language: str) -> Iterator[tuple[str, str]]:
    for kind in kinds().values():
        for value in vars(kind).values():
            if isinstance(value, TranslatedText):
                yield f"letter {kind.key}", getattr(value, language)


def _of_methodology(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.md")):
        if language in path.relative_to(folder).parts:
            yield walk.name(path), path.read_text()
    for path in sorted(folder.rglob("*.toml")):
        for text in _in_language(_read(path), language):
            yield walk.name(path), text


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
