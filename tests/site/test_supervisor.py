"""Programs are kept alive together and ended together."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from varpa.site import supervisor
from varpa.site.ending import Ending
from varpa.site.supervisor import Program

NOTE = "import signal, sys\nwith open(sys.argv[1], 'a') as file: file.write('begun\\n')\n"
STAYS = NOTE + "signal.pause()\n"
GOES = NOTE


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _program(name: str, source: str, note: Path, *, once: bool = False) -> Program:
    return Program(name, [sys.executable, "-c", source, str(note)], once=once)


def _begun(note: Path) -> int:
    return note.read_text().count("begun") if note.exists() else 0


def test_all_end_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _program("web", STAYS, tmp_path / "web"), _program("worker", STAYS, tmp_path / "worker")
    ready: list[bool] = []
    rest = Ending.rest

    def until_both_have_begun(ending: Ending, seconds: float) -> None:
        ending.asked = bool(_begun(tmp_path / "worker"))
        rest(ending, seconds)

    monkeypatch.setattr(Ending, "rest", until_both_have_begun)
    answers = partial(_begun, tmp_path / "web")
    assert supervisor.keep(first, [second], answers=answers, ready=lambda: ready.append(True)) == 0
    assert ready == [True]
    assert [program.process and program.process.returncode for program in (first, second)] == [-15, -15]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_each_way_of_being_told_to_end(number: int) -> None:
    ending = Ending()
    assert not ending.asked
    os.kill(os.getpid(), number)
    assert ending.asked


def test_a_program_runs_to_its_end(tmp_path: Path) -> None:
    assert supervisor.finish([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_who_is_told_to_end_ends_what_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "prepare"
    rest = Ending.rest

    def until_it_has_begun(ending: Ending, seconds: float) -> None:
        ending.asked = bool(_begun(note))
        rest(ending, seconds)

    monkeypatch.setattr(Ending, "rest", until_it_has_begun)
    assert supervisor.finish([sys.executable, "-c", STAYS, str(note)]) is None


def test_what_cannot_be_kept_alive_ends_all(tmp_path: Path) -> None:
    note = tmp_path / "web"
    code = supervisor.keep(_program("web", GOES, note), [], answers=lambda: 0, ready=lambda: None)
    assert code == 1
    assert _begun(note) == supervisor.SHORT_LIVES


def test_what_runs_once_is_not_started_again(tmp_path: Path) -> None:
    program = _program("grow", GOES, tmp_path / "grow", once=True)
    program.start()
    assert program.process is not None
    program.process.wait()
    assert supervisor._alive(program)
    assert program.process is None


def test_what_a_dead_program_left_behind_is_swept_away(tmp_path: Path) -> None:
    """A web server killed hard leaves workers that would hold its port."""
    child = tmp_path / "child"
    source = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
        "open(sys.argv[1], 'w').write(str(child.pid))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", source, str(child)], start_new_session=True)
    process.wait()
    orphan = os.pidfd_open(int(child.read_text()))
    supervisor.end([process])
    gone, _, _ = select.select([orphan], [], [], 10)
    os.close(orphan)
    assert gone == [orphan]
