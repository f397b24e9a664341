"""In which of the three languages a few sentences are, so that they can be read aloud in it (WCAG 3.1.2)."""

import re
from functools import lru_cache
from typing import Final

_LETTERS: Final = {"lv": frozenset("āēģīķļņ"), "lt": frozenset("ąęėįų"), "en": frozenset("qwx")}
"""Letters that one of the three has and the other two have not."""
_SMALL: Final = {
    "lv": "un ka par bet nav no uz pie kas tas tad man vai jo bija lai arī kad pirms pēc ar mēs ja kā ļoti",
    "lt": "kad bet yra su apie tai man kaip mes buvo iš ar nuo ne jei per prieš dėl į labai reikia kai tik",
    "en": "the and of to that is was with for it we not in on at are were from have they what i you",
}
_WORDS: Final = {code: frozenset(words.split()) for code, words in _SMALL.items()}
"""Small words that hardly any sentence does without."""
_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """The language of a text by its letters and small words, "" where these do not decide it."""
    words = [word.lower() for word in _WORD.findall(text)]
    weights = {
        code: sum(not letters.isdisjoint(word) for word in words)
        + 2 * sum(word in _WORDS[code] for word in words)
        for code, letters in _LETTERS.items()
    }
    first, second = sorted(weights.values(), reverse=True)[:2]
    return max(weights, key=weights.__getitem__) if first >= 2 and first >= 2 * second else ""
