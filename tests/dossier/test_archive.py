"""The archive: the same bytes for the same state, and proof that nothing was changed."""

import hashlib
import io
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.dossier.conftest import built, lived, names_in, raw
from varpa.documents.tables import csv_of, xlsx_of
from varpa.dossier import verifying
from varpa.dossier.archive import SUMS, Packer
from varpa.dossier.verifying import verify

pytestmark = pytest.mark.django_db
Write = Callable[[zipfile.ZipFile], None]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive as we write them, without a programme."""
    return packed(tmp_path / "small.zip", {"01-frame/a.csv": b"Keramika;1\n" * 40})


def packed(path: Path, files: dict[str, bytes], index: dict[str, bytes] | None = None) -> Path:
    """`index`: what its files say, where that is another thing than what is packed."""
    with path.open("wb") as out:
        packer = Packer(out)
        for name, content in files.items():
            packer.add(name, content)
        for name, content in (index or index_of(files)).items():
            packer.add(name, content)
        packer.close()
    return path


def index_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The index of files as a dossier has it."""
    rows = [(name, "", len(said), hashlib.sha256(said).hexdigest()) for name, said in files.items()]
    heads = ("File", "What it is", "Bytes", "SHA-256")
    return {
        "index.pdf": b"%PDF-1.7",
        "index.csv": csv_of(heads, rows),
        "index.xlsx": xlsx_of(heads, rows, "Index"),
    }


def unpacked(path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of a dossier, and its index."""
    said = {name: raw(path, name) for name in names_in(path) if name != SUMS}
    return (
        {name: content for name, content in said.items() if not name.startswith("index.")},
        {name: content for name, content in said.items() if name.startswith("index.")},
    )


def rewritten(archive: Path, change: Write, **how: Any) -> Path:
    """The same files written by somebody else's hand, and something more."""
    path = archive.with_name("other.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w", **how) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), old.read(entry))
        change(new)
    return path


