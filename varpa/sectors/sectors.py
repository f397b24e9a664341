"""What a pupil is interested in and what a company does, by codes: a Latvian wish finds a Lithuanian mentor.

The codes are those of NACE Rev. 2 (Regulation (EC) No 1893/2006): a section is a letter, a division two
digits, and where everyday life is finer than a division, a group or a class of it: 16, 16.2, 10.71.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from varpa.kernel.text import LANGUAGES, TranslatedText, folded
from varpa.sectors.stems import stem

FOLDER: Final = Path(__file__).parent / "data"

SAME: Final = 1000
WITHIN: Final = 800
DIVISION: Final = 500
WHOLE_SECTION: Final = 500
SECTION: Final = 250
FAR: Final = 0

_WORD: Final = re.compile(r"[^\W_]+")
_CODE: Final = re.compile(r"(?:NACE\s*)?[A-U]?\s?(\d\d(?:\.\d{1,2})?)", re.IGNORECASE)
# Places of a search, the best 0: whole and beginning in the name, the words, other languages.
_ENDING: Final = 6
_NOWHERE: Final = 7
# What parts the wishes in one cell, the plainest first: a comma or an "and" may stand within one name.
_BETWEEN: Final = (
    re.compile(r"[;|\n]"),
    re.compile(r"[,/]"),
    re.compile(r"\s(?:un|ir|and)\s|[&+]", re.IGNORECASE),
)


@dataclass(frozen=True)
class Sector:
    """One entry: `words` are what people type for it, by language; `parent` is "" for a section."""

    code: str
    name: TranslatedText
    words: Mapping[str, tuple[str, ...]] = field(hash=False)
    parent: str

    def phrases(self, language: str) -> tuple[str, ...]:
        """Everything it is called in a language, its name first."""
        return (getattr(self.name, language), *self.words[language])


class _Heard(NamedTuple):
    """The words a sector is found by, folded, for a reader of one language."""

    name: frozenset[str]
    words: frozenset[str]
    other: frozenset[str]
    stems: frozenset[str]


@cache
def sectors() -> tuple[Sector, ...]:
    """The whole taxonomy: each section, then what is in it, by codes."""
    return read(FOLDER)


def read(folder: Path) -> tuple[Sector, ...]:
    """The taxonomy of a folder, a file for each section; where it has faults, ValueError with all of them."""
    found = [sector for path in sorted(folder.glob("*.toml")) for sector in _read_file(path)]
    faults = list(_faults(found))
    if faults:
        raise ValueError("\n".join(faults))
    return tuple(found)


def sector(code: str) -> Sector | None:
    """The sector of a code; None for a code that is gone or never was."""
    return _by_code().get(code)


def sector_name(code: str) -> str:
    """What a sector is called; a code that is gone, or a free word, stands for itself."""
    found = sector(code)
    return str(found.name) if found else code


def nearness(one_code: str, other_code: str) -> int:
    """How near two sectors are, 0 to 1000: the same, one within the other, one division, one section, far.

    A whole section and what is in it are half as near as can be: who ticks all of it means each part a
    little. A code that is gone is far from everything, itself too: nobody could be told what the two have in
    common.
    """
    one, other = _lines().get(one_code), _lines().get(other_code)
    if not one or not other or one[-1] != other[-1]:
        return FAR
    if one_code == other_code:
        return SAME
    if len(one) == 1 or len(other) == 1:
        return WHOLE_SECTION
    if one_code in other or other_code in one:
        return WITHIN
    return DIVISION if one[-2] == other[-2] else SECTION


def section_in_common(one_code: str, other_code: str) -> str:
    """The section that one of two is and the other is in; "" where neither is a whole section."""
    one, other = _lines().get(one_code, ()), _lines().get(other_code, ())
    if one_code == other_code or one[-1:] != other[-1:]:
        return ""
    return one[-1] if 1 in (len(one), len(other)) else ""


def search(text: str, language: str) -> list[Sector]:
    """The sectors that a text finds, best first, else in the order of codes; the sections for no text.

    Each word begins one that the sector is called by, in any language, whatever the marks and capitals. Best
    is a whole word of the name in the reader's language, then a beginning of one; then its other words; then
    other languages; last a word that only ends otherwise: "mēbeļu" for "mēbeles".
    """
    asked = _WORD.findall(folded(text))
    if not asked:
        return [each for each in sectors() if not each.parent]
    together = "".join(asked)
    found = []
    for each, heard in _heard(language if language in LANGUAGES else ""):
        place = min(max(_place(word, heard) for word in asked), _place(together, heard))
        if place < _NOWHERE:
            found.append((place, each))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def codes_of(text: str) -> list[str]:
    """The codes that free words mean, as a cell of a spreadsheet has them: "IT; koks un dizains".

    Each is a code, or a whole name or word of a sector in any language, whatever its marks, hyphens and
    endings. A code too fine for the taxonomy means the nearest above it. What nobody knows means nothing.
    """
    return list(dict.fromkeys(code for _part, codes in _meant(text, _BETWEEN) for code in codes))


def unknown_in(text: str) -> list[str]:
    """The parts of free words that mean nothing to `codes_of`."""
    return [part.strip() for part, codes in _meant(text, _BETWEEN) if not codes and _WORD.search(part)]


def _meant(text: str, between: tuple[re.Pattern[str], ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of free words, each with the codes it means."""
    known = _coded(text)
    for shape in (_squashed, _stemmed):
        known = known or _meanings(shape).get(shape(text), ())
    if known or not between:
        yield text, tuple(known)
    else:
        for part in between[0].split(text):
            yield from _meant(part, between[1:])


