"""Making a backup while the site writes."""

import tomllib
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from varpa.site import boot
from varpa.site.backups import archive, belongings, databases
from varpa.site.backups.archive import Manifest, Writer


class NothingThereError(Exception):
    """There is no real installation to back up."""


def back_up(file: Path, *, data: Path, url: str, now: datetime) -> Manifest:
    """Write everything of an installation into one file, whole or not at all, its owner's alone.

    First the database: a row of a file is never kept before its bytes are on the disk, so whatever the copy
    names lies there still, unless it was erased meanwhile; of whom, the list of erasures says, which comes
    last.
    Raises NothingThereError, FileExistsError, databases.UnfitError.
    """
    if (data / boot.MARKER).exists():
        raise NothingThereError(f"{data} holds a demonstration: it is grown anew, not backed up.")
    if not url and not (data / belongings.SQLITE).exists():
        raise NothingThereError(f"There is no installation in {data} (VARPA_DATA).")
    with archive.whole(file) as (out, passing):
        copy = passing / (belongings.DUMP if url else belongings.SQLITE)
        if url:
            steps = databases.dump(url, copy)
        else:
            databases.copy_sqlite(data / belongings.SQLITE, copy)
            steps = databases.steps_of_sqlite(copy)
        writer = Writer(out)
        manifest = Manifest(version(), now.isoformat(), "postgresql" if url else "sqlite", steps)
        with writer.zip:
            writer.add(copy.name, copy)
            copy.unlink()
            for name in belongings.stored(data):
                # What was taken off the disk meanwhile belongs to nobody any more.
                with suppress(FileNotFoundError):
                    writer.add(name, data / name)
            writer.close(manifest)
    return manifest


def version() -> str:
    """The version of the product that runs here."""
    project = boot.ROOT / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text())["project"]["version"])
    try:
        return installed("varpa")
    except PackageNotFoundError:
        return "unknown"
