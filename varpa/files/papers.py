"""PDF files are kept as they are, but only those that do nothing: no program, no form, no file inside.

The file is searched whole, not by its table of contents, which may lie: its bytes, and what its packed
streams unpack to, layer by layer. Only words that people read (texts, links, titles) may look like a program;
where they do in what tells about the file (XMP), their stroke is taken out. Pictures, which unpack to more
than anything else does, are looked through piece by piece. Where something cannot be looked
into (a password, objects packed in an unusual way), the file is refused. This is one fence of two: a file is
also served as a download, never as a page.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from varpa.files.refusals import ActiveContent, Broken, Locked

UNPACKED_AT_MOST = 64 * 1024 * 1024
PICTURES_AT_MOST = 1024 * 1024 * 1024
"""Of pictures, which are looked through piece by piece and never held: forty pages scanned in colour."""
STREAMS_AT_MOST = 10_000
LAYERS_AT_MOST = 4
"""A stream may be packed, and what it unpacks to packed again."""
_PIECE = 64 * 1024
_UNPACKED_PIECE = 1024 * 1024
_LONGEST_NAME = 64
_FAR = 1000
"""How far from its key, or from the beginning of its object, the name of a packing may stand."""


def _names(*names: str) -> re.Pattern[bytes]:
    """Finds any of these names, also where letters are written as numbers: /J#61vaScript is /JavaScript."""
    spelled = ("".join(f"(?:{each}|(?i:#{ord(each):02x}))" for each in name) for name in names)
    return re.compile(rf"/(?:{'|'.join(spelled)})(?=[\s\0()<>\[\]{{}}/%]|\Z)".encode())


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
_PLAIN = rb"[^()<>\\\r\n]|\\[^\r\n<>]"
_ASIDE = rb"\((?:" + _PLAIN + rb")*+\)"
_SAID = re.compile(rb"\((?:" + _PLAIN + rb"|" + _ASIDE + rb")*+\)")
"""A text on a page, a link, a title: "Photo/Movie (1)" in it is no program. Told narrowly, since a reader may
begin anywhere: nothing in which a dictionary could begin or end, no end of a line (and so of a note), and
what opens in it closes in it, so that a reader who is within a text stays there.
"""
_ABOUT = (b"<rdf:RDF", b"</rdf:RDF>")
"""Where what tells about the file (XMP) begins and ends."""
_DICTIONARY = b"<<"
_LINE_END = re.compile(rb"[\r\n]")
_DOES = re.compile(_names("S", "Type", "Subtype").pattern + rb"[\s\0]*")
_ELSEWHERE = re.compile(rb"\d{1,10}[\s\0]*(?:%|\d{1,10}[\s\0]*[%R])")
_ELSEWHERE_BELOW_A_NOTE = re.compile(rb"[\s\0]*(?:%|\d{1,10}[\s\0%])")
"""What is done is named in another place, which may be the middle of a text; no honest program writes so."""
_LOCKED = _names("Encrypt")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CONTAINER = _names("ObjStm")
_PACKED = _names("Filter")
_UNUSUAL = _names(
    "LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx", "RunLengthDecode", "RL"
)
_PACKING = re.compile(rb"(?P<where>\bobj|" + _names("Filter", "F").pattern + rb")|" + _UNUSUAL.pattern)
"""Three letters in a picture may look like a packing; one stands in a dictionary, or in an object for one."""
_PICTURE = re.compile(_names("Subtype").pattern + rb"[\s\0]*" + _names("Image").pattern)
_PREDICTED = _names("DecodeParms", "DP")


def still(content: bytes) -> bytes:
    """The file as it may be kept. Raises Broken, Locked or ActiveContent where it must not be kept."""
    if b"%%EOF" not in content[-2048:]:
        raise Broken()
    content = b"".join(_without_strokes(content))
    if _stands(_LOCKED, content):
        raise Locked()
    if _CONTAINER.search(content) and _packed_unusually(content):
        raise ActiveContent()
    said = elsewhere = False
    for written in chain([content], _unpacked(content)):
        if _stands(_ACTIVE, written):
            raise ActiveContent()
        said = said or _ACTIVE.search(written) is not None
        elsewhere = elsewhere or _named_elsewhere(written)
    if said and elsewhere:
        raise ActiveContent()
    return content


