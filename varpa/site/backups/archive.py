"""The file of a backup: a ZIP with everything, and last `manifest.json`, which lists it with sums."""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from varpa.site.backups import belongings, passing

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
PIECE: Final = 1 << 20
PACKED: Final = (belongings.SQLITE,)
"""The others are packed already."""

LARGEST_MANIFEST: Final = 256 * PIECE
# What the zip library says of bytes that are not what they were.
DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, RuntimeError, OverflowError, ValueError, KeyError),
)


class DamagedError(Exception):
    """The file is no whole backup; the sentence names what is wrong in it."""


@dataclass(frozen=True)
class Sum:
    """A member's size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup is: by which version, when (ISO 8601, UTC), each app's last migration, its members.

    `faults`: what was wrong with the installation when it was made, a sentence each.
    """

    version: str
    made_at: str
    database: str
    migrations: dict[str, str]
    members: dict[str, Sum] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    format: int = FORMAT


class Writer:
    """Writes members one after the other; memory does not grow with them.

    `unread`: what could not be read, to its end or at all, and why; whatever else there is goes on.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self.zip = ZipFile(out, "w", allowZip64=True)
        self.members: dict[str, Sum] = {}
        self.unread: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """A file that lies on the disk. Raises FileNotFoundError before anything is written."""
        try:
            source = path.open("rb")
        except PermissionError as error:
            self.unread[name] = str(error.strerror)
            return
        with source:
            head = _head(name, ZIP_DEFLATED if name in PACKED else ZIP_STORED)
            seen, size = hashlib.sha256(), 0
            with self.zip.open(head, "w", force_zip64=True) as target:
                while piece := self._piece(name, source):
                    seen.update(piece)
                    size += len(piece)
                    target.write(piece)
        self.members[name] = Sum(size, seen.hexdigest())

    def _piece(self, name: str, source: IO[bytes]) -> bytes:
        try:
            return source.read(PIECE)
        except OSError as error:
            self.unread[name] = str(error.strerror)
            return b""

    def close(self, manifest: Manifest) -> None:
        """Write the manifest; the directory comes when the ZIP is closed."""
        manifest.members = self.members
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
        self.zip.writestr(_head(MANIFEST, ZIP_DEFLATED), text)


@contextmanager
def whole(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """An open file that gets its name only when all is written, and a folder beside it for what is passing.

    Both are their owner's alone. Raises FileExistsError where there is a file of this name.
    """
    if path.exists():
        raise FileExistsError(path)
    passing.sweep(path.parent, passing.BACKUP)
    with passing.folder(path.parent, passing.BACKUP) as made:
        part = made / "backup.part"
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as out:
            yield out, made
            out.flush()
            os.fsync(out.fileno())
        # A link, not a renaming: it would take the place of a file that came meanwhile.
        os.link(part, path)
        settle(path.parent)


def manifest_of(path: Path) -> Manifest:
    """The manifest of a backup. Raises DamagedError."""
    with _opened(path) as archive:
        return _manifest(archive)


def unpack(path: Path, folder: Path) -> Manifest:
    """Write all members into an empty folder, each proved while it is read. Raises DamagedError."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        names = [each.filename for each in archive.infolist()]
        _agree(names, manifest)
        for name, told in manifest.members.items():
            _write(archive, name, told, folder / name)
    return manifest


def _agree(names: list[str], manifest: Manifest) -> None:
    there, told = set(names), {MANIFEST, *manifest.members}
    for name in sorted(told - there):
        raise DamagedError(f"“{name}” stands in the manifest, but is not in the backup.")
    for name in sorted(there - told):
        raise DamagedError(f"“{name}” is in the backup, but does not stand in its manifest.")
    if len(names) != len(there):
        raise DamagedError("A file stands in the backup twice.")


def _write(archive: ZipFile, name: str, told: Sum, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seen, size = hashlib.sha256(), 0
    with open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        try:
            with archive.open(name) as source:
                # No more than was told: a small file that unpacks to a large one fills no disk.
                while size <= told.size and (piece := source.read(PIECE)):
                    seen.update(piece)
                    size += len(piece)
                    out.write(piece)
        except DAMAGE as error:
            raise DamagedError(f"“{name}” in the backup is damaged.") from error
        out.flush()
        os.fsync(out.fileno())
    if Sum(size, seen.hexdigest()) != told:
        raise DamagedError(f"“{name}” in the backup is not what its manifest says.")


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(path)
    except DAMAGE as error:
        raise DamagedError(
            "The file is no whole backup: it was broken off, or its directory is damaged."
        ) from error
    with archive:
        yield archive


def _manifest(archive: ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise DamagedError(f"“{MANIFEST}” in the backup is too large.")
        read = json.loads(archive.read(MANIFEST))
        if read["format"] != FORMAT:
            raise DamagedError("A newer version of Varpa has made this backup: its form is not known here.")
        return _typed(read)
    except (*DAMAGE, TypeError, AttributeError) as error:
        raise DamagedError(f"“{MANIFEST}” in the backup is damaged.") from error


def _typed(read: dict[str, Any]) -> Manifest:
    members = {str(name): Sum(int(of["size"]), str(of["sha256"])) for name, of in read["members"].items()}
    unknown = [name for name in members if not belongings.is_known(name)]
    if unknown:
        raise DamagedError(f"“{unknown[0]}” in the backup belongs to no installation.")
    steps = {str(app): str(name) for app, name in read["migrations"].items()}
    about = str(read["version"]), str(read["made_at"]), str(read["database"])
    return Manifest(*about, steps, members, [str(fault) for fault in read.get("faults", [])])


def _head(name: str, packing: int) -> ZipInfo:
    head = ZipInfo(name)
    head.compress_type = packing
    head.external_attr = 0o600 << 16
    return head


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
