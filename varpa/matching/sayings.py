"""What people have written in their own words, as it is compared: the same thing in any form and language."""

from functools import lru_cache

from varpa.kernel.text import folded
from varpa.sectors.sectors import codes_of
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
