"""Static files are gathered under hashed names before the site starts, when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "gathered.txt"


def collect() -> bool:
    """Gather and compress the static files; answers whether there was something to do."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    present = fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(present)
    return True


def fingerprint() -> str:
    """A short text that differs when a static file was added, removed or written again."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            place = Path(storage.path(path))
            seen.update(f"{place}:{place.stat().st_mtime_ns}:{place.stat().st_size}\n".encode())
    return seen.hexdigest()
