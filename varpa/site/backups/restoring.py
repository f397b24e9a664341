"""Restoring a backup: everything is proved beside what is there, then the two change places."""

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from varpa.privacy import erasures
from varpa.site import boot, locks
from varpa.site.backups import archive, belongings, databases, passing
from varpa.site.backups.archive import Manifest

WORDS = "This folder holds a trial copy of a backup: real people. Nothing leaves it. Delete it afterwards.\n"
UNHEARD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class NotRestoredError(Exception):
    """The backup was not restored, and nothing was changed."""


@dataclass(frozen=True)
class Restored:
    """What came of it. `former`: where what was there lies now, in the data folder; "" where nothing was.

    `erased`: how many people were erased again; `listed`: whether by another list than the backup's own;
    `secret`: whether the key of signatures was in the backup.
    """

    manifest: Manifest
    former: str
    erased: int
    listed: bool
    secret: bool


def restore(
    file: Path,
    *,
    data: Path,
    url: str,
    now: datetime,
    replace: bool = False,
    lists: Sequence[Path] = (),
    trial: bool = False,
) -> Restored:
    """Put an installation in the place of what lies in the data folder, or leave all as it is.

    `lists` are lists of erasures from elsewhere; from a `trial` nothing leaves. Raises NotRestoredError,
    archive.DamagedError, databases.UnfitError, erasures.BadListError, locks.InUseError, each with its
    sentence.
    """
    _require_place(data, file)
    with locks.alone(data):
        former = data / f"former-{now:%Y-%m-%dT%H%M%S}"
        # Asked in any case: it refuses where somebody else is connected.
        filled = bool(url) and databases.filled(url)
        there = belongings.found(data) or filled
        if there and trial and not (data / boot.TRIAL).exists():
            raise NotRestoredError(
                f"There is an installation in {data} already. A trial copy needs a folder of its own "
                "(VARPA_DATA), and a database of its own where DATABASE_URL names one."
            )
        if there and not replace:
            raise NotRestoredError(
                f"There is an installation in {data} already. With --replace it goes aside, to {former.name}."
            )
        broken_off = _broken_off(data)
        with passing.folder(data, passing.RESTORE) as staging:
            manifest = archive.unpack(file, staging)
            if trial:
                (staging / boot.TRIAL).write_text(WORDS)
            _require_known(manifest, url)
            named = [data / erasures.NAME, *broken_off, *lists]
            listed = _names_others(named, staging / erasures.NAME)
            _join(staging / erasures.NAME, named)
            # What the worker had no time to write down any more.
            erasures.add(staging / erasures.NAME, databases.erased(data / belongings.SQLITE, url))
            secret = (staging / "secret.txt").exists()
            with _marked(data), _database(staging, manifest, url, now):
                erased = _brought_up(staging)
                _change_places(data, staging, former)
        passing.sweep(data, passing.RESTORE)
    kept = former.name if former.exists() else ""
    return Restored(manifest, kept, erased, listed, secret)


def _broken_off(data: Path) -> list[Path]:
    """The lists of what a restore left that was killed while places changed; what others left goes now."""
    if not (data / locks.BROKEN_OFF).exists():
        passing.sweep(data, passing.RESTORE)
    return sorted(data.glob(f"{passing.RESTORE}*/{erasures.NAME}"))


