"""What somebody wrote into a letter that they quote, between its lines or below them.

The letter is known, since the house wrote it: what is not its words was written by somebody.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 10_000
"""Words that are compared; of a longer quotation the rest counts as somebody's own."""
_LINK = re.compile(
    r"<?\b(https?://|mailto:|tel:|cid:)[^\s<>]*>?|\[(cid|image|https?):[^\]]*\]", re.IGNORECASE
)
# What mail servers of firms and schools write above every mail from outside.
_WARNING = re.compile(
    r"\b(external|outside|caution|do not (click|open)|ārēj|ārpus|neklikšķin|neatver|išorin|už .*ribų|nespausk"
    r"|neatidary|внешн|осторожно)",
    re.IGNORECASE,
)


def written_into(lines: Sequence[str], letters: Iterable[str]) -> list[str]:
    """The lines that are none of the letter's, with a blank one between those that stood apart.

    `letters` are its texts, plain and as a page: a line is the letter's where all its words are those of one.
    """
    said = [_words(line) for line in lines]
    quoted = set[int]()
    for letter in letters:
        quoted |= _lines_of(_words(letter), said)
    first = min(quoted, default=0)
    own: list[str] = []
    for at, line in enumerate(lines):
        if at in quoted or not said[at]:
            own += [""] if own and own[-1] else []
        elif at >= first or not _WARNING.search(line):
            own.append(line)
    return own


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _LINK.sub(" ", text).lower())


def _lines_of(letter: list[str], said: Sequence[Sequence[str]]) -> set[int]:
    """Which lines hold only words of the letter, in its order."""
    where = [at for at, words in enumerate(said) for _word in words][:MOST]
    given = [word for words in said for word in words][:MOST]
    blocks = SequenceMatcher(None, letter, given, autojunk=False).get_matching_blocks()
    found = set[int]()
    for at, block in enumerate(blocks[:-1]):
        before, after = blocks[at - 1].a + blocks[at - 1].size if at else 0, blocks[at + 1].a
        # A word or two that the letter has as well, out of its order, are as likely somebody's "yes".
        if block.size > 2 or block.a == before or block.a + block.size == after:
            found |= set(range(block.b, block.b + block.size))
    own = {where[at] for at in range(len(given)) if at not in found}
    uncompared = set(where[-1:]) if len(given) == MOST else set()
    return {at for at in where if at not in own} - uncompared
