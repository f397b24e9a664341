"""The forms of a name in Latvian and Lithuanian: a published text says "Elīnai" and "Jono" of its pupils.

A word of a name is its stem with an ending of its own declension. The endings of both languages are known for
every name, since a Latvian pupil stands in Lithuanian texts too. A form too many costs a word its letters; a
form too few tells the name of a pupil.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

ENDINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ius", ("ius", "iaus", "iui", "ių", "iumi", "iuje", "iau", "iai", "iams", "iais")),
    ("ais", ("ais", "ā", "ajam", "o", "ajā", "ie", "ajiem")),
    ("as", ("as", "o", "ui", "ą", "u", "e", "ai", "ų", "ams", "us", "ais")),
    ("is", ("is", "a", "im", "i", "ī", "io", "iui", "į", "iu", "yje", "iai", "ių", "iams", "u", "iem")),
    ("ys", ("ys", "io", "iui", "į", "iu", "yje", "y", "iai", "ių", "iams")),
    ("us", ("us", "um", "u", "ū", "aus", "ui", "ų", "umi", "uje", "au")),
    ("ā", ("ā", "ās", "ajai", "o", "ajā")),
    ("ė", ("ė", "ės", "ei", "ę", "e", "ėje", "ių", "ėms")),
    ("a", ("a", "as", "ai", "u", "ā", "os", "ą", "oje", "ām", "ās", "ų", "oms", "")),
    ("e", ("e", "es", "ei", "i", "ē", "ēm", "ės", "ę", "ėje", "")),
    ("š", ("š", "ša", "šam", "šu", "šā", "ši", "šiem")),
    ("s", ("s", "a", "am", "u", "ā", "i", "iem", "")),
)
SOFTENED: Final = (
    ("ln", "ļņ"), ("sn", "šņ"), ("zn", "žņ"), ("ll", "ļļ"), ("nn", "ņņ"),
    ("b", "bj"), ("m", "mj"), ("p", "pj"), ("v", "vj"), ("d", "ž"), ("t", "š"), ("c", "č"), ("z", "ž"),
    ("s", "š"), ("n", "ņ"), ("l", "ļ"),
)  # fmt: skip
"""How a Latvian stem in -is ends in the genitive: Jānis, Jāņa."""
HARDENED: Final = (("d", "dž"), ("t", "č"))
"""How a Lithuanian stem in -is and -ys ends before a back vowel: Petraitis, Petraičio."""
CALLED: Final = 4
"""From so many letters of the stem on one is called by it alone: Elīn!"""
_WORD = re.compile(r"\w+")
_BEGINS = re.compile(r"(?:^|[.!?…:>#*\-–\n]\s*|[„“\"(]\s*)$")


def forms_of(word: str) -> frozenset[str]:
    """Every form that a word of a name may have; the word itself is one."""
    for nominative, endings in ENDINGS:
        stem = word.removesuffix(nominative)
        if stem != word and len(stem) >= 2:
            plain = {stem + ending for ending in endings if ending or len(stem) >= CALLED}
            return frozenset({word, *plain, *_changed(stem, nominative)})
    return frozenset({word})


def _changed(stem: str, nominative: str) -> Iterator[str]:
    """Forms in whose stem a consonant changes."""
    if nominative not in ("is", "ys"):
        return
    for last, soft in SOFTENED:
        if stem.endswith(last):
            yield from (stem.removesuffix(last) + soft + ending for ending in ("a", "i", "u", "iem", "us"))
            break
    for last, hard in HARDENED:
        if stem.endswith(last):
            base = stem.removesuffix(last) + hard
            yield from (base + ending for ending in ("io", "iui", "iu", "iai", "ių", "iams"))


def words_in(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(_WORD.findall(text))


class Calls:
    """What stands in a text in the place of names: a whole name, or one word of it, in any case.

    A word alone that the same text also writes small is an ordinary word at the beginning of a sentence, and
    stays there; elsewhere a capital letter makes it a name.
    """

    def __init__(self, text: str) -> None:
        self._there = words_in(text)
        self._whole: dict[str, str] = {}
        self._alone: dict[str, str] = {}

    def stays(self, name: str) -> None:
        """A name that is told: it stays, also where it shares a word with one that is not."""
        if all(word in self._there for word in _WORD.findall(name)):
            self._whole.setdefault(re.escape(name), "")

    def instead(self, name: str, said: str) -> None:
        """A name that is not told, and what is said instead of it; of a word alone its first letter."""
        words = name.split()
        found = [sorted(forms_of(word) & self._there) for word in words]
        if len(words) > 1 and all(found):
            parts = [f"(?:{'|'.join(map(re.escape, forms))})" for forms in found]
            self._whole.setdefault(r"\s+".join(parts), said)
            self._whole.setdefault(r"\s+".join([*parts[-1:], *parts[:-1]]), said)
        for word, forms in zip(words, found, strict=True):
            self._alone.update(dict.fromkeys(forms, f"{word[0]}."))

    def read(self, text: str) -> str:
        """The text with everybody called so."""
        if not self._whole and not self._alone:
            return text
        return self._pattern.sub(self._said, text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Asked for once everybody is known."""
        groups = [f"({pattern})" for pattern in self._whole]
        alone = sorted(self._alone, key=lambda form: (-len(form), form))
        return re.compile(rf"\b(?:{'|'.join([*groups, *map(re.escape, alone)])})\b")

    def _said(self, found: re.Match[str]) -> str:
        if found.lastindex:
            return list(self._whole.values())[found.lastindex - 1] or found[0]
        begins = _BEGINS.search(found.string[: found.start()])
        ordinary = found[0][:1].lower() + found[0][1:] in self._there
        return found[0] if begins and ordinary else self._alone[found[0]]
