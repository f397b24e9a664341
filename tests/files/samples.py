"""Files as people and attackers send them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **how: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 120).save(out, kind, **how)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A phone's photograph, lying on its side, with the place where it was taken and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telefons"
    exif.get_ifd(0x8825).update({1: "N", 2: (56.0, 57.0, 1.0), 3: "E", 4: (24.0, 6.0, 1.0)})
    return picture(size=(80, 40), exif=exif.tobytes(), comment=b"slepeni")


def huge_png(width: int, height: int) -> bytes:
    """A few kilobytes that say they are a picture of any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def pdf(objects: bytes = b"", *, streams: tuple[tuple[bytes, bytes], ...] = ()) -> bytes:
    """A PDF of one empty page; `streams` are (dictionary, packed bytes)."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" + objects
    for number, (dictionary, packed) in enumerate(streams, 10):
        body += b"%d 0 obj\n<< %s /Length %d >>\nstream\n" % (number, dictionary, len(packed))
        body += packed + b"\nendstream\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def upload(content: bytes, name: str = "lapa.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


class Named(SimpleUploadedFile):
    """An upload whose name keeps what Django's parser would have cut away: it came by mail."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__("x", content)
        self.raw = name

    @property
    def name(self) -> str:
        return self.__dict__.get("raw", "x")

    @name.setter
    def name(self, name: str) -> None:
        return
