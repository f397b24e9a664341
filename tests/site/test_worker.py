"""The worker does each duty in its turn, and nothing that goes wrong stops another duty."""

import logging
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from varpa.kernel import clock
from varpa.site import wal, worker
from varpa.site.schedule import DUTIES, Duty

NOW = datetime(2025, 10, 14, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _connections_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def test_a_duty_is_handed_the_time_of_the_clock() -> None:
    handed: list[datetime] = []
    with clock.moved_to(NOW):
        assert worker.attempt(Duty("note", handed.append, timedelta(seconds=1)))
    assert handed == [NOW]


def test_a_duty_waits_for_its_turn() -> None:
    done: list[str] = []
    often = Duty("often", lambda _now: done.append("often"), timedelta(0))
    rarely = Duty("rarely", lambda _now: done.append("rarely"), timedelta(hours=1))
    due: dict[str, float] = {}
    worker.one_round([often, rarely], due)
    worker.one_round([often, rarely], due)
    assert done == ["often", "rarely", "often"]


def test_a_locked_database_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def locked(_now: datetime) -> None:
        tries.append(1)
        raise OperationalError("database is locked")

    duty = Duty("letters", locked, timedelta(0))
    due: dict[str, float] = {}
    worker.one_round([duty], due)
    worker.one_round([duty], due)
    assert len(tries) == 2
    assert "letters: the database did not answer (database is locked)" in caplog.text


def test_a_mistake_in_one_duty_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken(_now: datetime) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        worker.one_round(
            [
                Duty("broken", broken, timedelta(hours=1)),
                Duty("sound", lambda _now: done.append("sound"), timedelta(hours=1)),
            ],
            {},
        )
    assert done == ["sound"]
    assert "broken failed" in caplog.text


def test_every_duty_has_a_name_of_its_own() -> None:
    names = [duty.name for duty in (*DUTIES, worker.CHECKPOINT)]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_every_duty_may_be_done_when_there_is_nothing_to_do() -> None:
    for duty in DUTIES:
        duty.work(NOW)


@pytest.mark.django_db(transaction=True)
def test_only_the_worker_copies_the_log_back() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint")
            assert cursor.fetchone() == (0,)
    wal.checkpoint()


@pytest.mark.django_db
def test_the_database_learns_how_large_its_tables_are() -> None:
    """Else it plans as for empty ones: two thousand at an event were compared with two thousand."""
    with clock.moved_to(NOW):
        assert worker.attempt(worker.TABLES)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'django_content_type'")
            assert cursor.fetchone()[0] > 0


def test_a_second_worker_waits_for_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "worker.lock"

    class Once:
        """Told to end as soon as it had to wait."""

        asked = False
        waits = 0

        def rest(self, _seconds: float) -> None:
            self.waits += 1
            self.asked = True

    second = Once()
    with worker.only_one(lock, Once()), worker.only_one(lock, second):  # type: ignore[arg-type]  # it ends at once
        assert second.waits == 1


def test_the_lock_falls_with_its_holder(tmp_path: Path) -> None:
    """However the first worker ends, the next one may begin."""
    lock = tmp_path / "worker.lock"
    hold = (
        "import fcntl, os, signal, sys\n"
        "fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", hold, str(lock)])
    ending = worker.Ending()
    with worker.only_one(lock, ending):
        assert not ending.asked
