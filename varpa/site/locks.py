"""Who uses a data folder: a site that is served, its worker, or a restore, which must be alone."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

SITE: Final = "site.lock"
WORKER: Final = "worker.lock"
DEMONSTRATION: Final = "demonstration.lock"
BROKEN_OFF: Final = "restoring.txt"
"""Lies there from a restore's first change to its last: whoever finds it without a restore knows."""


class InUseError(Exception):
    """Somebody else uses the data folder."""


@contextmanager
def served(data: Path) -> Iterator[None]:
    """While a site is served from here; several may. Raises InUseError where a backup is being restored.

    Also where a restore was broken off: half an installation, or one that still has whom it was to erase.
    """
    with _held(data / SITE, fcntl.LOCK_SH, "A backup is being restored here. Start again when it is done."):
        if (data / BROKEN_OFF).exists():
            raise InUseError(
                f"A restore into {data} was broken off. Run it again with --replace, then start the site."
            )
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """While nobody may be served from here. A lock ends with whoever holds it, however that ended.

    The worker's is asked too: it outlives a supervisor that was killed. Raises InUseError.
    """
    told = f"The site runs from {data}. End it first (Ctrl-C where it was started)."
    with ExitStack() as stack:
        for name in (SITE, WORKER):
            stack.enter_context(_held(data / name, fcntl.LOCK_EX, told))
        yield


@contextmanager
def demonstrated(data: Path) -> Iterator[None]:
    """While a demonstration is served from here: one at a time, for one grows it. Raises InUseError."""
    told = f"The demonstration runs from {data} already. End it first (Ctrl-C where it was started)."
    with _held(data / DEMONSTRATION, fcntl.LOCK_EX, told):
        yield


@contextmanager
def _held(path: Path, how: int, told: str) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(told) from error
        yield
