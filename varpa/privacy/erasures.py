"""The list of erasures: references and times in a file beside the database, so that it outlives that.

A line is `2026-11-27T02:15:00+00:00 REF`: when, and the reference of a person of whom nothing is left.
Whoever restores a backup erases again whom it names (decision 0025).
"""

import fcntl
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from varpa.kernel.refs import is_ref

NAME: Final = "erasures.txt"


class BadListError(Exception):
    """A line of a list of erasures is none: somebody who was erased could be missed."""


def read(path: Path) -> dict[str, datetime]:
    """When whom: the earliest time of each reference; empty where there is no list. Raises BadListError.

    A last line without its end counts where it can be read, for an editor may have left the end out;
    where it cannot, it was never finished, and whoever wrote it writes it again.
    """
    if not path.exists():
        return {}
    found: dict[str, datetime] = {}
    *lines, last = path.read_text("utf-8", "replace").split("\n")
    for number, line in enumerate([*lines, *([last] if _read(last) else [])], 1):
        told = _read(line)
        if told is None:
            raise BadListError(f"Line {number} of the list of erasures {path} cannot be read.")
        ref, moment = told
        found[ref] = min(moment, found.get(ref, moment))
    return found


def _read(line: str) -> tuple[str, datetime] | None:
    """Whom a line names, and when; None where it cannot be read."""
    at, _space, ref = line.removesuffix("\r").partition(" ")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (ref, moment) if moment.tzinfo and is_ref(ref) else None


def add(path: Path, erased: Mapping[str, datetime]) -> None:
    """Append whom the list does not name yet; afterwards it is on the disk. Raises BadListError."""
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = read(path)
        # What a power cut has left of a line would spoil the next one; a whole one lacks its end alone.
        whole, last = file.read(), ""
        if not whole.endswith(b"\n"):
            last = whole[whole.rfind(b"\n") + 1 :].decode("utf-8", "replace")
        if _read(last):
            file.write(b"\n")
        else:
            file.truncate(whole.rfind(b"\n") + 1)
        file.seek(0, os.SEEK_END)
        new = sorted((at, ref) for ref, at in erased.items() if ref not in known)
        file.write("".join(f"{at.isoformat()} {ref}\n" for at, ref in new).encode())
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
