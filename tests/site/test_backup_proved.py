"""A backup is proved when it is made: what is wrong is said by name, and everything else is kept the more."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest

from tests.make import NOW
from tests.postgresql import server
from tests.site.backstage import stage, varpa
from varpa.site.backups import archive, databases, making, restoring


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "data"
    stage(folder, "set")
    return folder


@pytest.fixture
def data(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "data"))


@pytest.fixture
def voice(data: Path) -> Path:
    """The one stored file."""
    (found,) = (path for path in (data / "files").rglob("*") if path.is_file())
    return found


def sql(data: Path, *commands: str) -> None:
    with closing(sqlite3.connect(data / "varpa.sqlite3")) as database, database:
        for command in commands:
            database.execute(command)


def made(data: Path, url: str = "") -> archive.Manifest:
    return making.back_up(data.parent / "one.zip", data=data, url=url, now=NOW)


def test_of_a_sound_installation_nothing_is_said(data: Path) -> None:
    told = varpa(data, "backup", str(data.parent / "one.zip"))
    assert (told.returncode, told.stderr) == (0, "")
    assert archive.manifest_of(data.parent / "one.zip").faults == []


@pytest.mark.parametrize("damage", ["is missing", "has changed"])
def test_a_damaged_stored_file_is_named_and_stops_no_backup(damage: str, data: Path, voice: Path) -> None:
    """At a quarter past two nobody is there: a backup of everything else is better than none."""
    voice.unlink() if damage == "is missing" else voice.write_bytes(b"OggS" + b"rust" * 5000)
    told = varpa(data, "backup", str(data.parent / "one.zip"))
    assert told.returncode == 3
    assert voice.name in told.stderr
    assert damage in told.stderr
    assert "older backup" in told.stderr
    faults = archive.manifest_of(data.parent / "one.zip").faults
    assert len(faults) == 1
    assert voice.name in faults[0]


def test_a_file_that_the_disk_does_not_give_is_named_and_the_others_are_kept(
    data: Path, voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = archive.Writer._piece

    class Broken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    def piece(writer: archive.Writer, name: str, source: IO[bytes]) -> bytes:
        return real(writer, name, Broken() if name.endswith(voice.name) else source)

    monkeypatch.setattr(archive.Writer, "_piece", piece)
    manifest = made(data)
    assert len(manifest.faults) == 1
    assert voice.name in manifest.faults[0]
    assert "Input/output error" in manifest.faults[0]
    assert "vapid.json" in manifest.members


def test_a_dossier_is_proved_by_the_sum_that_its_page_shows(data: Path) -> None:
    fields = (
        "ref, at, language, names, state, tries, sha256, size, files, figures, programme_id, by_id, partner"
    )
    ready = f"'abc', '2026-05-04', 'lv', 'signed', 'ready', 1, '{'0' * 64}', 1, 1, '[]', 1, 1, ''"
    sql(data, f"INSERT INTO dossier_dossier ({fields}) VALUES ({ready})")
    assert made(data).faults == ["The stored file dossiers/abc.zip is missing."]
    (data / "dossiers").mkdir()
    (data / "dossiers" / "abc.zip").write_bytes(b"another one")
    (data.parent / "one.zip").unlink()
    assert "dossiers/abc.zip is not what it was" in made(data).faults[0]


def test_what_was_erased_since_the_database_was_copied_is_not_missing(
    data: Path, voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = databases.copy_sqlite

    def then_erased(path: Path, target: Path) -> None:
        real(path, target)
        sql(data, "UPDATE files_file SET name = ''")
        voice.unlink()

    monkeypatch.setattr(databases, "copy_sqlite", then_erased)
    assert made(data).faults == []


def test_of_a_damaged_database_nothing_is_left_but_a_sentence(data: Path) -> None:
    """No restore would take it: the backup of the day before must not be thought old for its sake."""
    path = data / "varpa.sqlite3"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))
    told = varpa(data, "backup", str(data.parent / "one.zip"))
    assert told.returncode == 1
    assert told.stderr.startswith("Error: The database")
    assert "Traceback" not in told.stderr
    assert [each.name for each in data.parent.iterdir()] == ["data"]


def test_rows_that_point_nowhere_are_named_and_the_backup_can_be_restored(data: Path) -> None:
    """Whoever deletes by hand leaves such rows; from then on there would be no backup any more."""
    sql(data, "PRAGMA foreign_keys=OFF", "DELETE FROM people_organisation")
    told = varpa(data, "backup", str(data.parent / "one.zip"))
    assert told.returncode == 3
    assert "not in people_organisation" in told.stderr
    back = varpa(data.parent / "new", "restore", str(data.parent / "one.zip"))
    assert back.returncode == 0, back.stderr
    assert "wrong already when the backup was made" in back.stdout
    assert "not in people_organisation" in back.stdout


def test_rows_that_point_nowhere_and_were_not_there_when_it_was_made_are_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql(data, "PRAGMA foreign_keys=OFF", "DELETE FROM people_organisation")
    with monkeypatch.context() as unproved:
        unproved.setattr(databases, "prove_sqlite", lambda _path: [])
        made(data)
    with pytest.raises(databases.UnfitError, match="not in people_organisation"):
        restoring.restore(data.parent / "one.zip", data=data.parent / "new", url="", now=NOW)
    assert not (data.parent / "new" / "varpa.sqlite3").exists()


def test_a_long_list_is_cut_and_stands_in_the_manifest(data: Path) -> None:
    row = "hex(randomblob(6)), hex(randomblob(32)), 1, 'x', 'x', 'x', 'x', '2026-05-04'"
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 50)"
    fields = "ref, sha256, size, kind, name, about_kind, about_ref, at"
    sql(data, f"INSERT INTO files_file ({fields}) {numbers} SELECT {row} FROM n")
    told = varpa(data, "backup", str(data.parent / "one.zip"))
    assert "And 30 more" in told.stderr
    assert len(archive.manifest_of(data.parent / "one.zip").faults) == 50


@pytest.fixture(scope="module")
def postgresql() -> Iterator[tuple[str, str]]:
    with server() as running:
        yield running.url, str(running.programs)


def test_on_postgresql_too(postgresql: tuple[str, str], tmp_path: Path) -> None:
    url, path = postgresql
    stage(tmp_path / "data", "set", url=url)
    (voice,) = (each for each in (tmp_path / "data" / "files").rglob("*") if each.is_file())
    assert varpa(tmp_path / "data", "backup", str(tmp_path / "1.zip"), url=url, path=path).returncode == 0
    voice.unlink()
    told = varpa(tmp_path / "data", "backup", str(tmp_path / "2.zip"), url=url, path=path)
    assert told.returncode == 3, told.stderr
    assert f"{voice.name} is missing" in told.stderr
