"""Proving that a dossier is as it was made: every byte of it, and what to do where it is not."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from varpa.applications.rosters.workbooks import rows_of_workbook
from varpa.dossier.archive import PIECE, SUMS, packed_again, sum_of
from varpa.kernel.refusals import Refusal

MOST_FILES: Final = 500_000
END: Final = 22
"""Bytes of the end of an archive."""
MOST_SUMS: Final = 100 * PIECE
INDEX: Final = ("index.pdf", "index.csv", "index.xlsx")
"""Stand in every dossier; the last two name every other file with its size and its sum."""


class Verified(NamedTuple):
    """How many files, their bytes together, and the SHA-256 of the whole archive."""

    files: int
    size: int
    sha256: str


def told(found: Verified, name: str, *, compared: bool) -> str:
    """That a dossier is as it was made, in the language that is active."""
    unchanged = _("{name}: nothing was changed. Files: {files}, bytes: {size}.")
    lines = [str(unchanged).format(name=name, files=found.files, size=found.size), f"SHA-256 {found.sha256}"]
    if not compared:
        compare = _("Compare it with the sum on the programme’s page of dossiers, or give it with {option}.")
        lines.append(str(compare).format(option="--sha256"))
    return "\n".join(lines)


class NoArchive(Refusal):
    sentence = _(
        "{file} is no dossier: it is no ZIP archive, or its end is missing. Fetch it once more from where it "
        "was downloaded, and check that the download was finished."
    )


class NotAsWeWrite(Refusal):
    sentence = _(
        "{name} in {file} is written in a way in which no dossier is written ({how}). Nothing was unpacked. "
        "Do not open it; ask whoever sent it for the dossier anew."
    )


class NoSums(Refusal):
    sentence = _(
        "{file} has no list of sums ({sums}), or it cannot be read. It is no dossier, or the list was taken "
        "out. Ask for the dossier anew."
    )


class Missing(Refusal):
    sentence = _("{name} is missing: the list of sums names it. Ask for the dossier anew.")


class Added(Refusal):
    sentence = _("{name} was added: the list of sums does not know it. Ask for the dossier anew.")


class Changed(Refusal):
    sentence = _(
        "{name} was changed: its content does not have the sum that is listed. Ask for the dossier anew."
    )


class NoIndex(Refusal):
    sentence = _("{name} is missing, which stands in every dossier. Ask for the dossier anew.")


class OtherIndex(Refusal):
    sentence = _(
        "What {index} says of {name} is not what is in the archive: the index names every file with its size "
        "and its sum. Ask for the dossier anew."
    )


class ChangedAround(Refusal):
    sentence = _(
        "The content of all files is right, but the archive was changed around {name}, at byte {place}. Ask "
        "for the dossier anew."
    )


class OtherSum(Refusal):
    sentence = _(
        "The archive agrees with itself, but its SHA-256 is {found}, not {asked}: it is another one than "
        "that of the page. Ask for the dossier anew."
    )


def verify(path: Path, *, expected: str = "") -> Verified:
    """Check the whole archive; `expected` is the SHA-256 that the page shows. Raises one of the above."""
    try:
        _require_whole(path)
        with ZipFile(path) as archive:
            entries = archive.infolist()
            # A workbook inside has an end of its own: that of a broken download is not the archive's.
            if not entries or min(each.header_offset for each in entries):
                raise NoArchive(file=path.name)
            _require_ours(path, entries)
            listed = _listed(archive, path)
            _compare(archive, entries, listed)
            _require_sums_as_written(archive, path, listed)
            _require_indexed(archive, entries, listed)
            _require_same(archive, path)
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NoArchive(file=path.name) from error
    found = sum_of(path)
    if expected and expected.strip().lower() != found:
        raise OtherSum(found=found, asked=expected.strip())
    return Verified(len(entries), path.stat().st_size, found)


def _require_whole(path: Path) -> None:
    """The last bytes are those of an archive without a remark."""
    with path.open("rb") as file:
        file.seek(-min(END, path.stat().st_size), SEEK_END)
        if not file.read().startswith(b"PK\x05\x06"):
            raise NoArchive(file=path.name)


def _require_ours(path: Path, entries: list[ZipInfo]) -> None:
    """Nothing twice, nothing outside the folder, nothing that unpacks to more than it is."""
    twice = [name for name, count in Counter(each.filename for each in entries).items() if count > 1]
    if twice:
        raise NotAsWeWrite(name=_shown(twice[0]), file=path.name, how=_("it is in it twice"))
    if len(entries) > MOST_FILES:
        raise NotAsWeWrite(name=SUMS, file=path.name, how=_("too many files"))
    for each in entries:
        how = _strange(each)
        if how:
            raise NotAsWeWrite(name=_shown(each.filename), file=path.name, how=how)
    if sum(each.file_size for each in entries) > path.stat().st_size:
        raise NotAsWeWrite(name=SUMS, file=path.name, how=_("it unpacks to more than it is"))


def _strange(entry: ZipInfo) -> object:
    """What is strange about an entry; "" where nothing is."""
    # What stands in the directory; the library cuts a name at its first zero byte.
    name = entry.orig_filename
    if not name or name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
        return _("its name leads out of the folder")
    if not name.isascii() or not name.isprintable() or name.endswith("/"):
        return _("its name has strange signs")
    if entry.compress_type != ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits:
        return _("it is compressed or encrypted")
    return ""


def _listed(archive: ZipFile, path: Path) -> dict[str, str]:
    """{name: sum} as `sha256sum` writes it."""
    try:
        entry = archive.getinfo(SUMS)
        if entry.file_size > MOST_SUMS:
            raise NoSums(file=path.name, sums=SUMS)
        lines = _content(archive, entry).decode("ascii").splitlines()
        pairs = [line.split("  ", 1) for line in lines]
        return {name: digest for digest, name in pairs}
    except (KeyError, UnicodeDecodeError, ValueError) as error:
        raise NoSums(file=path.name, sums=SUMS) from error


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except (BadZipFile, EOFError) as error:
        raise Changed(name=_shown(entry.filename)) from error


def _compare(archive: ZipFile, entries: list[ZipInfo], listed: dict[str, str]) -> None:
    there = {each.filename for each in entries} - {SUMS}
    for name in sorted(set(listed) - there):
        raise Missing(name=_shown(name))
    for name in sorted(there - set(listed)):
        raise Added(name=_shown(name))
    for each in entries:
        if each.filename != SUMS and _digest(archive, each) != listed[each.filename]:
            raise Changed(name=_shown(each.filename))


def _require_sums_as_written(archive: ZipFile, path: Path, listed: dict[str, str]) -> None:
    """Each file once and in its order, on lines that `sha256sum -c` reads."""
    names = [each.filename for each in archive.infolist() if each.filename != SUMS]
    written = "".join(f"{listed[name]}  {name}\n" for name in names)
    if archive.read(SUMS) != written.encode():
        raise NoSums(file=path.name, sums=SUMS)


def _require_indexed(archive: ZipFile, entries: list[ZipInfo], listed: dict[str, str]) -> None:
    """The index names every file as it is, and none besides: whoever reads it alone is told the truth."""
    sizes = {each.filename: str(each.file_size) for each in entries}
    there = {name: (sizes[name], digest) for name, digest in listed.items()}
    for name in INDEX:
        if there.pop(name, None) is None:
            raise NoIndex(name=name)
    for index in INDEX[1:]:
        try:
            rows = [row for row in _rows(index, archive.read(index)) if any(row)][1:]
            told = {row[0]: (row[2], row[3]) for row in rows}
        except (Refusal, csv.Error, IndexError, UnicodeDecodeError) as error:
            raise OtherIndex(index=index, name=index) from error
        differ = sorted(name for name in there.keys() | told.keys() if there.get(name) != told.get(name))
        if differ or len(rows) != len(told):
            raise OtherIndex(index=index, name=_shown(next(iter(differ), index)))


def _rows(index: str, content: bytes) -> Iterator[list[str]]:
    if index.endswith(".csv"):
        yield from csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    else:
        yield from (cells for _number, cells in rows_of_workbook(content).rows)


def _digest(archive: ZipFile, entry: ZipInfo) -> str:
    """The sum of one file; "" where it cannot be read to its end."""
    sums = hashlib.sha256()
    try:
        with archive.open(entry) as source:
            while piece := source.read(PIECE):
                sums.update(piece)
    except (BadZipFile, EOFError):
        return ""
    return sums.hexdigest()


def _require_same(archive: ZipFile, path: Path) -> None:
    """Packed again from its own content it has to be the same to the byte: names, directory, all."""
    with TemporaryFile() as again, path.open("rb") as given:
        packed_again(archive, again)
        again.seek(0)
        place = _difference(given, again)
    if place is not None:
        before = [each.filename for each in archive.infolist() if each.header_offset <= place]
        raise ChangedAround(name=_shown(before[-1]) if before else path.name, place=place)


def _difference(one: IO[bytes], other: IO[bytes]) -> int | None:
    """At which byte two files differ, None where they do not."""
    place = 0
    while True:
        mine, theirs = one.read(PIECE), other.read(PIECE)
        if mine != theirs:
            same = (at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b)
            return place + next(same, min(len(mine), len(theirs)))
        if not mine:
            return None
        place += len(mine)


def _shown(name: str) -> str:
    """A name that cannot move the cursor of who reads the sentence."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:200]
