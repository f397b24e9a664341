"""Slides made elsewhere (PPTX): kept only where they unpack to a usual size and just stand there.

A program on the machine may open them later (`documents.office`): what it would run or fetch is refused here.
Pictures inside lose the place where they were taken, as every other picture does.
"""

import io
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from varpa.files import pictures
from varpa.files.refusals import Broken, NotStill, PlaceInside
from varpa.kernel.refusals import Refusal

PARTS_AT_MOST = 5_000
UNPACKED_AT_MOST = 128 * 1024 * 1024
XML_AT_MOST = 16 * 1024 * 1024
"""Bytes of one part that is text: of pictures and films slides are made large, never of words."""
TABLE_AT_MOST = 1024 * 1024
"""Bytes of one table of what a part refers to."""
DOTS_AT_MOST: Final = 400_000_000
"""Of all pictures that are drawn anew: thirty photographs of a phone, some seconds of work."""
MUST: Final = ("/[Content_Types].xml", "/ppt/presentation.xml")
_ENCRYPTED: Final = 0x1
_ACTIVE: Final = ("vbaproject", "vbadata", "/activex/", "/customui/")
_INSIDE: Final = "/embeddings/"
_TABLE: Final = ".xlsx"
"""The figures behind a chart come as a workbook inside; whatever else lies there is an object to run."""
_LINK: Final = "/hyperlink"


def still(content: bytes) -> bytes:
    """The slides, with pictures that tell of nothing but their dots.

    Raises Broken, NotStill or PlaceInside where they must not be kept.
    """
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            _check(packed, packed.infolist())
            return _packed_anew(packed, _bare_pictures(packed)) or content
    except Refusal:
        raise
    except Exception as error:
        # A damaged or hostile archive makes its reader raise whatever it stumbles over.
        raise Broken() from error


def _check(packed: ZipFile, parts: list[ZipInfo]) -> None:
    if len(parts) > PARTS_AT_MOST or sum(part.file_size for part in parts) > UNPACKED_AT_MOST:
        raise Broken()
    names = [f"/{part.filename}".lower() for part in parts]
    missing = any(name.lower() not in names for name in MUST)
    if missing or len(set(names)) < len(names) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Broken()
    if any(part.filename.lower().endswith(".xml") and part.file_size > XML_AT_MOST for part in parts):
        raise Broken()
    if any(map(_acts, names)):
        raise NotStill()
    # Read through once: what its directory says of a part has to be true.
    if packed.testzip() is not None:
        raise Broken()
    for part in parts:
        if part.filename.lower().endswith(".rels"):
            _check_table(packed, part)


def _acts(name: str) -> bool:
    """Whether a part is a program, or an object that a program would have to open."""
    return any(sign in name for sign in _ACTIVE) or (_INSIDE in name and not name.endswith(_TABLE))


def _check_table(packed: ZipFile, part: ZipInfo) -> None:
    """What a part refers to lies within, or is a link that somebody would have to follow."""
    if part.file_size > TABLE_AT_MOST:
        raise Broken()
    for each in ElementTree.fromstring(packed.read(part)).iter():
        outside = each.get("TargetMode", "").lower() == "external"
        if outside and not each.get("Type", "").lower().endswith(_LINK):
            raise NotStill()


def _bare_pictures(packed: ZipFile) -> dict[str, bytes]:
    """What stands instead of the pictures that told of more than their dots, by the name of the part."""
    bare: dict[str, bytes] = {}
    left = DOTS_AT_MOST
    for part in packed.infolist():
        content = packed.read(part)
        if not pictures.tells_more(content):
            continue
        left -= pictures.dots(content)
        if left < 0:
            raise PlaceInside()
        try:
            bare[part.filename] = pictures.bare(content)
        except Refusal as refusal:
            raise PlaceInside() from refusal
    return bare


def _packed_anew(packed: ZipFile, instead: Mapping[str, bytes]) -> bytes:
    """The archive with other parts in the place of some; b"" where all stay."""
    if not instead:
        return b""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for part in packed.infolist():
            made.writestr(part, instead.get(part.filename) or packed.read(part), part.compress_type)
    return out.getvalue()
