"""The name under which a file is shown and saved: what its owner called it, made harmless."""

import re
import unicodedata

from varpa.files.kinds import ENDINGS

LENGTH = 120
_SEPARATORS = re.compile(r"[/\\]")
_UNFIT = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")


def cleaned(name: str, kind: str) -> str:
    """The last part of a path, without signs that steer a terminal or a file system, ending as its kind."""
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    spaced = _SPACES.sub(" ", _UNFIT.sub("", last))
    kept = "".join(each for each in spaced if not unicodedata.category(each).startswith("C"))
    stem = kept.rpartition(".")[0] if "." in kept else kept
    ending = ENDINGS[kind]
    return f"{stem.strip(' .')[: LENGTH - len(ending) - 1].rstrip(' .') or 'file'}.{ending}"
