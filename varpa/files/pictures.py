"""Pictures are drawn anew before they are kept: no place, no device, no hidden payload comes along."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import ExifTags, Image, ImageOps

from varpa.files.kinds import IMAGES, JPEG, PNG, WEBP, kind_of
from varpa.files.refusals import Broken, TooManyDots

LONGEST_SIDE = 2560
ON_PAPER = 1200
# A JPEG is read at a fraction of its size; the others take four bytes a dot.
MEGAPIXELS = {JPEG: 60, PNG: 24, WEBP: 24}
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_HOW = {JPEG: {"quality": 85}, PNG: {}, WEBP: {"quality": 85}}

_PNG_SAYS: Final = (b"eXIf", b"tEXt", b"zTXt", b"iTXt")
_SAYS: Final = {JPEG: (b"\xff\xe1", b"\xff\xed", b"\xff\xfe"), PNG: _PNG_SAYS, WEBP: (b"EXIF", b"XMP ")}
"""How what is said beside the dots begins: among the dots of a JPEG these signs never stand."""
_PLACE: Final = re.compile(rb"GPSLatitude|ISO6709|\xa9xyz.{4}[+-]\d", re.DOTALL)
"""A place in what is no picture of ours: in words (XMP), or as phones write it into films."""
_EXIF: Final = b"Exif\0\0"
_TIFF: Final = (b"II*\0", b"MM\0*")


def redrawn(content: bytes, kind: str, *, upright: bool = True) -> bytes:
    """The picture upright, at most 2560 dots a side, without anything but its dots.

    Not made `upright`, it keeps beside them which side is up. Raises TooManyDots before a single dot is read,
    Broken where it cannot be read to its end.
    """
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MEGAPIXELS[kind] * 1_000_000:
                raise TooManyDots(megapixels=MEGAPIXELS[kind])
            up = picture.getexif().get(ExifTags.Base.Orientation, 1)
            drawn = _drawn(picture, kind, upright)
            return _written(drawn, kind) if upright or up == 1 else _written(drawn, kind, exif=_only(up))
    except TooManyDots:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyDots(megapixels=MEGAPIXELS[kind]) from error
    except Exception as error:
        # A damaged or hostile file makes Pillow's readers raise whatever they stumble over.
        raise Broken() from error


def for_paper(content: bytes) -> tuple[bytes, float]:
    """A kept picture as a JPEG small enough for a document, and how many times as wide as high it is."""
    with Image.open(BytesIO(content)) as picture:
        picture.thumbnail((ON_PAPER, ON_PAPER))
        seen = picture.convert("RGBA")
    # What is clear in a drawing is the white of the paper.
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen)
    return _written(sheet, JPEG), seen.width / seen.height


def tells_more(content: bytes) -> bool:
    """Whether what lies in slides says more than its dots: a picture anything, whatever else a place."""
    says = _SAYS.get(kind_of(content))
    if says:
        return any(sign in content for sign in says)
    return _PLACE.search(content) is not None or any(map(_has_place, _exifs(content)))


def bare(content: bytes) -> bytes:
    """A picture as slides hold it, which are shown as they were: its dots, and which side is up.

    Raises TooManyDots, and Broken where it cannot be drawn anew.
    """
    kind = kind_of(content)
    if kind == PNG:
        return b"".join(_dots_only(content))
    if kind not in IMAGES:
        raise Broken()
    return redrawn(content, kind, upright=False)


def dots(content: bytes) -> int:
    """How many dots a picture says that it has, as far as they would be drawn anew."""
    kind = kind_of(content)
    if kind not in _FORMATS or kind == PNG:
        return 0
    with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
        return picture.width * picture.height


def _dots_only(png: bytes) -> Iterator[bytes]:
    """A PNG piece by piece (length, name, content, sum), as it is, without what is said in it."""
    place = 8
    yield png[:place]
    while place < len(png):
        name, end = png[place + 4 : place + 8], place + 12 + int.from_bytes(png[place : place + 4])
        if name not in _PNG_SAYS:
            yield png[place:end]
        if name == b"IEND":
            return
        place = end


def _exifs(content: bytes) -> Iterator[bytes]:
    """What may say how a picture was taken, in kinds that are not drawn anew."""
    if content.startswith(_TIFF):
        yield content
    place = content.find(_EXIF)
    while place >= 0:
        yield content[place:]
        place = content.find(_EXIF, place + len(_EXIF))


def _has_place(exif: bytes) -> bool:
    said = Image.Exif()
    said.load(exif)
    return bool(said.get_ifd(ExifTags.IFD.GPSInfo))


def _only(up: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = up
    return exif.tobytes()


def _drawn(picture: Image.Image, kind: str, upright: bool) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture) if upright else picture
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = kind != JPEG and turned.has_transparency_data
    return turned.convert("RGBA" if clear else "RGB")


def _written(picture: Image.Image, kind: str, **more: bytes) -> bytes:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, _FORMATS[kind], **_HOW[kind], **more)
    return out.getvalue()
