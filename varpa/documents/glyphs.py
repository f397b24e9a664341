"""Which letters the documents' own fonts can draw.

PDF/UA forbids a sign that no font can show, and one picture sign in a diary must not cost its reader the
whole document: what cannot be drawn is replaced here, visibly.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MISSING = "\N{WHITE SQUARE}"
# They ask only for a colour, a shade or a joined drawing of the sign before them.
_SILENT = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_MARKS_ALONE = re.compile("(?<![A-Za-z\u00c0-\u024f\u0300-\u036f])[\u0300-\u036f]+")
_LINE_ENDS = re.compile("[^\\S\n]*(?:\r\n|\r|\n)[^\\S\n]*")
_EMPTY_LINES = re.compile("\n{2,}")
# Most texts: short words of Latin letters in one line. Nothing in them asks for a change.
_ORDINARY = re.compile(
    "(?:[!-~\u00a1-\u00ac\u00ae-\u0148\u014a-\u017f„“”’–—…]{1,29} )*"
    "[!-~\u00a1-\u00ac\u00ae-\u0148\u014a-\u017f„“”’–—…]{1,29}"
)
_LONG = re.compile(r"\S{30}")


def showable(text: str) -> str:
    """The text as it can be drawn: composed letters, a white square for what no font has.

    Paragraphs are left one empty line apart, and a word longer than a line may be broken anywhere.
    """
    if not text or _ORDINARY.fullmatch(text):
        return text
    lines = _EMPTY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text.strip()))
    composed = unicodedata.normalize("NFC", _SILENT.sub("", lines))
    drawable = _MARKS_ALONE.sub("", _undrawn().sub(_instead, composed))
    return _LONG.sub(lambda found: f"{found[0]}\N{ZERO WIDTH SPACE}", drawable)


@cache
def drawn() -> frozenset[int]:
    """The code points that at least one of the fonts can draw."""
    return frozenset().union(*(_code_points(path) for path in FONTS.glob("*.ttf")))


@cache
def _undrawn() -> re.Pattern[str]:
    # By pairs of the first sign that is not drawn and the next one that is.
    ranges = []
    start = 0
    for known in [*sorted(drawn() | {ord("\n")}), 0x110000]:
        if known > start:
            ranges.append(f"{re.escape(chr(start))}-{re.escape(chr(known - 1))}")
        start = known + 1
    return re.compile(f"[{''.join(ranges)}]")


def _instead(found: re.Match[str]) -> str:
    category = unicodedata.category(found[0])
    if found[0] in "\t\v\f" or category.startswith("Z"):
        return " "
    return "" if category in ("Cc", "Cf", "Mn") else MISSING


def _code_points(path: Path) -> frozenset[int]:
    """Read the character map of a font: format 12, the only one that the committed fonts have."""
    font = path.read_bytes()
    start = _table(font, b"cmap")
    start += struct.unpack_from(">I", font, start + 8)[0]
    shape, _reserved, _length, _language, groups = struct.unpack_from(">HHIII", font, start)
    if shape != 12:
        raise ValueError(f"{path.name}: the character map has format {shape}, not 12")
    found: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for name, _checksum, offset, _length in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count]):
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode()}")