def _coded(text: str) -> tuple[str, ...]:
    text = text.strip()
    if text in _lines():
        return (text,)
    match = _CODE.fullmatch(text)
    if not match:
        return ()
    asked = match[1]
    listed = {_plain(code): code for code in _lines()}
    while asked and _plain(asked) not in listed:
        asked = asked[:-1]
    return (listed[_plain(asked)],) if asked else ()


def _plain(code: str) -> str:
    """A code as a spreadsheet leaves it: 74.20 is the number 74.2, and the only class of the group 74.2."""
    return code.rstrip("0").rstrip(".") if "." in code else code


def _place(word: str, heard: _Heard) -> int:
    for step, words in enumerate((heard.name, heard.words, heard.other)):
        if word in words:
            return 2 * step
        if any(each.startswith(word) for each in words):
            return 2 * step + 1
    return _ENDING if stem(word) in heard.stems else _NOWHERE


@cache
def _heard(language: str) -> tuple[tuple[Sector, _Heard], ...]:
    return tuple((each, _hear(each, language)) for each in sectors())


def _hear(each: Sector, language: str) -> _Heard:
    own = each.phrases(language) if language else ()
    other = [phrase for name in LANGUAGES if name != language for phrase in each.phrases(name)]
    name, words, strange = _words_of(own[:1]), _words_of(own[1:]), _words_of(other)
    return _Heard(name, words, strange, frozenset(stem(word) for word in name | words | strange))


def _words_of(phrases: Iterable[str]) -> frozenset[str]:
    """Each word of the phrases, and each phrase as one word: "e-veikals" is sought as "eveikals" too."""
    words = [_WORD.findall(folded(phrase)) for phrase in phrases]
    return frozenset(word for each in words for word in (*each, "".join(each)))


@cache
def _meanings(shape: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """The codes of every name and word, by the shape in which they are compared."""
    meanings: dict[str, dict[str, None]] = defaultdict(dict)
    for each in sectors():
        for language in LANGUAGES:
            for phrase in each.phrases(language):
                meanings[shape(phrase)][each.code] = None
    return {said: tuple(codes) for said, codes in meanings.items()}


def _squashed(text: str) -> str:
    return "".join(_WORD.findall(folded(text)))


def _stemmed(text: str) -> str:
    return "".join(stem(word) for word in _WORD.findall(folded(text)))


@cache
def _by_code() -> dict[str, Sector]:
    return {each.code: each for each in sectors()}


@cache
def _lines() -> dict[str, tuple[str, ...]]:
    """Each code with those above it, the section last."""
    lines: dict[str, tuple[str, ...]] = {}
    for each in sectors():
        lines[each.code] = (each.code, *lines.get(each.parent, ()))
    return lines


def _read_file(path: Path) -> Iterator[Sector]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["sector"]
    codes = [row["code"] for row in rows]
    for row in rows:
        words = {language: tuple(row["words"].get(language, ())) for language in LANGUAGES}
        name = TranslatedText.from_dict(row["name"])
        yield Sector(row["code"], name, words, _parent(row["code"], codes))


def _parent(code: str, codes: list[str]) -> str:
    """The longest code that this one begins with; the section, which stands first, for a division."""
    if code == codes[0]:
        return ""
    if "." not in code:
        return codes[0]
    return max((each for each in codes if each != code and code.startswith(each)), key=len, default=code[:2])


def _faults(found: list[Sector]) -> Iterator[str]:
    if not found:
        yield "no sectors"
    met: set[str] = set()
    for each in found:
        if each.code in met:
            yield f"{each.code}: stands twice"
        if each.parent and each.parent not in met:
            yield f"{each.code}: {each.parent} does not stand before it"
        met.add(each.code)
        for language in LANGUAGES:
            yield from (f"{each.code}, {language}: {fault}" for fault in _faults_within(each, language))


def _faults_within(each: Sector, language: str) -> Iterator[str]:
    name, *words = map(_squashed, each.phrases(language))
    if not name:
        yield "no name"
    if not words:
        yield "no words"
    if "" in words:
        yield "an empty word"
    yield from (
        f"{said} stands twice" for said, count in Counter([name, *words]).items() if said and count > 1
    )
