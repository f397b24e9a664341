"""Slides (PPTX): the pictures in them tell nothing but their dots, as every other picture."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image, PngImagePlugin

from tests.files.conftest import keep
from tests.files.samples import photo_with_place, picture, upload
from tests.presentations.pptx import pptx
from varpa.files import queries, refusals, slides
from varpa.files.actions import SLIDES

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 40
PLACE_OF_FILM = b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+56.9496+024.1052/"


def kept(**parts: bytes) -> dict[str, bytes]:
    """The parts of slides as they are kept."""
    file = keep(upload(pptx(**parts), "slaidi.pptx"), kinds=SLIDES)
    with ZipFile(BytesIO(queries.content(file))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def placed() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 57.0, 1.0)})
    return exif


@pytest.mark.parametrize("name", ["ppt/media/image1.jpg", "docProps/thumbnail.jpeg", "ppt/media/other.bin"])
def test_a_photograph_in_slides_loses_its_place_and_looks_as_it_did(name: str) -> None:
    found = kept(**{name: photo_with_place()})[name]
    assert b"Telefons" not in found
    assert b"slepeni" not in found
    with Image.open(BytesIO(found)) as photograph:
        assert photograph.size == (80, 40)
        assert dict(photograph.getexif()) == {0x0112: 6}
        assert not photograph.getexif().get_ifd(0x8825)


def test_a_drawing_in_slides_keeps_its_dots_and_loses_its_words() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", "<exif:GPSLatitude>56,57N</exif:GPSLatitude>")
    drawing = picture("PNG", mode="RGBA", pnginfo=words, exif=placed())
    found = kept(**{"ppt/media/image1.png": drawing})["ppt/media/image1.png"]
    assert b"GPSLatitude" not in found
    with Image.open(BytesIO(found)) as shown, Image.open(BytesIO(drawing)) as brought:
        assert not shown.getexif()
        assert shown.tobytes() == brought.tobytes()


def test_a_webp_in_slides_loses_its_place() -> None:
    found = kept(**{"ppt/media/image1.webp": picture("WEBP", exif=placed())})["ppt/media/image1.webp"]
    with Image.open(BytesIO(found)) as shown:
        assert not shown.getexif()


def test_slides_whose_pictures_tell_nothing_are_kept_as_they_are() -> None:
    content = pptx(**{"ppt/media/image1.jpg": picture(), "ppt/media/image2.tiff": picture("TIFF")})
    assert queries.content(keep(upload(content), kinds=SLIDES)) == content


def test_what_stands_beside_the_pictures_stays() -> None:
    parts = {"ppt/slides/slide1.xml": b"<p:sld/>", "ppt/media/film.mp4": FILM}
    found = kept(**parts, **{"ppt/media/image1.jpg": photo_with_place()})
    assert {name: found[name] for name in parts} == parts


@pytest.mark.parametrize(
    "content",
    [
        FILM + PLACE_OF_FILM,
        FILM + b"com.apple.quicktime.location.ISO6709",
        placed().tobytes()[6:],
        b"\0\0\0\x18ftypheic" + b"\0\0\0\0" + placed().tobytes(),
        b"GIF89a XMP <exif:GPSLatitude>56,57N</exif:GPSLatitude>",
        photo_with_place()[:-80],
    ],
    ids=["film", "film of another phone", "tiff", "heic", "gif", "half a photograph"],
)
def test_where_the_place_cannot_be_taken_out_the_slides_are_refused(content: bytes) -> None:
    with pytest.raises(refusals.PlaceInside, match="PDF"):
        kept(**{"ppt/media/image1.bin": content})


def test_photographs_without_end_are_not_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slides, "DOTS_AT_MOST", 5_000)
    assert kept(**{"ppt/media/1.jpg": photo_with_place()})
    with pytest.raises(refusals.PlaceInside):
        kept(**{"ppt/media/1.jpg": photo_with_place(), "ppt/media/2.jpg": photo_with_place()})