def _require_place(data: Path, file: Path) -> None:
    if (data / boot.MARKER).exists():
        raise NotRestoredError(f"{data} holds a demonstration. Name another folder (VARPA_DATA).")
    if not file.is_file():
        raise NotRestoredError(f"There is no file {file}.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def _require_known(manifest: Manifest, url: str) -> None:
    """This version must know each migration, and the database must be of the same kind."""
    kind = "postgresql" if url else "sqlite"
    if manifest.database != kind:
        names = {
            "postgresql": "PostgreSQL, so DATABASE_URL must name one",
            "sqlite": "SQLite, so DATABASE_URL must be empty",
        }
        raise NotRestoredError(f"The backup is of {names.get(manifest.database, manifest.database)}.")
    if ({belongings.DUMP, belongings.SQLITE} & set(manifest.members)) != {
        belongings.DUMP if url else belongings.SQLITE
    }:
        raise archive.DamagedError("The database is not in the backup.")
    for app, step in sorted(manifest.migrations.items()):
        folder = boot.ROOT / "varpa" / app / "migrations"
        if folder.is_dir() and not (folder / f"{step}.py").is_file():
            raise NotRestoredError(newer(manifest, f"{app} {step}"))


def newer(manifest: Manifest, step: str) -> str:
    """The sentence for a backup of a version that is newer than this one."""
    return (
        f"The backup was made by a newer version of Varpa ({manifest.version}): {step} is not known here. "
        "Bring this installation up to that version first."
    )


def _names_others(lists: Sequence[Path], own: Path) -> bool:
    """Whether a list names somebody whom the backup's own does not."""
    return any(set(erasures.read(path)) - set(erasures.read(own)) for path in lists)


@contextmanager
def _marked(data: Path) -> Iterator[None]:
    """Until all is in its place, or back in it, no site starts from here; also after a power cut.

    Ctrl-C and the like are not heard meanwhile: what was there is at stake.
    """
    mark = data / locks.BROKEN_OFF
    before = {each: signal.signal(each, signal.SIG_IGN) for each in UNHEARD}
    try:
        mark.write_text("A backup is being restored here.\n")
        archive.settle(data)
        yield
    finally:
        mark.unlink(missing_ok=True)
        for each, heard in before.items():
            signal.signal(each, heard)


def _join(into: Path, lists: Sequence[Path]) -> None:
    """One list of all: who was erased at any time, in whichever copy, stays erased."""
    for path in lists:
        erasures.add(into, erasures.read(path))


@contextmanager
def _database(staging: Path, manifest: Manifest, url: str, now: datetime) -> Iterator[None]:
    """The database of the backup, proved, where the block finds it; on PostgreSQL put back on a failure."""
    if not url:
        path = staging / belongings.SQLITE
        for fault in databases.prove_sqlite(path):
            # What was known already when it was made is no damage since, and better than nothing.
            if fault not in manifest.faults:
                raise databases.UnfitError(fault)
        if databases.steps_of_sqlite(path) != manifest.migrations:
            raise archive.DamagedError(
                "The migrations in the manifest are not those of the database in the backup."
            )
    else:
        databases.prove_dump(staging / belongings.DUMP)
    place = (
        databases.brought_back(url, staging / belongings.DUMP, f"former_{now:%Y%m%dt%H%M%S}")
        if url
        else nullcontext()
    )
    with place:
        yield


def _brought_up(staging: Path) -> int:
    """Bring the database up to this version and erase whom the list names: how many (`varpa restored`)."""
    told = subprocess.run(
        boot.varpa("restored"),
        env=boot.environment(VARPA_DATA=str(staging)),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        last = (told.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise NotRestoredError(last.removeprefix("Error: "))
    return int(json.loads(told.stdout.splitlines()[-1])["erased"])


def _change_places(data: Path, staging: Path, former: Path) -> None:
    """What is there goes aside, what was restored takes its place; what goes wrong is undone.

    All are renamings inside one folder, the database last: after a power cut no site finds half.
    """
    os.sync()
    with suppress(sqlite3.Error):
        databases.settle(data / belongings.SQLITE)
    done: list[tuple[Path, Path]] = []
    try:
        for name in belongings.MOVED_ASIDE:
            if (data / name).exists():
                former.mkdir(mode=0o700, exist_ok=True)
                _move(data / name, former / name, done)
        for name in belongings.KEPT:
            if (staging / name).exists():
                _move(staging / name, data / name, done)
        archive.settle(data)
    except BaseException as error:
        for source, target in reversed(done):
            if target.exists():
                target.rename(source)
        # Only where nothing is left in it.
        with suppress(OSError):
            former.rmdir()
        if isinstance(error, OSError):
            raise NotRestoredError(f"The files could not change places ({error}).") from error
        raise


def _move(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    # Noted first: what is noted and has not happened is passed over when it is undone.
    done.append((source, target))
    source.rename(target)