def test_the_same_state_gives_the_same_bytes(rich: Cast, tmp_path: Path) -> None:
    first, second = built(rich, tmp_path / "1.zip"), built(rich, tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()
    assert verify(first).files == len(names_in(first))
    assert [each for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_asking_for_a_dossier_is_no_change_of_what_is_in_it(cast: Cast, tmp_path: Path) -> None:
    from varpa.dossier.actions.asking import ask_dossier

    before = built(cast, tmp_path / "1.zip").read_bytes()
    ask_dossier(programme=cast.programme, by=cast.inga, now=make.NOW, language="lv")
    assert built(cast, tmp_path / "2.zip").read_bytes() == before


def test_another_state_gives_other_bytes(cast: Cast, tmp_path: Path) -> None:
    before = built(cast, tmp_path / "1.zip").read_bytes()
    lived(cast)
    assert built(cast, tmp_path / "2.zip").read_bytes() != before


def test_the_sums_are_read_by_sha256sum(rich: Cast, tmp_path: Path) -> None:
    path = built(rich, tmp_path / "1.zip")
    with zipfile.ZipFile(path) as opened:
        opened.extractall(tmp_path / "out")
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path / "out", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(names_in(path)) - 1


def test_every_single_changed_byte_is_found(archive: Path) -> None:
    """Data, sums, local headers, directory, its end: all of it."""
    whole = archive.read_bytes()
    assert verify(archive).size == len(whole)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        archive.write_bytes(changed)
        with pytest.raises(verifying.Refusal) as told:
            verify(archive)
        assert str(told.value).rstrip().endswith("."), place


def test_a_changed_content_is_told_by_its_file(rich: Cast, tmp_path: Path) -> None:
    path = built(rich, tmp_path / "1.zip")
    whole = path.read_bytes()
    place = whole.index(b"Keramikas") if b"Keramikas" in whole else whole.index(b"Rimantas")
    path.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
    with pytest.raises(verifying.Changed) as told:
        verify(path)
    assert ".csv was changed" in str(told.value)
    assert "Ask for the dossier anew" in str(told.value)


def test_no_zip_at_all(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18):
        path.write_bytes(content)
        with pytest.raises((verifying.NoArchive, verifying.NoSums)):
            verify(path)


def test_a_broken_download(rich: Cast, tmp_path: Path) -> None:
    path = built(rich, tmp_path / "1.zip")
    whole = path.read_bytes()
    for cut in (1, 22, len(whole) // 2):
        path.write_bytes(whole[:-cut])
        with pytest.raises(verifying.NoArchive, match="Fetch it once more"):
            verify(path)


def test_a_file_that_was_added(archive: Path) -> None:
    with pytest.raises(verifying.Added, match=r"extra\.csv was added"):
        verify(rewritten(archive, lambda new: new.writestr("extra.csv", "x")))


def test_a_file_that_was_taken_out(tmp_path: Path, archive: Path) -> None:
    path = tmp_path / "less.zip"
    with path.open("wb") as out:
        packer = Packer(out)
        packer.add("01-frame/a.csv", raw(archive, "01-frame/a.csv"))
        packer.add(SUMS, raw(archive, SUMS))
        packer.zip.close()
    with pytest.raises(verifying.Missing, match=r"index\.csv is missing"):
        verify(path)


def test_no_sums(tmp_path: Path) -> None:
    path = tmp_path / "none.zip"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("a.csv", "a")
    with pytest.raises(verifying.NoSums):
        verify(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice(archive: Path) -> None:
    with pytest.raises(verifying.NotAsWeWrite, match="twice"):
        verify(rewritten(archive, lambda new: new.writestr("index.csv", "b")))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\b", "C:x", "a/", "ā", "a\x1b[2J"]
)
def test_a_name_that_leads_out_or_deceives(archive: Path, name: str) -> None:
    with pytest.raises(verifying.NotAsWeWrite) as told:
        verify(rewritten(archive, lambda new: new.writestr(name, "x")))
    assert "\x1b" not in str(told.value)


def test_a_name_cut_by_a_zero(archive: Path) -> None:
    path = rewritten(archive, lambda new: new.writestr("index.csvZhidden", "a\n"))
    path.write_bytes(path.read_bytes().replace(b"index.csvZhidden", b"index.csv\0hidden"))
    with pytest.raises(verifying.Refusal):
        verify(path)


def test_a_bomb_is_not_unpacked(archive: Path) -> None:
    with pytest.raises(verifying.NotAsWeWrite, match="compressed"):
        verify(rewritten(archive, lambda new: new.writestr("bomb", b"\0" * 50_000_000, zipfile.ZIP_DEFLATED)))


def test_entries_that_lie_over_each_other(archive: Path) -> None:
    """Many names for one content: the directory promises more than there is."""
    content = bytearray(archive.read_bytes())
    start = content.rindex(b"PK\x05\x06")
    for place in [at for at in range(start) if content[at : at + 4] == b"PK\x01\x02"]:
        struct.pack_into("<LL", content, place + 20, 900_000, 900_000)
    archive.write_bytes(content)
    with pytest.raises(verifying.Refusal):
        verify(archive)


def test_something_before_and_behind(archive: Path) -> None:
    whole = archive.read_bytes()
    for changed in (b"#!/bin/sh\n" + whole, whole + b"more"):
        archive.write_bytes(changed)
        with pytest.raises(verifying.Refusal):
            verify(archive)


def test_new_sums_put_inside_are_found_by_the_sum_of_the_page(tmp_path: Path, archive: Path) -> None:
    kept = verify(archive).sha256
    other = packed(tmp_path / "b.zip", {"01-frame/a.csv": b"Keramika;9\n"})
    assert verify(other).files == 5
    with pytest.raises(verifying.OtherSum, match=kept):
        verify(other, expected=kept)
    assert verify(archive, expected=f" {kept.upper()}").sha256 == kept


def test_the_index_of_a_dossier_names_every_file_as_it_is(rich: Cast, tmp_path: Path) -> None:
    """Packed again with right sums it still contradicts its own index, wherever something was done to it."""
    files, index = unpacked(built(rich, tmp_path / "1.zip"))
    assert verify(packed(tmp_path / "same.zip", files, index)).files == len(files) + 4
    hours, elsewhere = "05-hours/hours.csv", "05-hours/x.csv"
    changed = {
        hours: {**files, hours: files[hours].replace(b"2025", b"2024", 1)},
        "05-hours": {name: said for name, said in files.items() if not name.startswith("05-hours")},
        "05-hours/extra.pdf": {**files, "05-hours/extra.pdf": b"%PDF-1.7"},
        elsewhere: {(elsewhere if name == hours else name): said for name, said in files.items()},
    }
    for name, other in changed.items():
        with pytest.raises(verifying.OtherIndex) as told:
            verify(packed(tmp_path / "other.zip", other, index))
        assert name.partition("/")[0] in str(told.value)


@pytest.mark.parametrize("name", ["index.csv", "index.xlsx"])
def test_both_forms_of_the_index_say_the_same(tmp_path: Path, name: str) -> None:
    files = {"01-frame/a.csv": b"Keramika;1\n"}
    other = index_of({"01-frame/a.csv": b"Keramika;2\n"})
    for said in (other[name], b"no index", b"\xff\xfe"):
        with pytest.raises(verifying.OtherIndex, match=name):
            verify(packed(tmp_path / "a.zip", files, {**index_of(files), name: said}))


@pytest.mark.parametrize("name", ["index.csv", "index.xlsx", "index.pdf"])
def test_without_its_index_it_is_no_dossier(tmp_path: Path, name: str) -> None:
    files = {"01-frame/a.csv": b"Keramika;1\n"}
    left = {key: said for key, said in index_of(files).items() if key != name}
    with pytest.raises(verifying.NoIndex, match=name):
        verify(packed(tmp_path / "a.zip", files, left))


@pytest.mark.parametrize(
    "change",
    [
        lambda sums: sums.replace(b"\n", b"\r\n"),
        lambda sums: b"".join(reversed(sums.splitlines(keepends=True))),
        lambda sums: sums + sums.splitlines(keepends=True)[0],
        lambda sums: sums.rstrip(b"\n"),
    ],
)
def test_sums_that_are_not_as_we_write_them(archive: Path, change: Callable[[bytes], bytes]) -> None:
    files, index = unpacked(archive)
    path = archive.with_name("other.zip")
    with path.open("wb") as out:
        packer = Packer(out)
        for name, said in {**files, **index, SUMS: change(raw(archive, SUMS))}.items():
            packer.add(name, said)
        packer.zip.close()
    with pytest.raises(verifying.NoSums):
        verify(path)


def test_memory_does_not_hold_what_is_packed(tmp_path: Path) -> None:
    """A large table goes from the disk to the disk."""
    path, source = tmp_path / "a.zip", tmp_path / "large"
    content = b"x" * 3_000_000
    source.write_bytes(content)
    with path.open("wb") as out:
        packer = Packer(out)
        packer.add_file("large", source)
        for name, said in index_of({"large": content}).items():
            packer.add(name, said)
        packer.close()
    assert verify(path).files == 5
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).testzip() is None
