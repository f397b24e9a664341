"""Writing a document: accessible PDF (PDF/UA-1, tagged) by Typst."""

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst
from django.utils import translation

from varpa.documents.glyphs import FONTS, showable
from varpa.documents.words import words

_PAGE = re.compile(rb"/Type\s*/Page\b")
TEMPLATES = Path(__file__).parent / "typst"


def pdf(template: str, data: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """A document for one reader, in lv, lt or en.

    `template` names a file of `typst/`; `data` is the shape so named in `documents.shapes`.
    What people wrote goes to Typst as JSON, never as source: it cannot become markup. The same input gives
    the same bytes.
    """
    with translation.override(language):
        # A name of signs that nobody sees is none, and a document without a title cannot be read aloud.
        named = title if any(map(str.isalnum, showable(title))) else str(data["letterhead"]["programme"])
        spoken = {"title": named, "language": language, "words": words(template, data)}
    drawings: dict[str, bytes] = {}
    told = _told({**data, **spoken}, drawings)
    sources = {**_sources(template), **drawings, "data.json": json.dumps(told).encode()}
    written: bytes = typst.compile(  # type: ignore[call-overload]  # its stub knows no files by name
        sources,
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=0,
    )
    return written


def pages_of(written: bytes) -> int:
    """How many pages a document has that `pdf` wrote: they stand in it as plain objects."""
    return len(_PAGE.findall(written))


def _told(value: Any, drawings: dict[str, bytes]) -> Any:
    """The data as JSON can carry it. Pictures go as numbers: nothing that is private touches the disk.

    A drawing (SVG) goes beside it as a file in memory, once however often it is shown: numbers for each of
    its letters are a third of the work of a long document.
    """
    if isinstance(value, bytes) and value.startswith(b"<svg"):
        name = f"{sha256(value).hexdigest()[:32]}.svg"
        drawings[name] = value
        return name
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _told(each, drawings) for key, each in value.items()}
    if isinstance(value, list):
        return [_told(each, drawings) for each in value]
    return showable(value) if isinstance(value, str) else value


@cache
def _sources(template: str) -> dict[str, bytes]:
    return {
        "main.typ": (TEMPLATES / f"{template}.typ").read_bytes(),
        "house.typ": (TEMPLATES / "house.typ").read_bytes(),
    }


@cache
def _fonts() -> typst.Fonts:
    # Only our own fonts: a document looks the same on every machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
