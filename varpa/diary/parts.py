"""A passage of the diary in its sentences: each may be left out of the mentee's copy by itself (R6)."""

import re
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import pgettext

_PAUSE = re.compile(r"(?<=[.!?…])(?<!\b\w\.)\s+(?=[^\w\s]*(\w))")
"""Where a sentence may end: an initial ("A. Ozols") ends none. What comes next begins with a capital."""


@dataclass(frozen=True)
class Part:
    """A sentence. `key` stays the same as long as its words do, whatever is written around it."""

    key: str
    text: str
    left_out: bool


Lines = tuple[tuple[Part, ...], ...]


def lines_of(text: str, out: Set[str]) -> Lines:
    """The sentences of a text, line by line; an empty line has none. `out`: the keys of those left out."""
    seen: Counter[str] = Counter()
    lines = []
    for line in text.split("\n"):
        parts = []
        for sentence in _sentences(line):
            seen[sentence] += 1
            key = sha256(f"{seen[sentence]} {sentence}".encode()).hexdigest()[:12]
            parts.append(Part(key, sentence, key in out))
        lines.append(tuple(parts))
    return tuple(lines)


def _sentences(line: str) -> list[str]:
    begins, found = 0, []
    for pause in _PAUSE.finditer(line):
        if pause[1].isupper():
            found.append(line[begins : pause.start()])
            begins = pause.end()
    return [text for each in (*found, line[begins:]) if (text := each.strip())]


def copied(lines: Lines) -> tuple[str, int]:
    """The text with a mark in each place where something is left out, and how many these are."""
    mark, places, text = pgettext("diary", "[a passage is left out here]"), 0, []
    for line in lines:
        words: list[str] = []
        for before, part in zip((None, *line), line, strict=False):
            if not part.left_out:
                words.append(part.text)
            elif before is None or not before.left_out:
                words.append(mark)
                places += 1
        text.append(" ".join(words))
    return "\n".join(text), places
