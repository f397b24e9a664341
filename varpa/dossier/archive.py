"""The archive: a ZIP of which every byte follows from what is in it.

Nothing is compressed by it, no time, right or remark stands in it: so the same content gives the same bytes
on every machine, an archive packed again from its own content must be equal to it, and no small archive
unpacks to a large one.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from varpa.documents.archives import entry

SUMS: Final = "SHA256SUMS"
PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Packed:
    """One file of an archive; `title` says to a person what it is."""

    name: str
    title: str
    size: int
    sha256: str


class Packer:
    """Writes an archive, file by file, into an open file; memory does not grow with what is packed."""

    def __init__(self, out: IO[bytes]) -> None:
        self.zip = ZipFile(out, "w", ZIP_STORED)
        self.packed: list[Packed] = []

    def add(self, name: str, content: bytes, title: str = "") -> None:
        """A file that is at hand."""
        self.zip.writestr(_entry(name, len(content)), content)
        self.packed.append(Packed(name, title, len(content), hashlib.sha256(content).hexdigest()))

    def add_from(self, name: str, source: IO[bytes], size: int, title: str = "") -> None:
        """A file of which only pieces are read."""
        sums = hashlib.sha256()
        with self.zip.open(_entry(name, size), "w") as target:
            while piece := source.read(PIECE):
                sums.update(piece)
                target.write(piece)
        self.packed.append(Packed(name, title, size, sums.hexdigest()))

    def add_file(self, name: str, path: Path, title: str = "") -> None:
        """A file that lies on the disk."""
        with path.open("rb") as source:
            self.add_from(name, source, path.stat().st_size, title)

    def close(self) -> None:
        """Write the sums of everything, as `sha256sum -c` reads them, and the directory."""
        lines = (f"{each.sha256}  {each.name}\n" for each in self.packed)
        self.add(SUMS, "".join(lines).encode())
        self.zip.close()


def packed_again(archive: ZipFile, out: IO[bytes]) -> None:
    """The archive as `Packer` would have written it from the same content, in the same order."""
    packer = Packer(out)
    for each in archive.infolist():
        with archive.open(each) as source:
            packer.add_from(each.filename, source, each.file_size)
    packer.zip.close()


def sum_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(name: str, size: int) -> ZipInfo:
    head = entry(name)
    head.file_size = size
    return head
