"""Words out of bytes, however wrongly a mail program names their encoding."""

import codecs

BALTIC = "windows-1257"
# What mail programs call what they mean.
MEANT = {"us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "windows-1252", "iso-8859-13": BALTIC}


def decoded(content: bytes, named: str | None) -> str:
    """The words. UTF-8 is tried before a guess: other encodings hardly ever look like it.

    What is named decides where it fits; else it is the encoding of old Baltic programs.
    """
    for each in (_known(named), "utf-8"):
        if each:
            try:
                return content.decode(each)
            except (UnicodeDecodeError, LookupError):
                continue
    return content.decode(BALTIC, errors="replace")


def _known(named: str | None) -> str:
    name = (named or "").strip().strip("\"'").lower()
    try:
        found = codecs.lookup(MEANT.get(name, name)) if name else None
    except (LookupError, ValueError):
        return ""
    # A codec that is no encoding of words (base64, rot13) would make something else of them.
    return found.name if found and found._is_text_encoding else ""
