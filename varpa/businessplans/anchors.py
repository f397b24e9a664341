"""Where the words stand that a remark is about, also after the text was changed.

Words are compared as one reads them: without the signs of Markdown, with any blank as one. What was changed
a little is found again by its likeness, unless that is a passage that stood elsewhere before. Few or short
words, which any text has, are those that were meant only where something around them stands as it stood. What
is gone is told so, never guessed (`find` answers None).
"""

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

_TARGET = re.compile(r"\]\([^)\n]*\)")
_SIGNS: Final = frozenset("*_`#>|[]()~")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_ALIKE: Final = 0.7
_AKIN: Final = 0.5
_LONGEST_GAP: Final = 1.5
_REACH: Final = 2.0
_MOST_COMPARED: Final = 400_000
"""Words times words: beyond it a likeness is not looked for, since somebody waits for the page."""
_TRIES: Final = 8
"""So many passages that stood elsewhere are passed over, one after another."""
_ENDS: Final = ".,;:!?"
_ENDS_OF_SENTENCES: Final = (".", "!", "?")
AROUND: Final = 80
"""How many letters in front of the words, and behind them, are kept, to tell one of two equal places."""
_EDGE: Final = ""
"""Stands among words for the beginning or the end of the text."""
_EDGE_LETTERS: Final = 3
_ENOUGH: Final = 6
"""So many letters of the words around must agree: `ir` and `un` stand everywhere."""
_OWN_WORDS: Final = 4
_OWN_LETTERS: Final = 20
"""From so many on words stand nowhere else by chance."""
_DENYING: Final = frozenset(
    _WORD.findall(
        "nav ne nē nevis nedz bez nekad nekur nekas neko nekā nekam neviens neviena nevienu nevienas "
        "nevienam nevienai nevienā nekāds nekāda nekādu nekādas nekādā nekādi nekādus nekādiem nekādām "
        "nėra nebėra ne nebe nei be niekas nieko niekam niekuo niekada niekur niekaip joks jokia jokio "
        "jokios jokį jokią jokiu jokiam jokiai jokiame jokioje jokie jokių jokius jokias "
        "not no nor never none nobody nothing nowhere neither without cannot hardly "
        "dont doesnt didnt isnt arent wasnt werent wont cant couldnt shouldnt wouldnt havent hasnt"
    )
)
"""Where one of these is new or gone, a sentence may say the opposite: Latvian, Lithuanian, English."""
_GROWN_TOGETHER: Final = re.compile(r"n['’]t\b", re.IGNORECASE)
"""`don't`, `isn’t`."""
_DENYING_FRONTS: Final = ("nebe", "ne", "un", "in", "im", "ir", "il", "dis", "non")
_SHORTEST_DENIED: Final = 3
_ENDING: Final = 3
"""So many letters at the end of a word may be another form of it: `strādāsim`, `nestrādā`."""
_LATVIAN: Final = frozenset("āčēģīķļņšūž")
_BEFORE_BE: Final = frozenset(_WORD.findall("to will would can could may might must shall should not ll"))


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


def around(source: str, found: Found) -> tuple[str, str]:
    """What stands in front of found words and behind them, as one reads it."""
    return plain(source[: found.start]).text[-AROUND:], plain(source[found.end :]).text[:AROUND]


def spot(source: str, quote: str, ahead: str = "") -> Found | None:
    """Where the words stand that somebody has just marked: after `ahead`, where that is known.

    Half a word that was marked is meant as the whole one.
    """
    shown, asked = plain(source), plain(quote).text.strip()
    starts = _occurrences(shown.text, asked) if asked else []
    if not starts:
        return find(source, quote)
    length, then = len(asked), _words_ahead(plain(ahead).text)

    def meant(start: int) -> tuple[int, bool]:
        agreed = _agreement(then, _words_ahead(_front(shown.text, start))) if ahead else 0
        return agreed, _is_whole(shown.text, start, start + length)

    start = max(starts, key=meant)
    end = start + length
    while not _may_begin(shown.text, start):
        start -= 1
    while not _may_begin(shown.text, end):
        end += 1
    return _found(shown, start, end - start)


def without(source: str, found: Found) -> str:
    """What stands in a text beside the words that were found in it."""
    return f"{source[: found.start]}\n{source[found.end :]}"


