"""What people have written in their own words, as it is compared: the same thing in any form and language."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from varpa.kernel.text import folded
from varpa.sectors.sectors import DIVISION, codes_of, nearness
from varpa.sectors.stems import SHORTEST, stem


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words of a text that carry a meaning: a sector that a word means, else the word without its ending.

    So "galdnieks", "stalius" and "joinery" are one; "police" and "policy" are two.
    """
    words = "".join(each if each.isalnum() else " " for each in folded(text)).split()
    return frozenset(filter(None, map(_meaning, words)))


@lru_cache(maxsize=50_000)
def _meaning(word: str) -> str:
    """A number is never taken for the code of a sector; small words say nothing."""
    if not word.isalpha():
        return word if len(word) >= SHORTEST else ""
    codes = codes_of(word)
    return codes[0] if codes else stem(word) if len(word) >= SHORTEST else ""


MOST_WISHES = 5


def wishes_of(text: str) -> tuple[str, ...]:
    """The single wishes that somebody has written, folded, each once."""
    said = (folded(each) for each in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(each for each in said if each))[:MOST_WISHES]


@dataclass(frozen=True)
class Called:
    """By what somebody is found who was wished for: key, whole name, school or company, codes of sectors."""

    key: str = ""
    name: str = ""
    place: str = ""
    codes: tuple[str, ...] = ()


def named(wish: str, other: Called) -> bool:
    """Whether a wish names somebody, by key, name or place. A first name alone may be several people's."""
    words = set(wish.split())
    whole = len(words) > 1 and words <= plain_words(other.name)
    return wish == folded(other.key) or whole or bool(words and words <= plain_words(other.place))


def within(wish: str, codes: tuple[str, ...]) -> int:
    """How near the field that a wish means comes to these; what is but in one section says too little."""
    near = max((nearness(code, own) for code in _wished(wish) for own in codes), default=0)
    return near if near >= DIVISION else 0


@lru_cache(maxsize=20_000)
def plain_words(text: str) -> frozenset[str]:
    """The folded words of a name."""
    return frozenset("".join(each if each.isalnum() else " " for each in folded(text)).split())


@lru_cache(maxsize=20_000)
def _wished(wish: str) -> Collection[str]:
    """The fields that a wish means; a number is never taken for a code."""
    return () if any(each.isdigit() for each in wish) else tuple(codes_of(wish))
