"""The forms of a name in Latvian and Lithuanian: a published text says "Elīnai" and "Jono" of its pupils.

A word of a name is its stem with an ending of its own declension. The endings of both languages are known for
every name, since a Latvian pupil stands in Lithuanian texts too. A form too many costs a word its letters; a
form too few tells the name of a pupil.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Final
from unicodedata import combining, normalize

ENDINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ius", ("ius", "iaus", "iui", "ių", "iumi", "iuje", "iau", "iai", "iams", "iais")),
    ("ais", ("ais", "ā", "ajam", "o", "ajā", "ie", "ajiem")),
    ("as", ("as", "o", "ui", "ą", "u", "e", "ai", "ų", "ams", "us", "ais", "s", "a", "am", "ā")),
    ("is", ("is", "a", "im", "i", "ī", "io", "iui", "į", "iu", "yje", "iai", "ių", "iams", "u", "iem")),
    ("ys", ("ys", "io", "iui", "į", "iu", "yje", "y", "iai", "ių", "iams", "is", "a", "im", "i", "ī")),
    ("us", ("us", "um", "u", "ū", "aus", "ui", "ų", "umi", "uje", "au")),
    ("ā", ("ā", "ās", "ajai", "o", "ajā")),
    ("ė", ("ė", "ės", "ei", "ę", "e", "ėje", "ių", "ėms", "es", "i", "ē", "ēm")),
    ("a", ("a", "as", "ai", "u", "ā", "os", "ą", "oje", "ām", "ās", "ų", "oms", "")),
    ("e", ("e", "es", "ei", "i", "ē", "ēm", "ės", "ę", "ėje", "")),
    ("š", ("š", "ša", "šam", "šu", "šā", "ši", "šiem", "šas", "šo", "šui", "šą", "še")),
    ("s", ("s", "a", "am", "u", "ā", "i", "iem", "", "as", "o", "ui", "ą", "e", "ų")),
)
BARE: Final = tuple(sorted({ending for _nominative, endings in ENDINGS for ending in endings}))
"""A name that ends as no name of the two languages does, such as Stanislav or Ester, may take any ending."""
CONSONANT: Final = frozenset("bcčdfgģhjkķlļmnņpqrŗsštvwxzž")
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
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_DOUBLE = re.compile(r"\w+(?:-\w+)+")
_BEGINS = re.compile(r"(?:^|[.!?…:>#*\-–\n]\s*|[„“\"(]\s*)$")


def forms_of(word: str) -> frozenset[str]:
    """Every form of a word of a name; the word itself is one. Each part of a double one changes."""
    if "-" in word:
        return frozenset(map("-".join, product(*map(forms_of, word.split("-"))))) | {word}
    for nominative, endings in ENDINGS:
        stem = word.removesuffix(nominative)
        if stem != word and len(stem) >= 2:
            plain = {stem + ending for ending in endings if ending or len(stem) >= CALLED}
            return frozenset({word, *plain, *_changed(stem, nominative)})
    is_bare = len(word) > 2 and word[-1].lower() in CONSONANT
    return frozenset({word, *((word + ending for ending in BARE) if is_bare else ())})


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


def bare(text: str) -> str:
    """A text as it is typed without its marks: Lukošius is Lukosius."""
    return text if text.isascii() else "".join(each for each in normalize("NFD", text) if not combining(each))


def parts_of(name: str) -> list[str]:
    """The words of a name, those of a double one apart."""
    return re.split(r"[\s-]+", name)


def words_in(text: str) -> frozenset[str]:
    """The words of a text, each once; a double one whole and in its parts."""
    return frozenset([*_WORD.findall(text), *_DOUBLE.findall(text)])


class Calls:
    """What stands in a text in the place of names: a whole name, or one word of it, in any case.

    A whole name is one however it is written, also without some or all of its marks; a word alone where it
    begins with a capital letter or is all capitals. A word alone that the same text also writes small is an
    ordinary word at the beginning of a sentence, and stays there; elsewhere a capital letter makes it a name.
    """

    def __init__(self, text: str) -> None:
        self._there = words_in(text)
        self._whole: dict[str, str] = {}
        self._alone: dict[str, str] = {}

    def stays(self, name: str) -> None:
        """A name that is told: it stays, also where it shares a word with one that is not."""
        for typed in dict.fromkeys((name, bare(name))):
            if all(word in self._there for word in _WORD.findall(typed)):
                self._whole.setdefault(re.escape(typed), "")

    def instead(self, name: str, said: str, alone: str = "") -> None:
        """A name that is not told, and what is said instead of it; of a word `alone`, or its first letter."""
        words = name.split()
        found = [self._written(word) for word in words]
        if len(words) > 1 and all(found):
            parts = [f"(?:{'|'.join(map(re.escape, forms))})" for forms in found]
            self._whole.setdefault(r"\s+".join(parts), said)
            self._whole.setdefault(r"\s+".join([*parts[-1:], *parts[:-1]]), said)
        for word in parts_of(name):
            forms = [form for form in self._written(word) if form[0].isupper()]
            self._alone.update(dict.fromkeys(forms, alone or f"{word[0]}."))

    def leave(self, forms: Iterable[str]) -> None:
        """Words alone that are others' too, by the small letters of their forms: they stay."""
        theirs = {typed for form in forms for typed in (form, bare(form))}
        self._alone = {form: said for form, said in self._alone.items() if form.lower() not in theirs}

    @property
    def is_empty(self) -> bool:
        """Whether the text has nothing of anybody's name."""
        return not self._whole and not self._alone

    def read(self, text: str) -> str:
        """The text with everybody called so."""
        if self.is_empty:
            return text
        return self._pattern.sub(self._said, text)

    def _written(self, word: str) -> list[str]:
        """The forms of a word as they stand in the text."""
        known = {
            typed
            for form in {form.lower() for form in forms_of(word)}
            for typed in self._typed.get(bare(form), ())
            if _is_typed(typed.lower(), form)
        }
        return sorted(known)

    @cached_property
    def _typed(self) -> dict[str, list[str]]:
        """How each word is written in the text, by its small letters without marks."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._there:
            found[bare(word.lower())].append(word)
        return found

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
        ordinary = found[0].lower() in self._there
        return found[0] if begins and ordinary else self._alone[found[0]]


def _is_typed(typed: str, form: str) -> bool:
    """Whether a word is a form, or the form with marks left out; a mark more makes it another word."""
    return typed == form or all(one in (other, bare(other)) for one, other in zip(typed, form, strict=False))
