"""What has to be done before the site can start, and whether anything has changed since it was done."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from varpa.site.boot import ROOT, data_folder

STAMP = "prepared.txt"
PARTS = ("*/migrations/*.py", "*/locale/*/LC_MESSAGES/*.po", "*/static/**/*", "ui/styles.py")


def needed() -> bool:
    """Whether a migration, a catalogue, a static file, a package or the database is another one."""
    stamp = data_folder() / STAMP
    return not stamp.exists() or stamp.read_text() != fingerprint()


def prepare() -> int:
    """Bring the database up to this version, compile the catalogues, gather the static files.

    Whom the list of erasures names and the database knows still is erased again: how many. Raises
    erasures.BadListError.
    """
    from django.core.management import call_command

    from varpa.kernel import clock
    from varpa.privacy import erasures
    from varpa.privacy.actions.listing import erase_listed
    from varpa.site import catalogues, tables

    tables.migrate()
    erased = erase_listed(erasures.read(data_folder() / erasures.NAME), clock.now())
    catalogues.compile_all()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    (data_folder() / STAMP).write_text(fingerprint())
    return erased


def fingerprint() -> str:
    """A short text for all that `prepare` reads; takes milliseconds, so that a restart is quick."""
    seen = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    database = data_folder() / "varpa.sqlite3"
    if database.exists():
        seen.update(str(database.stat().st_ino).encode())
    for path in _files():
        known = path.stat()
        seen.update(f"{path.relative_to(ROOT)}:{known.st_mtime_ns}:{known.st_size}\n".encode())
    return seen.hexdigest()


def _files() -> Iterator[Path]:
    yield ROOT / "uv.lock"
    for part in PARTS:
        yield from sorted(path for path in (ROOT / "varpa").glob(part) if path.is_file())