def find(
    source: str,
    quote: str,
    ahead: str = "",
    behind: str = "",
    *,
    changed: bool = True,
    elsewhere: str = "",
) -> Found | None:
    """Where the quoted words stand; of several equal places the one that is most like where they stood.

    None where they stand nowhere, with `changed` not even a little changed. Nothing `ahead` and `behind`:
    where they stood is not known. `elsewhere`: what else stood in the text before it was changed.
    """
    shown, asked = plain(source), plain(quote).text.strip()
    if not asked:
        return None
    stood = _words_ahead(ahead), _words_behind(behind)

    def agreed(start: int, end: int) -> int:
        stands = _words_ahead(_front(shown.text, start)), _words_behind(shown.text[end : end + AROUND])
        return sum(_agreement(then, now) for then, now in zip(stood, stands, strict=True))

    words: str | None = asked
    starts = _whole(shown.text, asked)
    if not starts and changed:
        words = _nearly(shown.text, asked, plain(elsewhere).text)
        starts = _whole(shown.text, words) if words else []
    if not words or not starts:
        return None
    length = len(words)
    start = max(starts, key=lambda start: agreed(start, start + length)) if len(starts) > 1 else starts[0]
    if (ahead or behind) and not _is_own(asked) and agreed(start, start + length) < _ENOUGH:
        return None
    return _found(shown, start, length)


def _occurrences(text: str, asked: str) -> list[int]:
    starts, start = [], text.find(asked)
    while start >= 0:
        starts.append(start)
        start = text.find(asked, start + 1)
    return starts


