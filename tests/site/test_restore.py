"""A restored installation is the one that was backed up; what is wrong is said, and then nothing changes."""

import fcntl
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.postgresql import server
from tests.site.backstage import stage, varpa
from varpa.privacy import erasures
from varpa.site import locks
from varpa.site.backups import archive, belongings, databases, making, restoring

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
REF = "23456789abcd"


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An installation, its backup, what stands in it, and the references of two of its people."""
    folder = tmp_path_factory.mktemp("installation")
    refs = stage(folder / "data", "set")
    making.back_up(folder / "backup.zip", data=folder / "data", url="", now=NOW)
    return {
        **refs,
        "data": folder / "data",
        "backup": folder / "backup.zip",
        "seen": stage(folder / "data", "look"),
    }


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, but for locks and an empty log with its index, which hold nothing."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    read = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {
        name: held
        for name, held in read.items()
        if not name.endswith("-shm") and (held or "-wal" not in name)
    }


def restored(file: Path, data: Path, **options: Any) -> restoring.Restored:
    return restoring.restore(file, data=data, url="", now=NOW, **options)


@pytest.fixture
def unchanged(cast: dict[str, Any], tmp_path: Path) -> Iterator[Path]:
    """A folder with an installation of which afterwards every byte must be what it was."""
    data = tmp_path / "there"
    shutil.copytree(cast["data"], data)
    before = files(data)
    yield data
    assert files(data) == before
    new = {path.name for path in data.iterdir()} - {path.name for path in cast["data"].iterdir()}
    assert new <= {locks.SITE, locks.WORKER, "varpa.sqlite3-wal", "varpa.sqlite3-shm"}


def test_on_an_empty_machine_the_same_rows_files_and_keys_are_there(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    told = varpa(tmp_path / "new", "restore", str(cast["backup"]))
    assert told.returncode == 0, told.stderr
    assert "2026-05-04" in told.stdout
    assert stage(tmp_path / "new", "look") == cast["seen"]
    old, new = files(cast["data"]), files(tmp_path / "new")
    same = {name for name in old if not name.startswith("varpa.sqlite3")}
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    assert (tmp_path / "new" / "varpa.sqlite3").stat().st_mode & 0o077 == 0
    assert not [path for path in (tmp_path / "new").iterdir() if path.name.startswith((".", "former"))]


def test_where_an_installation_is_nothing_happens_unless_asked(cast: dict[str, Any], unchanged: Path) -> None:
    with pytest.raises(restoring.NotRestoredError, match="--replace"):
        restored(cast["backup"], unchanged)


def test_what_is_replaced_is_kept_aside_with_its_date(cast: dict[str, Any], tmp_path: Path) -> None:
    data = tmp_path / "there"
    shutil.copytree(cast["data"], data)
    before = files(data)
    (data / "secret.txt").write_text("another key")
    assert restored(cast["backup"], data, replace=True).former == "former-2026-05-04T090000"
    aside = files(data / "former-2026-05-04T090000")
    assert aside == {**before, "secret.txt": b"another key"}
    assert (data / "secret.txt").read_bytes() == before["secret.txt"]
    assert (data / "former-2026-05-04T090000").stat().st_mode & 0o077 == 0


def test_while_the_site_runs_nothing_is_restored(cast: dict[str, Any], unchanged: Path) -> None:
    with locks.served(unchanged), pytest.raises(locks.InUseError, match="End it first"):
        restored(cast["backup"], unchanged, replace=True)


def test_a_worker_that_outlived_its_supervisor_counts_as_the_site(
    cast: dict[str, Any], unchanged: Path
) -> None:
    with (unchanged / locks.WORKER).open("w") as worker:
        fcntl.flock(worker, fcntl.LOCK_EX)
        with pytest.raises(locks.InUseError):
            restored(cast["backup"], unchanged, replace=True)


def test_while_a_backup_is_restored_no_site_starts(tmp_path: Path) -> None:
    with locks.served(tmp_path), locks.served(tmp_path):
        pass
    refused = pytest.raises(locks.InUseError, match="being restored")
    with locks.alone(tmp_path), refused, locks.served(tmp_path):
        pass


def _flipped(file: Path, target: Path, at: int) -> Path:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x01
    target.write_bytes(content)
    return target


def test_one_changed_byte_is_refused_by_the_name_of_its_file(
    cast: dict[str, Any], unchanged: Path, tmp_path: Path
) -> None:
    with ZipFile(cast["backup"]) as whole:
        members = whole.infolist()
    for member in members:
        begins = member.header_offset + 30 + len(member.filename) + 20
        spoilt = _flipped(cast["backup"], tmp_path / "spoilt.zip", begins + member.compress_size // 2)
        with pytest.raises(archive.DamagedError, match=member.filename):
            restored(spoilt, unchanged, replace=True)


def test_no_changed_byte_anywhere_brings_anything_else(cast: dict[str, Any], tmp_path: Path) -> None:
    """Also in the heads and the directory of the archive: refused, or without meaning."""
    (tmp_path / "right").mkdir()
    archive.unpack(cast["backup"], tmp_path / "right")
    right, chance = files(tmp_path / "right"), random.Random(7)
    size = cast["backup"].stat().st_size
    places = [chance.randrange(size) for _ in range(40)] + [
        size - 1 - chance.randrange(1200) for _ in range(80)
    ]
    for at in places:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        (tmp_path / "out").mkdir()
        try:
            archive.unpack(_flipped(cast["backup"], tmp_path / "spoilt.zip", at), tmp_path / "out")
        except archive.DamagedError:
            continue
        assert files(tmp_path / "out") == right, at


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_a_backup_that_was_broken_off_is_refused(
    part: int, cast: dict[str, Any], unchanged: Path, tmp_path: Path
) -> None:
    content = cast["backup"].read_bytes()
    (tmp_path / "half.zip").write_bytes(content[: len(content) * part // 4])
    with pytest.raises(archive.DamagedError, match="no whole backup"):
        restored(tmp_path / "half.zip", unchanged, replace=True)


def _packed(cast: dict[str, Any], target: Path, change: Callable[[Path], None]) -> Path:
    """A backup whose sums are right, of a folder that something was done to."""
    folder = target.with_suffix(".data")
    shutil.copytree(cast["data"], folder)
    change(folder)
    making.back_up(target, data=folder, url="", now=NOW)
    return target


def _sql(*commands: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "varpa.sqlite3")) as database, database:
            for command in commands:
                database.execute(command)

    return change


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        (
            ["INSERT INTO django_migrations VALUES (NULL, 'diary', '9999_later', '')"],
            "newer.*diary 9999_later",
        ),
        (["INSERT INTO django_migrations VALUES (NULL, 'choirs', '0001_initial', '')"], "newer.*choirs"),
        (["DROP TABLE django_migrations"], "not one of Varpa"),
    ],
)
def test_what_this_version_cannot_take_is_refused_in_a_sentence(
    commands: list[str], said: str, cast: dict[str, Any], unchanged: Path, tmp_path: Path
) -> None:
    with pytest.raises((restoring.NotRestoredError, databases.UnfitError), match=said):
        restored(_packed(cast, tmp_path / "odd.zip", _sql(*commands)), unchanged, replace=True)


def test_what_an_older_version_made_is_brought_up_to_this_one(cast: dict[str, Any], tmp_path: Path) -> None:
    back = "DELETE FROM django_migrations WHERE app = 'privacy' AND name > '0002'"
    older = _packed(cast, tmp_path / "older.zip", _sql("DROP TABLE privacy_erased", back))
    assert archive.manifest_of(older).migrations["privacy"] == "0001_initial"
    restored(older, tmp_path / "new")
    seen = stage(tmp_path / "new", "look")["rows"]
    assert seen.keys() == cast["seen"]["rows"].keys()
    assert seen["people_person"] == cast["seen"]["rows"]["people_person"]


def test_a_backup_of_postgresql_asks_for_one(cast: dict[str, Any], unchanged: Path, tmp_path: Path) -> None:
    manifest = archive.manifest_of(cast["backup"])
    with archive.whole(tmp_path / "other.zip") as (out, _passing):
        writer = archive.Writer(out)
        with writer.zip:
            writer.add("database.dump", cast["backup"])
            writer.close(replace(manifest, database="postgresql"))
    with pytest.raises(restoring.NotRestoredError, match="DATABASE_URL must name one"):
        restored(tmp_path / "other.zip", unchanged, replace=True)


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "files/aa/x", "demonstration.txt"])
def test_no_backup_writes_anywhere_else(
    name: str, cast: dict[str, Any], unchanged: Path, tmp_path: Path
) -> None:
    with archive.whole(tmp_path / "other.zip") as (out, _passing):
        writer = archive.Writer(out)
        with writer.zip:
            writer.add(name, cast["backup"])
            writer.close(archive.manifest_of(cast["backup"]))
    with pytest.raises(archive.DamagedError, match=name):
        restored(tmp_path / "other.zip", unchanged, replace=True)


def test_what_goes_wrong_while_places_change_is_undone(
    cast: dict[str, Any], unchanged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = restoring._move

    def fail(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
        if source.name == "varpa.sqlite3" and target.parent == unchanged:
            raise OSError(5, "Input/output error")
        real(source, target, done)

    monkeypatch.setattr(restoring, "_move", fail)
    with pytest.raises(restoring.NotRestoredError, match="could not change places"):
        restored(cast["backup"], unchanged, replace=True)


def test_who_interrupts_between_a_name_and_its_note_loses_nothing(
    cast: dict[str, Any], unchanged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = restoring._move

    def interrupt(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
        real(source, target, done)
        if source == unchanged / "varpa.sqlite3":
            raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "_move", interrupt)
    with pytest.raises(KeyboardInterrupt):
        restored(cast["backup"], unchanged, replace=True)


def test_the_database_goes_first_and_comes_last() -> None:
    """So that after a power cut no site finds a database without its files and its key."""
    assert belongings.MOVED_ASIDE[0] == belongings.SQLITE
    moved = [name for name in belongings.KEPT if name not in belongings.SQLITE_LOGS]
    assert moved[-1] == belongings.SQLITE


def test_where_a_restore_was_broken_off_no_site_starts_until_it_is_done(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    data = tmp_path / "there"
    shutil.copytree(cast["data"], data)
    (data / locks.BROKEN_OFF).touch()
    with pytest.raises(locks.InUseError, match="was broken off"), locks.served(data):
        pass
    restored(cast["backup"], data, replace=True)
    with locks.served(data):
        assert not (data / locks.BROKEN_OFF).exists()


def test_an_empty_list_from_elsewhere_is_none(cast: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "list.txt").touch()
    assert not restored(cast["backup"], tmp_path / "new", lists=[tmp_path / "list.txt"]).listed


def test_whom_the_database_knows_stands_in_the_list_again(cast: dict[str, Any], tmp_path: Path) -> None:
    data = tmp_path / "there"
    shutil.copytree(cast["data"], data)
    stage(data, "erase", cast["elina"], "listed")
    (data / erasures.NAME).unlink()
    making.back_up(tmp_path / "later.zip", data=data, url="", now=NOW)
    restored(tmp_path / "later.zip", tmp_path / "new")
    assert list(erasures.read(tmp_path / "new" / erasures.NAME)) == [cast["elina"]]


def test_a_spoilt_list_of_erasures_stops_everything(
    cast: dict[str, Any], unchanged: Path, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("nonsense\n")
    with pytest.raises(erasures.BadListError, match="Line 1"):
        restored(cast["backup"], unchanged, replace=True, lists=[tmp_path / "list.txt"])


def _is_gone(data: Path, ref: str) -> bool:
    return str(stage(data, "look")["people"][ref]) not in ("Elīna Bērziņa", "Andris Ozols") and any(
        "person.erase" in row and ref in row for row in stage(data, "look")["rows"]["history_line"]
    )


@pytest.mark.parametrize("listed", ["listed", "not yet"])
def test_who_was_erased_after_the_backup_is_not_back(
    listed: str, cast: dict[str, Any], tmp_path: Path
) -> None:
    """Also where the worker had no time to write it down any more."""
    data = tmp_path / "there"
    shutil.copytree(cast["data"], data)
    stage(data, "erase", cast["elina"], listed)
    told = varpa(data, "restore", str(cast["backup"]), "--replace")
    assert told.returncode == 0, told.stderr
    assert "Erased again, because the list of erasures names them: 1" in told.stdout
    assert _is_gone(data, cast["elina"])
    assert not _is_gone(data, cast["andris"])
    assert list(erasures.read(data / erasures.NAME)) == [cast["elina"]]


def test_a_list_that_was_carried_off_the_machine_is_obeyed_on_a_new_one(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    for ref, file in ((cast["elina"], "elsewhere.txt"), (REF, "new/erasures.txt")):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        erasures.add(tmp_path / file, {ref: NOW - timedelta(days=1)})
    done = restored(cast["backup"], tmp_path / "new", lists=[tmp_path / "elsewhere.txt"])
    assert (done.erased, done.listed) == (1, True)
    assert _is_gone(tmp_path / "new", cast["elina"])
    assert set(erasures.read(tmp_path / "new" / erasures.NAME)) == {cast["elina"], REF}


def test_without_any_list_it_is_said_that_somebody_may_be_back(cast: dict[str, Any], tmp_path: Path) -> None:
    told = varpa(tmp_path / "new", "restore", str(cast["backup"]))
    assert "whoever was erased since is back" in told.stdout


def test_on_postgresql_too(cast: dict[str, Any], tmp_path: Path) -> None:
    """Backed up, refused over what is there, replaced with an erasure since, and put back where it fails."""
    data, file = tmp_path / "data", str(tmp_path / "backup.zip")
    with server() as running:
        about = {"url": running.url, "path": str(running.programs)}
        ref = stage(data, "set", url=running.url)["elina"]
        seen = stage(data, "look", url=running.url)
        assert varpa(data, "backup", file, **about).returncode == 0
        assert "--replace" in varpa(data, "restore", file, **about).stderr
        stage(data, "erase", ref, "not yet", url=running.url)
        (tmp_path / "list.txt").write_text("nonsense\n")
        before = stage(data, "look", url=running.url)
        newer = _with_step(Path(file), tmp_path / "newer.zip")
        assert "newer" in varpa(data, "restore", str(newer), "--replace", **about).stderr
        assert stage(data, "look", url=running.url) == before
        told = varpa(data, "restore", file, "--replace", **about)
        assert told.returncode == 0, told.stderr
        after = stage(data, "look", url=running.url)
        assert after["people"] == {**seen["people"], ref: before["people"][ref]}
        assert after["rows"]["pairs_pair"] != []
        assert _with_nobody_else_it_is_empty(running.url, tmp_path, file, about) == seen["people"]


def _with_step(file: Path, target: Path) -> Path:
    """The same backup, as if a library of a newer version had taken one more step."""
    manifest = archive.manifest_of(file)
    with archive.whole(target) as (out, passing):
        archive.unpack(file, passing / "all")
        writer = archive.Writer(out)
        with writer.zip:
            for name in manifest.members:
                writer.add(name, passing / "all" / name)
            writer.close(replace(manifest, migrations={**manifest.migrations, "diary": "9999_later"}))
    return target


def _with_nobody_else_it_is_empty(url: str, tmp_path: Path, file: str, about: dict[str, str]) -> Any:
    """Into an empty database and an empty folder."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE DATABASE empty")
    fresh = url.rpartition("/")[0] + "/empty"
    told = varpa(tmp_path / "fresh", "restore", file, **{**about, "url": fresh})
    assert told.returncode == 0, told.stderr
    with psycopg.connect(fresh) as database:
        schemas = database.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'former%'").fetchall()
    assert schemas == []
    return stage(tmp_path / "fresh", "look", url=fresh)["people"]
