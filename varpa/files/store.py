"""Where the bytes lie: in `settings.MEDIA_ROOT`, outside every web root, named by their hash."""

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def put(sha256: str, content: bytes) -> None:
    """Keep the bytes, whole or not at all; what is kept already stays as it is."""
    path = _path(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def remove(sha256: str) -> None:
    """Take the bytes off the disk; what is gone already stays gone."""
    _path(sha256).unlink(missing_ok=True)


def opened(sha256: str) -> BinaryIO:
    """The bytes, to read; FileNotFoundError where they are gone."""
    return _path(sha256).open("rb")


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _settle(folder: Path) -> None:
    # Without this a power cut may keep the bytes and lose their name.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
