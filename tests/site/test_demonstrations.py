"""A demonstration that somebody looks at is never emptied under them."""

import socket
import sqlite3
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from varpa.site import demonstration, locks
from varpa.site.cli import main
from varpa.site.commands import serving


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was begun to be served; nothing really is. There is a demonstration that grows in `demo`."""
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    place = demonstration.folder(tmp_path)
    with closing(sqlite3.connect(place / "varpa.sqlite3")) as database:
        database.execute("CREATE TABLE seen (word TEXT)")
    demonstration.note_growth(place, 3, 12)
    started: list[object] = []
    monkeypatch.setattr(serving, "_run", lambda *about, **_: started.append(about))
    return started


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


@pytest.mark.parametrize("holds", [locks.served, locks.demonstrated, locks.alone])
@pytest.mark.parametrize("command", [["demo"], ["demo", "--anew"], ["serve"]], ids=" ".join)
def test_one_that_runs_is_left_as_it_is(
    holds: "type[AbstractContextManager[None]]", command: list[str], begun: list[object], tmp_path: Path
) -> None:
    """Also where its supervisor was killed and its web server or worker outlived it."""
    place = tmp_path / "demo"
    before = held(place)
    with holds(place):
        told = CliRunner().invoke(main, command)
    assert told.exit_code == 1
    assert f"runs from {place}" in told.output
    assert held(place) == before
    assert begun == []


def test_where_the_port_is_taken_nothing_is_thrown_away(begun: list[object], tmp_path: Path) -> None:
    before = held(tmp_path / "demo")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = CliRunner().invoke(main, ["demo", "--anew", "--port", str(taken.getsockname()[1])])
    assert told.exit_code == 1
    assert "is taken" in told.output
    assert held(tmp_path / "demo") == before


def test_a_complete_one_is_served_by_one_at_a_time(begun: list[object], tmp_path: Path) -> None:
    demonstration.note_growth(tmp_path / "demo", 1, 1)
    with locks.demonstrated(tmp_path / "demo"):
        assert CliRunner().invoke(main, ["demo"]).exit_code == 1
    assert begun == []
    assert CliRunner().invoke(main, ["demo"]).exit_code == 0
    assert len(begun) == 1


def test_one_that_was_broken_off_while_it_grew_is_grown_anew(begun: list[object], tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["demo"]).exit_code == 0
    assert set(held(tmp_path / "demo")) == {"demonstration.txt"}
    assert len(begun) == 1


def test_one_that_was_half_thrown_away_is_not_taken_for_a_complete_one(
    begun: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "demo"
    demonstration.note_growth(place, 1, 1)

    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    (place / "files").mkdir()
    monkeypatch.setattr(demonstration.shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        demonstration.empty(place)
    assert demonstration.growth(place)
