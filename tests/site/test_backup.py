"""A backup is whole, its owner's alone, and of one moment, whoever writes meanwhile."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from tests.house import walk
from tests.make import NOW
from tests.site.backstage import stage, varpa
from varpa.files.actions import keep
from varpa.files.kinds import VOICE
from varpa.files.models import File
from varpa.privacy.models import Leftover
from varpa.site.backups import archive, belongings, databases, making
from varpa.site.cli import main


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    stage(folder, "set")
    return folder


def test_a_backup_holds_the_database_files_and_keys_and_is_its_owners_alone(
    installation: Path, tmp_path: Path
) -> None:
    told = varpa(installation, "backup", str(tmp_path / "one.zip"))
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "one.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["one.zip"]
    manifest = archive.manifest_of(tmp_path / "one.zip")
    assert {"varpa.sqlite3", "secret.txt", "badges.json", "vapid.json"} < set(manifest.members)
    assert sum(name.startswith("files/") for name in manifest.members) == 1
    assert manifest.version == making.version()
    assert manifest.migrations["privacy"] == "0002_erased"
    assert manifest.made_at.endswith("+00:00")


def test_the_database_is_copied_also_after_everything_was_killed(installation: Path, tmp_path: Path) -> None:
    """What stands in the write-ahead log alone is in the copy, and the log is left as it was."""
    log = installation / "varpa.sqlite3-wal"
    writer = sqlite3.connect(installation / "varpa.sqlite3")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("CREATE TABLE kept (word TEXT)")
    writer.execute("INSERT INTO kept VALUES ('there')")
    writer.commit()
    copied = tmp_path / "data"
    copied.mkdir()
    for path in installation.glob("varpa.sqlite3*"):
        if not path.name.endswith("-shm"):
            (copied / path.name).write_bytes(path.read_bytes())
    writer.execute("DROP TABLE kept")
    writer.commit()
    writer.close()
    size = (copied / log.name).stat().st_size
    assert size
    databases.copy_sqlite(copied / "varpa.sqlite3", tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT word FROM kept").fetchall() == [("there",)]
    assert (copied / log.name).stat().st_size == size


def test_what_is_written_in_a_survey_and_not_sent_is_in_no_backup(installation: Path, tmp_path: Path) -> None:
    """Once it is sent anonymously, a backup that was made before would say whose it was."""
    with closing(sqlite3.connect(installation / "varpa.sqlite3")) as writer:
        said = ("0" * 64, '{"suggestions": "TIKAI ES TO ZINU"}', "{}", 1)
        fields = 'digest, "values", asked, revision'
        writer.execute(f"INSERT INTO surveys_draft ({fields}) VALUES (?, ?, ?, ?)", said)
        writer.commit()
    told = varpa(installation, "backup", str(tmp_path / "one.zip"))
    assert told.returncode == 0, told.stderr
    with ZipFile(tmp_path / "one.zip") as opened:
        content = opened.read("varpa.sqlite3")
    assert b"TIKAI ES TO ZINU" not in content
    assert b"surveys_draft" in content
    with closing(sqlite3.connect(installation / "varpa.sqlite3")) as site:
        assert site.execute("SELECT count(*) FROM surveys_draft").fetchall() == [(1,)]
        site.execute("DELETE FROM surveys_draft")
        site.commit()


def test_a_file_that_is_there_is_never_written_over(installation: Path, tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_text("an older one")
    told = varpa(installation, "backup", str(tmp_path / "one.zip"))
    assert (told.returncode, (tmp_path / "one.zip").read_text()) == (1, "an older one")
    assert "already" in told.stderr


def test_half_a_backup_never_has_its_name(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("VARPA_DATA", str(installation))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr(archive.Writer, "close", full)
    told = CliRunner().invoke(main, ["backup", str(tmp_path / "one.zip")])
    assert told.exit_code == 1
    assert "No space left" in told.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("marked", "said"), [(False, "no installation"), (True, "demonstration")])
def test_where_nothing_real_is_nothing_is_written(
    marked: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    if marked:
        (tmp_path / "demonstration.txt").write_text("")
    told = CliRunner().invoke(main, ["backup", str(tmp_path / "one.zip")])
    assert told.exit_code == 1
    assert said in told.output
    assert not (tmp_path / "one.zip").exists()


def test_a_missing_program_of_postgresql_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases.shutil, "which", lambda _name: None)
    with pytest.raises(databases.UnfitError, match=r"pg_restore.*postgresql-client"):
        databases.prove_dump(tmp_path)


def test_everything_in_the_data_folder_is_in_the_backup_or_left_out_by_name() -> None:
    """Whoever keeps something new in the data folder says whether it belongs into a backup."""
    import re

    words = re.compile(r"(?:settings\.DATA\)?|\bDATA|data_folder\(\)) / (?:f?\"([\w.]+)\"|(\w+\.\w+|\w+))")
    constants = {
        "STAMP": "prepared.txt",
        "locks.WORKER": "worker.lock",
        "MARKER": "demonstration.txt",
        "TRIAL": "trial.txt",
        "erasures.NAME": "erasures.txt",
        "FILE": "sign-in.toml",
        "OWN": "rates.toml",
        "configured.FILE": "sign-in.toml",
    }
    named = {
        literal or constants.get(constant, constant)
        for path in walk.python()
        if walk.name(path).startswith("varpa/") and "/backups/" not in walk.name(path)
        for literal, constant in words.findall(path.read_text())
    }
    known = {*belongings.MOVED_ASIDE, *belongings.LEFT, "done.former"}
    assert len(named) > 8
    assert named - known == set()


@pytest.fixture
def running(tmp_path: Path, settings: Any) -> Iterator[tuple[Path, str]]:
    """The data folder and DATABASE_URL of a site over the database of this test."""
    data = tmp_path / "data"
    data.mkdir()
    settings.MEDIA_ROOT = data / "files"
    # Tests may make their tables from the models, and then note no steps.
    steps = MigrationRecorder(connection)
    noted = steps.has_table()
    steps.ensure_schema()
    about = connection.settings_dict
    if connection.vendor == "sqlite":
        (data / "varpa.sqlite3").symlink_to(Path(str(about["NAME"])).resolve())
        yield data, ""
    else:
        yield data, f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
    if not noted:
        with connection.schema_editor() as editor:
            editor.delete_model(steps.Migration)


@pytest.mark.django_db(transaction=True)
def test_a_backup_while_people_write_is_of_one_moment(running: tuple[Path, str], tmp_path: Path) -> None:
    data, url = running
    done, failed = threading.Event(), []

    def write(who: int) -> None:
        try:
            number = 0
            while not done.is_set():
                number += 1
                content = b"OggS" + f"{who} {number}".encode() * 50
                with transaction.atomic():
                    upload = SimpleUploadedFile("voice.ogg", content)
                    kept = keep(
                        upload=upload, about_kind="pair", about_ref="x", by_id=None, now=NOW, kinds=VOICE
                    )
                    Leftover.objects.create(sha256=kept.sha256, at=NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[who]) for who in range(3)]
    for each in writers:
        each.start()
    try:
        for number in range(3):
            making.back_up(tmp_path / f"{number}.zip", data=data, url=url, now=NOW)
    finally:
        done.set()
        for each in writers:
            each.join(timeout=60)
    assert failed == []
    assert File.objects.count() > 3
    for number in range(3):
        unpacked = tmp_path / f"{number}"
        unpacked.mkdir()
        manifest = archive.unpack(tmp_path / f"{number}.zip", unpacked)
        assert manifest.faults == []
        if not url:
            _agrees(unpacked, set(manifest.members))


def _agrees(unpacked: Path, members: set[str]) -> None:
    """What was written together is there together, and each file that is named has its bytes."""
    databases.prove_sqlite(unpacked / "varpa.sqlite3")
    with closing(sqlite3.connect(unpacked / "varpa.sqlite3")) as copy:
        kept = {row[0] for row in copy.execute("SELECT sha256 FROM files_file")}
        beside = {row[0] for row in copy.execute("SELECT sha256 FROM privacy_leftover")}
    assert kept == beside
    assert {f"files/{each[:2]}/{each}" for each in kept} <= members


def test_what_is_in_a_backup_can_be_taken_out_by_any_program(installation: Path, tmp_path: Path) -> None:
    making.back_up(tmp_path / "one.zip", data=installation, url="", now=NOW)
    with ZipFile(tmp_path / "one.zip") as whole:
        assert whole.testzip() is None
        assert whole.namelist()[-1] == archive.MANIFEST
