"""Files that nobody should be able to do harm with, under names that say something else."""

import io
from collections.abc import Callable
from functools import cache
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.samples import Named, huge_png, pdf, picture

BOMB: Final = 80 * 1024 * 1024
SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
ENTITIES: Final = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(99, 112))
    + b"]><a>&o;</a>"
)


@cache
def _packed(*parts: tuple[str, int | bytes]) -> bytes:
    """An archive; a part given as a number is so many zeros."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, bytes(content) if isinstance(content, int) else content)
    return out.getvalue()


def _file(
    name: str, content: bytes, kind: str = "application/octet-stream"
) -> Callable[[], SimpleUploadedFile]:
    return lambda: SimpleUploadedFile(name, content, content_type=kind)


FILES: Final[dict[str, Callable[[], SimpleUploadedFile]]] = {
    "nothing in it": _file("lapa.jpg", b"", "image/jpeg"),
    "a program called picture": _file("lapa.jpg", b"MZ\x90\0" + b"\0" * 400, "image/jpeg"),
    "half a picture": _file("lapa.png", picture("PNG")[:40], "image/png"),
    "a drawing with a program": _file("zīmējums.svg", SVG, "image/svg+xml"),
    "a drawing called picture": _file("lapa.png", SVG, "image/png"),
    "a picture of any size": _file("liela.png", huge_png(65_000, 65_000), "image/png"),
    "a paper with a program": _file("plāns.pdf", pdf(b"3 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\n")),
    "slides that burst": lambda: _file(
        "slaidi.pptx", _packed(("[Content_Types].xml", b"<a/>"), ("ppt/presentation.xml", BOMB))
    )(),
    "a workbook that bursts": lambda: _file(
        "saraksts.xlsx", _packed(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", BOMB))
    )(),
    "an archive that bursts": lambda: _file(
        "metodika.zip", _packed(("methodology.toml", BOMB), ("../../x.toml", b"a = 1"))
    )(),
    "a workbook of entities": lambda: _file(
        "saraksts.xlsx", _packed(("[Content_Types].xml", ENTITIES), ("xl/workbook.xml", ENTITIES))
    )(),
    "a list of nothing": _file("saraksts.csv", b"\0" * 3000, "text/csv"),
    "a way upwards": lambda: Named("../../../etc/cron.d/x\0.jpg", b"* * * * * root x"),
    "a name that steers": lambda: Named("\x1b[2J\u202egpj.exe\n", b"x"),
}
