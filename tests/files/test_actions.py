"""Keeping a file: what is kept, and what is refused without a trace."""

import hashlib
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.files import samples
from tests.files.conftest import NOW, keep, stored
from tests.files.samples import pdf, photo_with_place, picture, upload
from varpa.files import actions, queries, refusals, store
from varpa.files.actions import DOCUMENTS, IMAGES, PAPERS
from varpa.files.models import File
from varpa.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_for_its_owner(media: Path) -> None:
    file = keep(upload(picture(), "plāns.jpeg"))
    assert (file.kind, file.name, file.about_kind, file.about_ref, file.by) == (
        "image/jpeg",
        "plāns.jpg",
        "plan",
        "p4k2",
        7,
    )
    content = queries.content(file)
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert len(content) == file.size
    assert file.at == NOW
    assert stored(media) == [file.sha256]


@pytest.mark.parametrize(
    ("kind", "says"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_each_kind_of_picture_is_told_by_its_content(kind: str, says: str) -> None:
    assert keep(upload(picture(kind), "x.txt", "text/html")).kind == says


def test_a_photograph_loses_its_place_and_stands_upright() -> None:
    content = queries.content(keep(upload(photo_with_place())))
    assert b"Telefons" not in content
    assert b"slepeni" not in content
    with Image.open(BytesIO(content)) as kept:
        assert kept.size == (40, 80)
        assert not kept.getexif()


def test_a_large_photograph_becomes_smaller() -> None:
    with Image.open(BytesIO(queries.content(keep(upload(picture(size=(5000, 2500))))))) as kept:
        assert kept.size == (2560, 1280)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_a_png_of_any_colours_is_kept(mode: str) -> None:
    with Image.open(BytesIO(queries.content(keep(upload(picture("PNG", mode=mode)))))) as kept:
        assert kept.mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")


def test_a_jpeg_for_printing_is_kept() -> None:
    with Image.open(BytesIO(queries.content(keep(upload(picture(mode="CMYK")))))) as kept:
        assert kept.mode == "RGB"


def test_of_a_moving_picture_the_first_stands() -> None:
    out = BytesIO()
    first, second = (Image.new("RGB", (20, 20), colour) for colour in ("red", "blue"))
    first.save(out, "WEBP", save_all=True, append_images=[second], duration=100, lossless=True)
    with Image.open(BytesIO(queries.content(keep(upload(out.getvalue()))))) as kept:
        assert getattr(kept, "n_frames", 1) == 1


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    assert b"<script>" not in queries.content(keep(upload(picture() + hidden)))


def test_the_same_bytes_lie_there_once(media: Path) -> None:
    one, other = keep(upload(picture())), keep(upload(picture()), about_ref="q")
    assert one.ref != other.ref
    assert stored(media) == [one.sha256]


def test_a_pdf_is_kept_as_it_is() -> None:
    content = pdf(streams=((b"/Filter /FlateDecode", zlib.compress(b"BT (Sveiki) Tj ET")),))
    file = keep(upload(content, "Plāns.PDF"), kinds=PAPERS)
    assert (file.kind, file.name) == ("application/pdf", "Plāns.pdf")
    assert queries.content(file) == content


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WRONG = {
    "svg": SVG,
    "svg after a declaration": b'<?xml version="1.0"?>' + SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "zip": b"PK\x03\x04" + b"\0" * 200,
    "gif": b"GIF89a" + b"\0" * 200,
    "program": b"MZ" + b"\0" * 200,
    "text": b"Sveiki",
    "tiff": b"II*\0" + b"\0" * 200,
    "pdf where pictures are wanted": pdf(),
    "pdf after something else": b"<script>" + pdf(),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_wrong_kind_under_a_right_name_is_refused(content: bytes, media: Path) -> None:
    with pytest.raises(refusals.WrongKind) as told:
        keep(upload(content, "bilde.jpg"))
    assert str(told.value).endswith("Choose JPEG, PNG, WebP.")
    nothing_kept(media)


def nothing_kept(media: Path) -> None:
    assert not File.objects.exists()
    assert stored(media) == []


def test_a_picture_where_papers_are_wanted_is_refused() -> None:
    with pytest.raises(refusals.WrongKind, match="Choose PDF"):
        keep(upload(picture()), kinds=DOCUMENTS)


def test_a_picture_of_a_phone_that_browsers_cannot_show_is_told_what_to_do() -> None:
    content = b"\0\0\0\x18ftypheic" + b"\0" * 100
    with pytest.raises(refusals.PhoneFormat, match="JPEG"):
        keep(upload(content))
    with pytest.raises(refusals.WrongKind):
        keep(upload(content), kinds=DOCUMENTS)


def test_an_empty_file_is_refused(media: Path) -> None:
    with pytest.raises(refusals.Empty):
        keep(upload(b""))
    nothing_kept(media)


def test_a_file_that_is_too_large_is_refused(media: Path) -> None:
    with pytest.raises(refusals.TooLarge, match="10 MB"):
        keep(upload(picture() + b"\0" * actions.LARGEST))
    with pytest.raises(refusals.TooLarge, match="1 MB"):
        keep(upload(picture() + b"\0" * 1024 * 1024), largest=1024 * 1024)
    nothing_kept(media)


@pytest.mark.parametrize("size", [(6000, 4001), (60_000, 60_000), (2**31 - 1, 2)])
def test_a_picture_with_too_many_dots_is_refused_unread(size: tuple[int, int], media: Path) -> None:
    with (
        patch.object(Image.Image, "load", side_effect=AssertionError("it was read")),
        pytest.raises(refusals.TooManyDots, match="24 million"),
    ):
        keep(upload(samples.huge_png(*size)))
    nothing_kept(media)


def test_a_picture_that_unpacks_to_more_than_it_says_is_refused(media: Path) -> None:
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    whole = samples.huge_png(100, 100)
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb
    with pytest.raises(refusals.Broken):
        keep(upload(whole[:33] + chunk + struct.pack(">I", zlib.crc32(b"zTXt" + bomb)) + whole[33:]))
    nothing_kept(media)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind: str, media: Path) -> None:
    content = picture(kind, size=(300, 300))
    with pytest.raises(refusals.Broken):
        keep(upload(content[: len(content) // 2]))
    nothing_kept(media)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_kept_or_refused_and_never_fails(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([picture("JPEG"), picture("PNG"), picture("WEBP"), pdf(), photo_with_place()])
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=40))
    with suppress(Refusal):
        keep(upload(whole[:place] + junk + whole[place + len(junk) :]), kinds=PAPERS)


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\windows\\win.ini", "win.jpg"),
        ("a\x00b\r\nSet-Cookie: x=1\x1b[31m.png", "ab Set-Cookie x=1[31m.jpg"),
        ("rēķins\u202egpj.exe", "rēķinsgpj.jpg"),
        ("   .jpg", "file.jpg"),
        (".htaccess", "file.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
        ("līgums.tar.gz", "līgums.tar.jpg"),
        ('a<b>:"|?*.jpg', "ab.jpg"),
        ("x" * 500 + ".jpg", "x" * 116 + ".jpg"),
        ("ga\u0304isma.jpg", "gāisma.jpg"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, kept_name: str) -> None:
    assert keep(samples.Named(given_name, picture())).name == kept_name


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_name_fits_and_steers_nothing(name: str) -> None:
    from varpa.files.names import cleaned

    made = cleaned(name, "image/png")
    assert made.endswith(".png")
    assert len(made) <= 120
    assert made.isprintable()
    assert not set(made) & set('/\\<>:"|?*')


def test_a_refusal_is_told_in_three_languages() -> None:
    for language, words in (("lv", "Der JPEG"), ("lt", "Tinka JPEG"), ("en", "Choose JPEG")):
        with translation.override(language), pytest.raises(Refusal) as told:
            keep(upload(SVG))
        with translation.override(language):
            assert words in str(told.value)


def test_a_disk_that_is_full_leaves_nothing_half_written(media: Path) -> None:
    with (
        patch("varpa.files.store.os.fsync", side_effect=OSError(28, "full")),
        pytest.raises(OSError, match="full"),
    ):
        keep(upload(picture()))
    nothing_kept(media)


def test_two_at_once_keep_the_same_bytes_whole(media: Path) -> None:
    content = b"bytes" * 200_000
    digest = hashlib.sha256(content).hexdigest()
    threads = [Thread(target=store.put, args=(digest, content)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(media) == [digest]
    with store.opened(digest) as kept:
        assert kept.read() == content


def test_only_the_house_can_read_what_lies_there(media: Path) -> None:
    file = keep(upload(picture()))
    path = next(media.rglob(file.sha256))
    assert path.stat().st_mode & 0o077 == 0


def test_withdrawing_twice_keeps_the_first_day() -> None:
    file = keep(upload(picture()))
    actions.withdraw(file=file, now=NOW)
    later: Any = NOW.replace(year=2026)
    actions.withdraw(file=file, now=later)
    assert file.withdrawn_at == NOW
    assert list(queries.files_of("plan", "p4k2")) == []


def test_the_files_of_a_thing_are_its_own() -> None:
    first, _other, second = (keep(upload(picture()), about_ref=ref) for ref in ("a", "b", "a"))
    assert list(queries.files_of("plan", "a")) == [first, second]


def test_pictures_alone_are_kept_where_nothing_else_is_said() -> None:
    assert {"image/jpeg", "image/png", "image/webp"} == IMAGES
    with pytest.raises(refusals.WrongKind):
        keep(upload(pdf()))
