"""What belongs to an installation in its data folder, and what of it goes into a backup.

Nothing here wakes Django up: a backup that is read has to be proved before anything is done with it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from varpa.privacy import erasures
from varpa.providers import configured
from varpa.site.boot import TRIAL

SQLITE: Final = "varpa.sqlite3"
DUMP: Final = "database.dump"
SECRETS: Final = ("secret.txt", "badges.json", "vapid.json", configured.FILE)
FOLDERS: Final = ("files", "dossiers")
SQLITE_LOGS: Final = (f"{SQLITE}-wal", f"{SQLITE}-shm")
"""SQLite's own; what stands in them is in the copy of the database."""

RATES: Final = "rates.toml"
"""Taxes that somebody has compared: `varpa.money.rates`."""

KEPT: Final = (TRIAL, *SECRETS, RATES, *FOLDERS, erasures.NAME, SQLITE, *SQLITE_LOGS)
MOVED_ASIDE: Final = (
    SQLITE,
    *SQLITE_LOGS,
    "prepared.txt",
    "mailbox",
    *SECRETS,
    RATES,
    *FOLDERS,
    erasures.NAME,
    TRIAL,
)
"""With the installation that is replaced goes what was sent from it.

The database goes first and comes last: it is never there without what belongs to it.
"""

LEFT: Final = (
    "backed-up.txt",
    "settings.toml",
    "static",
    "demo",
    "demonstration.txt",
    "growth.json",
    "worker.lock",
    "site.lock",
    "demonstration.lock",
    "restoring.txt",
)
"""Of this machine, made anew, of the demonstration, a lock, or of a restore that was broken off."""

_NAMES = re.compile(
    r"files/[0-9a-f]{2}/[0-9a-f]{64}|dossiers/[0-9a-z]+\.zip|"
    + "|".join(re.escape(name) for name in (*SECRETS, RATES, erasures.NAME, SQLITE, DUMP))
)


def is_known(name: str) -> bool:
    """Whether a member of a backup may have this name: no other place is ever written to."""
    return _NAMES.fullmatch(name) is not None


def stored(data: Path) -> Iterator[str]:
    """The names of what lies beside the database; the list of erasures comes last."""
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            name = path.relative_to(data).as_posix()
            if path.is_file() and is_known(name):
                yield name
    yield from (name for name in (*SECRETS, RATES, erasures.NAME) if (data / name).is_file())


def found(data: Path) -> list[str]:
    """What of an installation is there already. A key is made by any command, and a list is welcome."""
    made = (*FOLDERS, "badges.json", "vapid.json", SQLITE, *SQLITE_LOGS)
    return [name for name in made if _something(data / name)]


def _something(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()
