"""Making a backup while the site writes."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from varpa.site import boot, locks
from varpa.site.backups import archive, belongings, databases, passing
from varpa.site.backups.archive import Manifest, Writer


class NothingThereError(Exception):
    """There is no real installation to back up."""


def back_up(file: Path, *, data: Path, url: str, now: datetime) -> Manifest:
    """Write everything of an installation into one file, whole or not at all, its owner's alone.

    First the database: a row of a file is never kept before its bytes are on the disk, so whatever the copy
    names lies there still, unless it was erased meanwhile; of whom, the list of erasures says, which comes
    last.
    The copy of the database is proved: no file comes of a damaged one. What else is wrong, such as a stored
    file that is missing, stands in `faults` of the manifest: everything else is backed up the more.
    Answers of surveys that are not sent yet are in no backup: there they would lie on beside whose they are.
    Raises NothingThereError, FileExistsError, databases.UnfitError.
    """
    if (data / boot.MARKER).exists():
        raise NothingThereError(f"{data} holds a demonstration: it is grown anew, not backed up.")
    if (data / boot.TRIAL).exists():
        raise NothingThereError(f"{data} holds a trial copy of a backup. That backup is what to keep.")
    if not url and not (data / belongings.SQLITE).exists():
        raise NothingThereError(f"There is no installation in {data} (VARPA_DATA).")
    if not (data / locks.BROKEN_OFF).exists():
        # What a killed restore has left is a copy of people's data that no erasure reaches.
        passing.sweep(data, passing.RESTORE)
    with archive.whole(file) as (out, beside):
        copy = beside / (belongings.DUMP if url else belongings.SQLITE)
        if url:
            told, faults = databases.dump(url, copy), []
            databases.prove_dump(copy)
        else:
            databases.copy_sqlite(data / belongings.SQLITE, copy)
            databases.empty_drafts(copy)
            told, faults = databases.told_by_sqlite(copy), databases.prove_sqlite(copy)
        writer = Writer(out)
        manifest = Manifest(version(), now.isoformat(), "postgresql" if url else "sqlite", told.steps)
        with writer.zip:
            writer.add(copy.name, copy)
            if writer.unread:
                raise OSError(f"the copy of the database could not be read ({writer.unread[copy.name]})")
            copy.unlink()
            for name in belongings.stored(data):
                # What was taken off the disk meanwhile belongs to nobody any more.
                with suppress(FileNotFoundError):
                    writer.add(name, data / name)
            manifest.faults = [*faults, *_faults(writer, told.stored, data, url)]
            writer.close(manifest)
    return manifest


def _faults(writer: Writer, stored: dict[str, str], data: Path, url: str) -> Iterator[str]:
    """What is wrong with what lies beside the database, a sentence each."""
    for name, why in writer.unread.items():
        yield f"{name} could not be read ({why})."
    for name, sha256 in sorted(stored.items()):
        if name in writer.members and name not in writer.unread and writer.members[name].sha256 != sha256:
            yield f"The stored file {name} is not what it was: its content has changed."
    missing = sorted(stored.keys() - writer.members.keys() - writer.unread.keys())
    if missing:
        # What was erased since the database was copied is named no more, and has gone by right.
        told = (
            databases.told_by_postgresql(url) if url else databases.told_by_sqlite(data / belongings.SQLITE)
        )
        for name in missing:
            if name in told.stored and not (data / name).exists():
                yield f"The stored file {name} is missing."


def version() -> str:
    """The version of the product that runs here."""
    project = boot.ROOT / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text())["project"]["version"])
    try:
        return installed("varpa")
    except PackageNotFoundError:
        return "unknown"
