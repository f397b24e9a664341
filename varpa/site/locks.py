"""Who uses a data folder: a site that is served, its worker, or a restore, which must be alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

SITE: Final = "site.lock"
WORKER: Final = "worker.lock"
DEMONSTRATION: Final = "demonstration.lock"
BROKEN_OFF: Final = "restoring.txt"
"""Lies there from a restore's first change to its last: whoever finds it without a restore knows."""


class InUseError(Exception):
    """Somebody else uses the data folder."""


@contextmanager
def served(data: Path) -> Iterator[None]:
    """While a site is served from here; several may. Raises InUseError, as `hold`."""
    with hold(data):
        yield


def hold(data: Path) -> IO[str]:
    """Serve from here until what this answers is closed, by the end of the process at the latest.

    Raises InUseError where a backup is being restored; also where a restore was broken off: half an
    installation, or one that still has whom it was to erase.
    """
    told = "A backup is being restored here. Start again when it is done."
    held = _taken(data / SITE, fcntl.LOCK_SH, told)
    if (data / BROKEN_OFF).exists():
        held.close()
        raise InUseError(
            f"A restore into {data} was broken off. Run it again with --replace, then start the site."
        )
    return held


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """While nobody may be served from here. A lock ends with whoever holds it, however that ended.

    The worker's is asked too: it outlives a supervisor that was killed. Raises InUseError.
    """
    told = (
        f"The site runs from {data}, or a part of it (web server, worker, lmtp). "
        "End it first (Ctrl-C where it was started)."
    )
    with ExitStack() as stack:
        for name in (SITE, WORKER):
            stack.enter_context(_taken(data / name, fcntl.LOCK_EX, told))
        yield


@contextmanager
def demonstrated(data: Path) -> Iterator[None]:
    """While a demonstration is served from here: one at a time, for one grows it. Raises InUseError."""
    told = f"The demonstration runs from {data} already. End it first (Ctrl-C where it was started)."
    with _taken(data / DEMONSTRATION, fcntl.LOCK_EX, told):
        yield


def worker_runs(data: Path) -> bool:
    """Whether a worker serves this data folder at this moment. Whoever asks makes no file.

    One that root makes could not be opened by the worker.
    """
    try:
        file = (data / WORKER).open()
    except FileNotFoundError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _taken(path: Path, how: int, told: str) -> IO[str]:
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    # Only read where that is enough: a mail server may hand mail in as another user.
    mode = os.O_RDONLY if how == fcntl.LOCK_SH else os.O_RDWR
    file = os.fdopen(os.open(path, mode | os.O_CREAT, 0o644))
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise InUseError(told) from error
    return file
