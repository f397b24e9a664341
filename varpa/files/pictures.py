"""Pictures are drawn anew before they are kept: no place, no device, no hidden payload comes along."""

from io import BytesIO

from PIL import Image, ImageOps

from varpa.files.kinds import JPEG, PNG, WEBP
from varpa.files.refusals import Broken, TooManyDots

LONGEST_SIDE = 2560
ON_PAPER = 1200
# A JPEG is read at a fraction of its size; the others take four bytes a dot.
MEGAPIXELS = {JPEG: 60, PNG: 24, WEBP: 24}
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_HOW = {JPEG: {"quality": 85}, PNG: {}, WEBP: {"quality": 85}}


def redrawn(content: bytes, kind: str) -> bytes:
    """The picture upright, at most 2560 dots a side, without anything but its dots.

    Raises TooManyDots before a single dot is read, Broken where it cannot be read to its end.
    """
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MEGAPIXELS[kind] * 1_000_000:
                raise TooManyDots(megapixels=MEGAPIXELS[kind])
            return _written(_upright(picture, kind), kind)
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


def _upright(picture: Image.Image, kind: str) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = kind != JPEG and turned.has_transparency_data
    return turned.convert("RGBA" if clear else "RGB")


def _written(picture: Image.Image, kind: str) -> bytes:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, _FORMATS[kind], **_HOW[kind])
    return out.getvalue()
