"""The kinds of files that are kept, told by content; what a name or a browser says counts for nothing."""

from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
PDF: Final = "application/pdf"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
HEIC: Final = "image/heic"
"""Known, to say what to do; never kept, since few browsers can show it."""

WEBM: Final = "audio/webm"
OGG: Final = "audio/ogg"
MP4: Final = "audio/mp4"

IMAGES: Final = frozenset({JPEG, PNG, WEBP})
DOCUMENTS: Final = frozenset({PDF})
PAPERS: Final = IMAGES | DOCUMENTS
SLIDES: Final = frozenset({PDF, PPTX})
VOICE: Final = frozenset({WEBM, OGG, MP4})
"""What a browser records when somebody speaks instead of typing."""

ENDINGS: Final = {
    JPEG: "jpg",
    PNG: "png",
    WEBP: "webp",
    PDF: "pdf",
    WEBM: "webm",
    OGG: "ogg",
    MP4: "m4a",
    PPTX: "pptx",
}
WORDS: Final = {
    JPEG: "JPEG",
    PNG: "PNG",
    WEBP: "WebP",
    PDF: "PDF",
    WEBM: "WebM",
    OGG: "Ogg",
    MP4: "M4A",
    PPTX: "PPTX",
}

# An MP4 that holds nothing but sound, or comes in pieces as a browser records it.
_MP4_BRANDS = (b"M4A ", b"isom", b"iso5", b"iso6", b"mp41", b"mp42")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")


def kind_of(content: bytes) -> str:
    """The kind of a file by its first bytes; "" where it is none that is known."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return PDF
    # The names in an archive are not packed; whether it is one, `slides` looks.
    if content.startswith(b"PK\x03\x04") and b"ppt/presentation.xml" in content:
        return PPTX
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:64]:
        return WEBM
    if content.startswith(b"OggS"):
        return OGG
    if content[4:8] == b"ftyp" and content[8:12] in _MP4_BRANDS:
        return MP4
    return ""
