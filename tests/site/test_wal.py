"""The write-ahead log keeps nothing of what was destroyed: an anonymous draft lay on in it for weeks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from varpa.site import wal

WORDS = b"Nobody may find this draft"


class Opened:
    """As much of Django's connection as a checkpoint asks for, over a file of its own."""

    vendor = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def cursor(self) -> "closing[sqlite3.Cursor]":
        return closing(self.raw.cursor())


def connected(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None, timeout=20)
    for pragma in ("journal_mode=WAL", "wal_autocheckpoint=0", "secure_delete=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database in whose log a draft stands that was destroyed since."""
    path = tmp_path / "varpa.sqlite3"
    with closing(connected(path)) as raw:
        raw.execute("CREATE TABLE draft (words TEXT)")
        raw.execute("INSERT INTO draft VALUES (?)", [WORDS.decode()])
        raw.execute("DELETE FROM draft")
        monkeypatch.setattr(wal, "connection", Opened(raw))
        yield path


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def test_what_was_destroyed_is_gone_from_the_log_too(path: Path) -> None:
    assert WORDS in log_of(path).read_bytes()
    wal.checkpoint()
    assert WORDS not in log_of(path).read_bytes()
    assert WORDS not in path.read_bytes()


def test_a_reader_is_not_waited_for_and_the_log_is_emptied_the_next_time(path: Path) -> None:
    with closing(connected(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM draft").fetchone()
        wal.checkpoint()
        assert WORDS in log_of(path).read_bytes()
        reader.execute("COMMIT")
        wal.checkpoint()
    assert WORDS not in log_of(path).read_bytes()


def test_waiting_is_as_it_was_afterwards(path: Path) -> None:
    wal.checkpoint()
    with wal.connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
