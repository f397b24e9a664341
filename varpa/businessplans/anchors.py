"""Where the words stand that a remark is about, also after the text was changed.

Words are compared as one reads them: without the signs of Markdown, with any blank as one. What was changed a
little is found again by its likeness; what is gone is told so, never guessed (`find` answers None).
"""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_TARGET = re.compile(r"\]\([^)\n]*\)")
_SIGNS: Final = frozenset("*_`#>|[]()~")
_ALIKE: Final = 0.7
_LONGEST_GAP: Final = 2.0
_MOST_COMPARED: Final = 400_000
"""Words times words: beyond it a likeness is not looked for, since somebody waits for the page."""
_ENDS: Final = ".,;:!?"
BEFORE: Final = 80
"""How many letters in front of the words are kept, to tell one of two equal places."""


@dataclass(frozen=True)
class Plain:
    """A text as one reads it; `places[i]` is where letter i stands in the source."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """Where the words stand in the source, from `start` up to `end`, and what they are as one reads them."""

    start: int
    end: int
    words: str


@lru_cache(maxsize=16)
def plain(source: str) -> Plain:
    """A text without the signs of Markdown and the addresses of links, every run of blanks as one.

    Remembered: each of forty remarks looks for its words in the same long text.
    """
    letters: list[str] = []
    places: list[int] = []
    unseen = {place for target in _TARGET.finditer(source) for place in range(*target.span())}
    for place, letter in enumerate(source):
        if letter in _SIGNS or place in unseen:
            continue
        blank = letter.isspace()
        if blank and (not letters or letters[-1] == " "):
            continue
        letters.append(" " if blank else letter)
        places.append(place)
    return Plain("".join(letters), tuple(places))


def before(source: str, found: Found) -> str:
    """What stands in front of found words, as one reads it."""
    return plain(source[: found.start]).text[-BEFORE:]


def find(source: str, quote: str, ahead: str = "", *, changed: bool = True) -> Found | None:
    """Where the quoted words stand; of several equal places the one whose text in front is most like `ahead`.

    None where they stand nowhere, with `changed` not even a little changed.
    """
    shown, asked = plain(source), plain(quote).text.strip()
    if not asked:
        return None
    starts = _occurrences(shown.text, asked)
    if starts:
        return _found(
            shown, max(starts, key=lambda start: _alike_before(shown.text, start, ahead)), len(asked)
        )
    return _nearly(shown, asked) if changed else None


def _occurrences(text: str, asked: str) -> list[int]:
    starts, start = [], text.find(asked)
    while start >= 0:
        starts.append(start)
        start = text.find(asked, start + 1)
    return starts


def _alike_before(text: str, start: int, ahead: str) -> int:
    """How many letters, counted backwards, stand in front as they stood then."""
    count = 0
    for here, then in zip(reversed(text[:start]), reversed(ahead), strict=False):
        if here != then:
            break
        count += 1
    return count


def _found(shown: Plain, start: int, length: int) -> Found:
    end = shown.places[start + length - 1] + 1
    return Found(shown.places[start], end, shown.text[start : start + length])


def _nearly(shown: Plain, asked: str) -> Found | None:
    """The words a little changed: whole words from the first to the last that they have in common."""
    words, others = asked.split(), shown.text.split()
    if len(words) * len(others) > _MOST_COMPARED:
        return None
    blocks = difflib.SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    near = _nearest([block for block in blocks if block.size], len(words))
    if not near:
        return None
    first, last = near[0].b - near[0].a, near[-1].b + near[-1].size
    window = others[max(first, 0) : max(last, near[-1].b + len(words) - near[-1].a)]
    near_words = " ".join(window)
    if asked[-1] not in _ENDS:
        near_words = near_words.rstrip(_ENDS)
    if not near_words or not alike(asked, near_words):
        return None
    start = len(" ".join(others[: max(first, 0)])) + (1 if first > 0 else 0)
    offset = len(shown.text) - len(shown.text.lstrip())
    return _found(shown, start + offset, len(near_words))


def alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same; the cheap questions come first."""
    if max(len(one), len(other)) > _LONGEST_GAP * min(len(one), len(other)):
        return False
    compared = difflib.SequenceMatcher(None, one, other, autojunk=False)
    asked = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)
    return all(ratio() >= _ALIKE for ratio in asked)


def _nearest(blocks: list[difflib.Match], length: int) -> list[difflib.Match]:
    """The blocks around the longest one that lie within reach of it."""
    if not blocks:
        return []
    longest = max(blocks, key=lambda block: block.size)
    reach = int(length * _LONGEST_GAP)
    return [block for block in blocks if abs(block.b - longest.b) <= reach]