def _without_strokes(content: bytes) -> Iterator[bytes]:
    """The file with "Photo Movie" for "Photo/Movie" in what tells about it; all stands where it stood.

    Whatever was made to look like that is no program any more either.
    """
    begins, ends = _ABOUT
    here = 0
    while (start := content.find(begins, here)) >= 0 and (end := content.find(ends, start)) >= 0:
        yield content[here:start]
        told = content[start:end]
        for names in (_ACTIVE, _LOCKED):
            told = names.sub(lambda name: b" " + name[0][1:], told)
        yield told
        here = end
    yield content[here:]


def _stands(names: re.Pattern[bytes], written: bytes) -> bool:
    """Whether a name stands where it counts: not in a text, and where a dictionary can begin."""
    if not names.search(written) or _DICTIONARY not in written:
        return False
    return names.search(_SAID.sub(b"()", written)) is not None


def _named_elsewhere(written: bytes) -> bool:
    line_ends = 0
    for found in _DOES.finditer(written):
        place = found.end()
        if _ELSEWHERE.match(written, place):
            return True
        # Once a line, however many stand in it: else a file could be made that takes hours.
        if written[place : place + 1] == b"%" and place >= line_ends:
            ends = _LINE_END.search(written, place)
            line_ends = ends.end() if ends else len(written)
            if _ELSEWHERE_BELOW_A_NOTE.match(written, line_ends):
                return True
    return False


def _packed_unusually(content: bytes) -> bool:
    named = -_FAR
    for found in _PACKING.finditer(content):
        if found["where"]:
            named = found.end()
        elif found.start() - named < _FAR:
            return True
    return False


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What the packed streams hold, layer by layer; of pictures one piece after the other."""
    left, left_of_pictures = UNPACKED_AT_MOST, PICTURES_AT_MOST
    before = 0
    for count, found in enumerate(_STREAM.finditer(content)):
        head = content[before : found.start()]
        before = found.end()
        container = _CONTAINER.search(head) is not None
        if container and _PREDICTED.search(head[head.rfind(b" obj") + 1 :]):
            raise ActiveContent()
        if not container and _PICTURE.search(head) and not _packed_twice(content, found.end()):
            left_of_pictures = _look_through(content, found.end(), left_of_pictures)
            continue
        must = container and _PACKED.search(head) is not None
        layer, start = content, found.end()
        for depth in range(LAYERS_AT_MOST + 1):
            layer, start = _inflated(layer, start, left, must=must and not depth), 0
            if not layer:
                break
            left -= len(layer)
            if left <= 0 or depth == LAYERS_AT_MOST:
                raise Broken()
            yield layer
        if count >= STREAMS_AT_MOST:
            raise Broken()


def _packed_twice(content: bytes, start: int) -> bool:
    return bool(_inflated(_inflated(content, start, _PIECE, must=False), 0, 1, must=False))


def _look_through(content: bytes, start: int, left: int) -> int:
    """Search what is called a picture, which a reader may take for something else; answers what is left."""
    end = b""
    with suppress(zlib.error):
        for piece in _pieces(content, start):
            left -= len(piece)
            if left <= 0:
                raise Broken()
            if _ACTIVE.search(end + piece):
                raise ActiveContent()
            end = piece[-_LONGEST_NAME:]
    return left


def _inflated(content: bytes, start: int, most: int, *, must: bool) -> bytes:
    """What a stream unpacks to; "" where it is packed otherwise, Broken where it `must` unpack."""
    found = bytearray()
    try:
        for piece in _pieces(content, start):
            found += piece[: most - len(found)]
            if len(found) >= most:
                break
    except zlib.error as error:
        if must:
            raise Broken() from error
    return bytes(found)


def _pieces(content: bytes, start: int) -> Iterator[bytes]:
    """Piece by piece: what follows the stream is copied aside, and may be the whole rest of the file."""
    packed = zlib.decompressobj()
    for place in range(start, len(content), _PIECE):
        rest = content[place : place + _PIECE]
        while rest and not packed.eof:
            yield packed.decompress(rest, _UNPACKED_PIECE)
            rest = packed.unconsumed_tail
        if packed.eof:
            return
