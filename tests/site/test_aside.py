"""Long work is done in a process of its own: the worker never waits for it."""

import time
from datetime import UTC, datetime

import pytest

from varpa.site import aside
from varpa.site.aside import Aside

NOW = datetime(2025, 10, 14, 9, 0, tzinfo=UTC)


class Stage:
    """A command of Python, whether somebody waits for it, and how often it broke."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
        import sys

        monkeypatch.setattr(aside.boot, "varpa", lambda *_arguments: [sys.executable, "-c", code])
        self.waits, self.broke = True, 0
        self.work = Aside(("matchings",), lambda: self.waits, self._broke)

    def _broke(self, _now: datetime) -> None:
        self.broke += 1

    def until_ended(self) -> None:
        until = time.monotonic() + 30
        while self.work.process and time.monotonic() < until:
            self.work(NOW)
        assert self.work.process is None


def test_it_begins_where_somebody_waits_and_never_waits_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, "import signal; signal.pause()")
    stage.waits = False
    stage.work(NOW)
    assert stage.work.process is None
    stage.waits = True
    began = time.monotonic()
    stage.work(NOW)
    stage.work(NOW)
    assert stage.work.process is not None
    assert stage.work.process.poll() is None
    assert time.monotonic() - began < 20
    stage.work.end()
    assert (stage.work.process, stage.broke) == (None, 0)


def test_what_nobody_waits_for_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, "import signal; signal.pause()")
    stage.work(NOW)
    stage.waits = False
    stage.until_ended()


@pytest.mark.parametrize(("code", "broke"), [("pass", 0), ("import os; os.kill(os.getpid(), 9)", 1)])
def test_how_it_ended_is_told(monkeypatch: pytest.MonkeyPatch, code: str, broke: int) -> None:
    stage = Stage(monkeypatch, code)
    stage.work(NOW)
    assert stage.work.process is not None
    stage.work.process.wait(60)
    stage.waits = False
    stage.until_ended()
    assert stage.broke == broke
