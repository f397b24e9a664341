"""What the fonts can draw, and what stands where they cannot."""

import re
import struct
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varpa.documents import glyphs
from varpa.documents.glyphs import showable


def test_every_letter_of_the_three_languages_is_drawn() -> None:
    alphabet = "aābcčdeēfgģhiījkķlļm nņoprsštuūvzž ąčęėįšųūž AĀBCČDEĒGĢIĪKĶLĻ NŅSŠUŪZŽ ĄČĘĖĮŠŲŪŽ "
    signs = "„“”’–—…€§№ − × ½ 0123456789 ®"
    assert showable(alphabet + signs) == alphabet + signs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  viens  \n \t \n\n\n divi ", "viens\n\ndivi"),
        ("ga\u0304rs", "gārs"),
        ("ū\u0303", "ū\u0303"),
        ("🙂\u0303", "🙂"),
        ("\u0301a", "a"),
        ("👩🏽\u200d🌾", "□🌾"),
        ("❤\ufe0f", "❤"),
        ("漢字", "□□"),
        ("a\x00\x1b\u202eb", "ab"),
        ("a\tb\u2028c\u3000d", "a b c d"),
        ("a\ud800b", "a□b"),
        ("Привет, Ελλάδα", "Привет, Ελλάδα"),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_is_replaced(written: str, shown: str) -> None:
    assert showable(written) == shown


def test_a_long_word_may_be_broken() -> None:
    assert showable("a" * 70).split("\u200b") == ["a" * 30, "a" * 30, "a" * 10]


@given(st.text(st.sampled_from("aZ9.ā š\u017f\u00ad\u0149„… \n\u0301\u00a0"), max_size=70))
def test_the_short_way_gives_what_the_long_way_gives(text: str) -> None:
    short = showable(text)
    with patch.object(glyphs, "_ORDINARY", re.compile("(?!)")):
        assert showable(text) == short


def test_a_font_with_another_character_map_is_told(tmp_path: Path) -> None:
    head = struct.pack(">IHHHH", 0x00010000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 40)
    path = tmp_path / "other.ttf"
    path.write_bytes(head + struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHIII", 4, 0, 0, 0, 0))
    with pytest.raises(ValueError, match="format 4"):
        glyphs._code_points(path)


def test_a_file_without_a_character_map_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.ttf"
    path.write_bytes(struct.pack(">IHHHH", 0x00010000, 0, 0, 0, 0))
    with pytest.raises(ValueError, match="cmap"):
        glyphs._code_points(path)
