"""A passage of the diary in its sentences: each may be left out of the mentee's copy by itself (R6)."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import pgettext

from varpa.kernel.sentences import sentences_of


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
        for sentence in sentences_of(line):
            seen[sentence] += 1
            key = sha256(f"{seen[sentence]} {sentence}".encode()).hexdigest()[:12]
            parts.append(Part(key, sentence, key in out))
        lines.append(tuple(parts))
    return tuple(lines)


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
