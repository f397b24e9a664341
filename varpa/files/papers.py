"""PDF files are kept as they are, but only those that do nothing: no program, no form, no file inside.

The file is searched whole, not by its table of contents, which may lie: its bytes, and what its packed
streams unpack to. Where something cannot be looked into (a password, objects packed in an unusual way), the
file is refused. This is one fence of two: a file is also served as a download, never as a page.
"""

import re
import zlib
from collections.abc import Iterator

from varpa.files.refusals import ActiveContent, Broken, Locked

UNPACKED_AT_MOST = 64 * 1024 * 1024
STREAMS_AT_MOST = 10_000
_PIECE = 64 * 1024


def _names(*names: str) -> re.Pattern[bytes]:
    """Finds any of these names, also where letters are written as numbers: /J#61vaScript is /JavaScript."""
    spelled = ("".join(f"(?:{each}|(?i:#{ord(each):02x}))" for each in name) for name in names)
    return re.compile(f"/(?:{'|'.join(spelled)})(?![A-Za-z0-9])".encode())


_ACTIVE = _names(
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "ImportData",
    "SubmitForm",
    "Rendition",
    "XFA",
    "GoToE",
    "Movie",
    "Sound",
)
_LOCKED = _names("Encrypt")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CONTAINER = _names("ObjStm")
_PACKED = _names("Filter")
_UNUSUAL = _names(
    "LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx", "RunLengthDecode", "RL"
)
_PREDICTED = _names("DecodeParms", "DP")


def check(content: bytes) -> None:
    """Raise Broken, Locked or ActiveContent where the file must not be kept."""
    if b"%%EOF" not in content[-2048:]:
        raise Broken()
    if _LOCKED.search(content):
        raise Locked()
    if _ACTIVE.search(content) or (_CONTAINER.search(content) and _UNUSUAL.search(content)):
        raise ActiveContent()
    if any(_ACTIVE.search(unpacked) for unpacked in _unpacked(content)):
        raise ActiveContent()


def _unpacked(content: bytes) -> Iterator[bytes]:
    left = UNPACKED_AT_MOST
    before = 0
    for count, found in enumerate(_STREAM.finditer(content)):
        head = content[before : found.start()]
        before = found.end()
        container = _CONTAINER.search(head) is not None
        if container and _PREDICTED.search(head[head.rfind(b" obj") + 1 :]):
            raise ActiveContent()
        must = container and _PACKED.search(head) is not None
        unpacked = _inflated(content, found.end(), left, must=must)
        left -= len(unpacked)
        if left <= 0 or count >= STREAMS_AT_MOST:
            raise Broken()
        yield unpacked


def _inflated(content: bytes, start: int, most: int, *, must: bool) -> bytes:
    """What a stream unpacks to; "" where it is packed otherwise, Broken where it `must` unpack."""
    packed = zlib.decompressobj()
    found = bytearray()
    try:
        # Piece by piece: what follows the stream is copied aside, and may be the whole rest of the file.
        for place in range(start, len(content), _PIECE):
            found += packed.decompress(content[place : place + _PIECE], most - len(found))
            if packed.eof or len(found) >= most:
                break
    except zlib.error as error:
        if must:
            raise Broken() from error
    return bytes(found)
