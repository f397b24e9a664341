"""A backup or a restore that is broken off leaves nothing private behind, and takes away nobody else's."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.make import NOW
from tests.site.backstage import stage
from varpa.privacy import erasures
from varpa.site import boot, ending, locks
from varpa.site.backups import archive, making, passing, restoring

# In the middle: the copy lies there already.
SLOW = {
    "backup": (
        "from varpa.site.backups import databases\n"
        "def slow(path, target):\n"
        "    target.write_text('private')\n"
        "    print('begun', flush=True)\n"
        "    signal.pause()\n"
        "databases.copy_sqlite = slow\n"
    ),
    "restore": (
        "from varpa.site.backups import archive\n"
        "def slow(file, folder):\n"
        "    (folder / 'varpa.sqlite3').write_text('private')\n"
        "    print('begun', flush=True)\n"
        "    signal.pause()\n"
        "archive.unpack = slow\n"
    ),
}
# As a terminal has it: what a shell starts behind its & does not hear Ctrl-C.
HEARD = "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
RUN = "from varpa.site.cli import main\nmain(sys.argv[1:])\n"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "data"
    stage(folder, "set")
    return folder


def begun(command: str, data: Path, file: Path) -> "subprocess.Popen[bytes]":
    """A process in the middle of `varpa backup` or `varpa restore`."""
    source = HEARD + SLOW[command] + RUN
    around = boot.environment(VARPA_DATA=str(data), DATABASE_URL="")
    arguments = [command, str(file), *(["--replace"] if command == "restore" else [])]
    process = subprocess.Popen([sys.executable, "-c", source, *arguments], env=around, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    process.stdout.close()
    assert list((file.parent if command == "backup" else data).glob(".*/varpa.sqlite3"))
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_told_to_end_it_leaves_nothing(
    command: str, number: signal.Signals, installation: Path, tmp_path: Path
) -> None:
    data, file = (installation if command == "backup" else tmp_path / "new"), tmp_path / "out" / "one.zip"
    file.parent.mkdir()
    if command == "restore":
        file.write_text("any")
    process = begun(command, data, file)
    process.send_signal(number)
    try:
        assert process.wait(30) != 0
    finally:
        process.kill()
    assert [path.name for path in file.parent.iterdir()] == (["one.zip"] if command == "restore" else [])
    assert not [path for path in data.iterdir() if path.name.startswith(".")]


def test_what_a_killed_backup_left_goes_with_the_next_one(installation: Path, tmp_path: Path) -> None:
    process = begun("backup", installation, tmp_path / "monday.zip")
    making.back_up(tmp_path / "meanwhile.zip", data=installation, url="", now=NOW)
    assert list(tmp_path.glob(".*/varpa.sqlite3"))
    process.kill()
    process.wait()
    making.back_up(tmp_path / "tuesday.zip", data=installation, url="", now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["meanwhile.zip", "tuesday.zip"]


def test_what_a_killed_restore_left_goes_with_the_next_backup_or_restore(
    installation: Path, tmp_path: Path
) -> None:
    making.back_up(tmp_path / "one.zip", data=installation, url="", now=NOW)
    data = tmp_path / "new"
    for _again in range(2):
        process = begun("restore", data, tmp_path / "one.zip")
        process.kill()
        process.wait()
        assert list(data.glob(f"{passing.RESTORE}*"))
        if (data / "varpa.sqlite3").exists():
            making.back_up(tmp_path / "two.zip", data=data, url="", now=NOW)
        else:
            restoring.restore(tmp_path / "one.zip", data=data, url="", now=NOW)
        assert not list(data.glob(f"{passing.RESTORE}*"))


def test_where_places_were_changing_it_stays_until_a_restore_is_done_and_its_list_counts(
    installation: Path, tmp_path: Path
) -> None:
    """After a power cut the joined list of erasures may lie nowhere else any more."""
    ref = "23456789abcd"
    making.back_up(tmp_path / "one.zip", data=installation, url="", now=NOW)
    data = tmp_path / "new"
    left = data / f"{passing.RESTORE}abc"
    left.mkdir(parents=True)
    (left / passing.IN_USE).touch()
    erasures.add(left / erasures.NAME, {ref: NOW})
    (data / locks.BROKEN_OFF).touch()
    (tmp_path / "spoilt.zip").write_text("nothing")
    with pytest.raises(archive.DamagedError):
        restoring.restore(tmp_path / "spoilt.zip", data=data, url="", now=NOW)
    assert left.exists()
    restoring.restore(tmp_path / "one.zip", data=data, url="", now=NOW)
    assert not left.exists()
    assert ref in erasures.read(data / erasures.NAME)


def test_a_folder_that_was_never_taken_into_use_goes_after_an_hour(tmp_path: Path) -> None:
    for name, age in (("old", 2 * passing.NEVER_BEGUN_SECONDS), ("new", 0.0)):
        made = tmp_path / f"{passing.BACKUP}{name}"
        made.mkdir()
        os.utime(made, (time.time() - age,) * 2)
    passing.sweep(tmp_path, passing.BACKUP)
    assert [path.name for path in tmp_path.iterdir()] == [f"{passing.BACKUP}new"]


def test_where_a_disk_knows_no_locks_nothing_is_swept_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(passing.fcntl, "flock", none)
    with passing.folder(tmp_path, passing.BACKUP) as made:
        passing.sweep(tmp_path, passing.BACKUP)
        assert made.exists()
    assert list(tmp_path.iterdir()) == []


def test_who_is_told_to_end_twice_still_ends_in_order() -> None:
    before = signal.getsignal(signal.SIGTERM)
    cleaned = []

    @ending.in_order()
    def told_twice() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            cleaned.append(True)

    with pytest.raises(SystemExit):
        told_twice()
    assert cleaned == [True]
    assert signal.getsignal(signal.SIGTERM) == before