def _whole(text: str, asked: str) -> list[int]:
    """Where words begin that stand there as whole ones."""
    return [start for start in _occurrences(text, asked) if _is_whole(text, start, start + len(asked))]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether these are whole words: `cena` does not stand in `procena`."""
    return _may_begin(text, start) and _may_begin(text, end)


def _may_begin(text: str, place: int) -> bool:
    """Whether no word runs over a place."""
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def _is_own(asked: str) -> bool:
    words = _WORD.findall(asked)
    return len(words) >= _OWN_WORDS and sum(map(len, words)) >= _OWN_LETTERS


def _front(text: str, place: int) -> str:
    return text[max(0, place - AROUND) : place]


def _words_ahead(text: str) -> list[str]:
    """The words in front of a place, the nearest first."""
    near = _WORD.findall(text[-AROUND:].casefold())[::-1]
    return near if len(text) >= AROUND else [*near, _EDGE]


def _words_behind(text: str) -> list[str]:
    near = _WORD.findall(text[:AROUND].casefold())
    return near if len(text) >= AROUND else [*near, _EDGE]


def _agreement(then: list[str], now: list[str]) -> int:
    """How many letters of the words on one side stand as they stood; one word next to it may differ."""
    return max(_run(then[first:], now[second:]) for first in (0, 1) for second in (0, 1))


def _run(then: list[str], now: list[str]) -> int:
    letters = 0
    for one, other in zip(then, now, strict=False):
        if one != other:
            break
        letters += len(one) or _EDGE_LETTERS
    return letters


def _found(shown: Plain, start: int, length: int) -> Found:
    end = shown.places[start + length - 1] + 1
    return Found(shown.places[start], end, shown.text[start : start + length])


def _nearly(text: str, asked: str, elsewhere: str) -> str | None:
    """The words a little changed, as they stand in a text; no passage of it that stood `elsewhere` before."""
    words, others = asked.split(), text.split()
    if len(words) * len(others) > _MOST_COMPARED:
        return None
    for _try in range(_TRIES):
        blocks = difflib.SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
        near = _nearest([block for block in blocks if block.size], len(words))
        if not near:
            return None
        window = slice(*_window(near, words, others))
        stands = _said(asked, others[window])
        # Letter by letter only what does not stand as it stood elsewhere: that is asked quickly.
        stayed = bool(stands) and 0 < len(_whole(text, stands)) <= len(_whole(elsewhere, stands))
        span = None if stayed else _likest(asked, words, others, near)
        if span and not _became(stands, asked, text, elsewhere):
            return _said(asked, others[slice(*span)])
        # Passed over: an empty word is like none.
        longest = max(near, key=lambda block: block.size)
        over = window if span or stayed else slice(longest.b, longest.b + longest.size)
        others[over] = [""] * (over.stop - over.start)
    return None


def _likest(
    asked: str, words: list[str], others: list[str], near: list[difflib.Match]
) -> tuple[int, int] | None:
    """Whole words from the first to the last that both have in common: from which up to which."""
    # A sentence about something else is not the same one with that left out.
    stands = " ".join(others[slice(*_window(near, words, others))])
    if not alike(asked, stands) or _deny(asked, stands):
        return None
    if _of_another(near, words, others):
        return None
    first, last = _ends(near, words, others)
    said = _said(asked, others[first:last])
    if "" in others[first:last] or not said or not alike(asked, said) or _deny(asked, said):
        return None
    return first, last


def _said(asked: str, words: list[str]) -> str:
    said = " ".join(words)
    return said if asked[-1] in _ENDS else said.rstrip(_ENDS)


def _became(near: str, asked: str, text: str, elsewhere: str) -> bool:
    """Whether what was found is rather a passage that stood elsewhere and was changed a little."""
    passage = _nearly(elsewhere, near, "") if elsewhere and not _whole(elsewhere, near) else None
    if passage is None or len(_whole(text, passage)) >= len(_whole(elsewhere, passage)):
        return False
    return _likeness(near, passage) > _likeness(near, asked)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _window(near: list[difflib.Match], words: list[str], others: list[str]) -> tuple[int, int]:
    """As many of the other words, before those in common and behind them, as stood there."""
    return max(near[0].b - near[0].a, 0), min(near[-1].b - near[-1].a + len(words), len(others))


def _ends(near: list[difflib.Match], words: list[str], others: list[str]) -> tuple[int, int]:
    """From which of the other words up to which: beyond those in common what is akin to what stood there."""
    first, last = near[0].b, near[-1].b + near[-1].size
    begins, ends = _window(near, words, others)
    shift = near[0].b - near[0].a
    while begins < first and not _akin(words[begins - shift], others[begins]):
        begins += 1
    shift = near[-1].b - near[-1].a
    while ends > last and not _akin(words[ends - 1 - shift], others[ends - 1]):
        ends -= 1
    return begins, ends


def _of_another(near: list[difflib.Match], words: list[str], others: list[str]) -> bool:
    """Whether another thing is spoken of: `Elektra kainuos 60 eurų`, `Vanduo kainuos 20 eurų`."""
    begins, ends = _window(near, words, others)
    stands, instead = others[begins:ends], others[begins : near[0].b]
    if not near[0].a or len(instead) < near[0].a or any(word[-1:] in _ENDS_OF_SENTENCES for word in instead):
        return False
    numbers = [Counter(_NUMBER.findall(" ".join(each))) for each in (words, stands)]
    # A word or two may have come in between: `Elektros energija kainuos`.
    near_by = others[max(begins - 2, 0) : ends]
    return numbers[0] != numbers[1] and not any(_akin(words[0], each) for each in near_by)


def _akin(one: str, other: str) -> bool:
    """Whether a word may stand for another: another form of it, or another number."""
    if any(map(str.isdigit, one)) and any(map(str.isdigit, other)):
        return True
    return _likeness(one, other) >= _AKIN


def _deny(one: str, other: str) -> bool:
    """Whether one of two texts denies what the other says: `ar aizdevumu`, `bez aizdevuma`."""
    sides = [Counter(_WORD.findall(text.casefold())) for text in (one, other)]
    only = [sides[0] - sides[1], sides[1] - sides[0]]
    new = {word for side in only for word in side}
    return bool(
        new & (_DENYING - _innocent(f"{one} {other}".casefold()))
        or len(_GROWN_TOGETHER.findall(one)) != len(_GROWN_TOGETHER.findall(other))
        or any(_denies(word, said) for word in only[0] for said in only[1])
        or any(_denies(word, said) for word in only[1] for said in only[0])
    )


def _innocent(text: str) -> set[str]:
    """What denies in one language and not in that of the text: `no` in Latvian, `be` in English."""
    words = _WORD.findall(text)
    verb = any(word == "be" and before in _BEFORE_BE for before, word in pairwise(words))
    return ({"no"} if _LATVIAN & set(text) else set()) | ({"be"} if verb else set())


def _denies(word: str, said: str) -> bool:
    """Whether a word is another with what denies in front of it: `neesam`, `esam`; `impossible`."""
    for front in _DENYING_FRONTS:
        rest = word.removeprefix(front)
        if rest != word and len(rest) >= _SHORTEST_DENIED:
            stem = rest[: max(_SHORTEST_DENIED, len(rest) - _ENDING)]
            if said.startswith(stem) and len(said) <= len(rest) + _ENDING:
                return True
    return False


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
    reach = int(length * _REACH)
    return [block for block in blocks if abs(block.b - longest.b) <= reach]
