"""In which encoding a text was saved: told by its bytes, else by the letters that come out.

A guess by statistics would change with the next version of a library. Here every encoding that a Baltic
office may still use is tried; the one wins in which the words are Latvian, Lithuanian, or of one script.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.headings import MARKED_WORDS
from varpa.kernel.refusals import Refusal

LATVIAN: Final = dict(zip("āīēšņļūžčķģōŗ", (10, 8, 8, 7, 6, 5, 5, 4, 4, 4, 4, -2, -2), strict=True))
LITHUANIAN: Final = dict(zip("ėšžūčųįąę", (10, 8, 7, 6, 6, 6, 6, 5, 4), strict=True))
POLISH: Final = dict(zip("łąęóżśćńź", (8, 7, 7, 7, 7, 6, 5, 5, 4), strict=True))
# Of the north and the German lands; Estonian has š and ž in few words.
NORTHERN: Final = {**dict.fromkeys("äöüõ", 5), **dict.fromkeys("åøæß", 4), **dict.fromkeys("éšž", 1)}
OTHERS: Final = {**dict.fromkeys("éöüäõåøæß", 1), **dict.fromkeys("ñçèêëíôúřěďýáőű", -8)}
LANGUAGES: Final = (LATVIAN, LITHUANIAN, POLISH, NORTHERN, OTHERS)
VOWELS: Final = "aeiouyāēīōūąęėįųéöüäõåøæóèêëíôúýáőű"
QUOTES: Final = "“”„‚’‘–—…«»€°§№×·\u00a0\ufeff"

# In the order of how likely each is; the number is what an encoding must make up for by its words.
SINGLE_BYTE: Final = (
    ("cp1257", 0),
    ("iso8859_13", 1),
    ("cp1252", 8),
    ("cp1251", 10),
    ("iso8859_4", 8),
    ("cp1250", 12),
    ("iso8859_2", 13),
    ("iso8859_15", 12),
    ("cp775", 12),
    ("cp850", 13),
    ("cp852", 14),
    ("mac_roman", 14),
    ("iso8859_10", 13),
    ("mac_latin2", 13),
    ("cp866", 14),
    ("koi8_r", 14),
    ("iso8859_5", 15),
)
MARKS: Final = (
    (b"\xef\xbb\xbf", "utf_8_sig"),
    (b"\xff\xfe\x00\x00", "utf_32"),
    (b"\x00\x00\xfe\xff", "utf_32"),
    (b"\xff\xfe", "utf_16"),
    (b"\xfe\xff", "utf_16"),
)
# Which of four bytes are zero in plain letters.
WIDE: Final = {"utf_32_le": (1, 2, 3), "utf_32_be": (0, 1, 2), "utf_16_le": (1, 3), "utf_16_be": (0, 2)}

_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[^\w\x00-\x7f]|[\x80-\x9f]")
# What ends a quotation or a sentence does not begin a word, and nothing of that kind stands inside one.
_MISPLACED = re.compile(r"(?:(?<=\w)[“”„‚‘…«»€°§№×·]|[”…»€°§№×·])(?=[^\W\d_])")
SAMPLE: Final = 100_000
CALLED: Final = (
    *(("cp125", "Windows-125"), ("iso8859_", "ISO 8859-"), ("cp", "DOS "), ("koi8_r", "KOI8-R")),
    *(("mac_latin2", "Macintosh (Central Europe)"), ("mac_roman", "Macintosh (West)")),
)
"""How offices call them: Windows-1257, DOS 775."""
ASIA: Final = "\u0530"
"""Here end Latin, Greek and Cyrillic."""


@dataclass(frozen=True)
class Encoding:
    """`codec` as Python calls it; `broken` where single letters cannot be read in it."""

    codec: str
    broken: bool = False

    @property
    def name(self) -> str:
        """As offices call it: UTF-8, Windows-1257, ISO 8859-13."""
        shown = re.sub(r"_(sig|le|be)$", "", self.codec).replace("utf_", "UTF-")
        for codec, called in CALLED:
            shown = shown.replace(codec, called)
        return shown.replace("_", " ")


class OtherEncoding(Refusal):
    sentence = _(
        "The list was not saved as {name}. Nothing was taken in: choose another one, or leave it open."
    )


def choices() -> list[tuple[str, str]]:
    """What one may say of how a text was saved: (as Python calls it, as offices call it)."""
    known = ["utf_8", "utf_16", *(codec for codec, _handicap in SINGLE_BYTE)]
    return sorted(((codec, Encoding(codec).name) for codec in known), key=lambda each: each[1])


def in_utf8(content: bytes, codec: str) -> bytes:
    """A text that was saved in this encoding, as UTF-8; raises OtherEncoding where it was not."""
    try:
        return content.decode(codec).encode("utf_8")
    except UnicodeError as error:
        raise OtherEncoding(name=Encoding(codec).name) from error


def encoding_of(content: bytes) -> Encoding | None:
    """The encoding of a text; None where these bytes are no text."""
    for mark, codec in MARKS:
        if content.startswith(mark):
            return Encoding(codec, broken=not _decodes(content, codec))
    wide = _wide(content[:4096])
    if wide:
        return Encoding(wide, broken=not _decodes(content, wide))
    if _binary(content):
        return None
    if _decodes(content, "utf_8"):
        return Encoding("utf_8")
    if _mostly_utf8(content):
        return Encoding("utf_8", broken=True)
    return Encoding(_best(content))


def _decodes(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: of plain letters every second byte, or three of four, is zero."""
    shares = [head[place::4].count(0) / max(len(head[place::4]), 1) for place in range(4)]
    for codec, zeros in WIDE.items():
        if all(share > 0.4 if place in zeros else share < 0.1 for place, share in enumerate(shares)):
            return codec
    # Names in Cyrillic have no zeros: then the text itself has to look like one.
    even = head[: len(head) // 2 * 2]
    return next((codec for codec in ("utf_16_le", "utf_16_be") if 0 in even and _reads(even, codec)), "")


def _reads(head: bytes, codec: str) -> bool:
    """Whether nearly all that comes out are letters and signs of Europe, in more than one line."""
    text = head.decode(codec, errors="replace")
    known = sum(1 for each in text if " " <= each < ASIA or each in "\r\n\t")
    return "\n" in text and known * 50 > len(text) * 49


def _binary(content: bytes) -> bool:
    """Whether there are too many bytes that no text has."""
    head = content[:65536]
    odd = sum(head.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b")
    return odd * 100 > len(head)


def _mostly_utf8(content: bytes) -> bool:
    text = content[:SAMPLE].decode("utf_8", errors="replace")
    lost = text.count("\ufffd")
    return sum(1 for each in text if each > "\x7f") - lost > 4 * lost


def _best(content: bytes) -> str:
    lines = b"\n".join(_HIGH_LINE.findall(content))[:SAMPLE]
    points = {codec: _rate(lines, codec) - handicap for codec, handicap in SINGLE_BYTE}
    # There is always one: ISO 8859-4 knows every byte.
    return next(codec for codec in sorted(points, key=lambda each: -points[each]) if _decodes(content, codec))


def _rate(lines: bytes, codec: str) -> float:
    """How much a text looks like one in this encoding."""
    text = lines.decode(codec, errors="replace")
    words = Counter(word for word in _WORD.findall(text) if not word.isascii())
    points = sum(_rate_word(word) * min(count, 3) for word, count in words.items())
    points -= 12 * len(_MISPLACED.findall(text))
    signs = Counter(_SIGN.findall(text))
    return points - sum(12 * count for sign, count in signs.items() if sign not in QUOTES)


@lru_cache(maxsize=4096)
def _rate_word(word: str) -> int:
    small = unicodedata.normalize("NFC", word.lower())
    if small in MARKED_WORDS:
        return 60
    if all("а" <= each <= "ё" for each in small):
        return 4 * len(small) - 16 * sum(a.islower() and b.isupper() for a, b in pairwise(word))
    marked = [each for each in small if each > "\x7f"]
    points = max(sum(known.get(each, -15) for each in marked) for known in LANGUAGES)
    points += 6 * small.endswith("ņš")
    # A word with small letters has no capital one but its first, and marks do not stand in a row.
    points -= 8 * sum(each.isupper() for each in word[1:]) * (not word.isupper())
    points -= 6 * sum(a > "\x7f" and b > "\x7f" for a, b in pairwise(small.removesuffix("ņš")))
    return points - 10 * sum(_jars(*each) for each in zip(" " + small, small, small[1:] + " ", strict=False))


def _jars(left: str, letter: str, right: str) -> bool:
    """Whether a marked letter can hardly be spoken where it stands."""
    if letter <= "\x7f":
        return False
    beside = (left in VOWELS) + (right in VOWELS)
    return beside > 0 if letter in VOWELS else beside == 0
