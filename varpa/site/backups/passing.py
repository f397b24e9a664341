"""Folders for what is only passing: gone with their block, or swept up after a process that was killed."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

BACKUP: Final = ".varpa-backup-"
"""Beside the file of a backup that is being written."""
RESTORE: Final = ".restoring-"
"""In the data folder, while a backup is unpacked and proved."""
IN_USE: Final = "in-use.lock"
NEVER_BEGUN_SECONDS: Final = 3600.0


@contextmanager
def folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder, its owner's alone; other processes see that it is in use."""
    while True:
        with TemporaryDirectory(dir=parent, prefix=prefix) as made:
            held = hold(Path(made))
            if held is not None:
                with held:
                    yield Path(made)
                return


def hold(made: Path) -> IO[bytes] | None:
    """The lock that keeps a folder from being swept up, until it is closed; None where it was swept up."""
    try:
        file = (made / IN_USE).open("ab")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    except OSError:
        # A disk of the network that knows no locks: nothing is ever swept up there either.
        return file
    try:
        if os.path.samestat(os.fstat(file.fileno()), (made / IN_USE).stat()):
            return file
    except FileNotFoundError:
        pass
    file.close()
    return None


def sweep(parent: Path, prefix: str) -> None:
    """Remove the folders whose processes have ended; one of which nobody can tell stays."""
    for left in parent.glob(f"{prefix}*"):
        try:
            with (left / IN_USE).open("rb+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            _sweep_without_lock(left)
        except OSError:
            continue


def _sweep_without_lock(left: Path) -> None:
    """Killed before it took its lock, or while it was removed: whoever has just made it takes one at once."""
    try:
        age = time.time() - left.stat().st_mtime
    except FileNotFoundError:
        return
    if age > NEVER_BEGUN_SECONDS:
        shutil.rmtree(left, ignore_errors=True)
