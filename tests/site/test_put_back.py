"""An installation put back by hand, such as a snapshot of the machine: who was erased is not back."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.make import NOW
from tests.postgresql import server
from tests.site.backstage import stage, varpa
from varpa.kernel.refs import new_ref
from varpa.privacy import erasures
from varpa.site import installation, preparation, supervisor
from varpa.site.cli import main


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("installation") / "data"
    return {**stage(folder, "set"), "data": folder, "names": stage(folder, "look")["people"]}


@pytest.fixture
def data(cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything is prepared, so that a start would do nothing first."""
    folder = Path(shutil.copytree(cast["data"], tmp_path / "data"))
    monkeypatch.setenv("VARPA_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (folder / preparation.STAMP).write_text(preparation.fingerprint())
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a start does first; nothing is really served."""
    done: list[str] = []

    def finish(command: list[str]) -> int:
        done.append(command[-1])
        return 0

    monkeypatch.setattr(os.environ, "update", lambda *_: None)
    monkeypatch.setattr(supervisor, "finish", finish)
    monkeypatch.setattr(supervisor, "keep", lambda *_, **__: 0)
    return done


def test_whom_the_list_names_is_erased_before_anybody_sees_them(
    cast: dict[str, Any], data: Path, started: list[str]
) -> None:
    erasures.add(data / erasures.NAME, {cast["elina"]: NOW, new_ref(): NOW})
    assert not preparation.needed()
    CliRunner().invoke(main, ["serve"])
    assert started == ["prepare"]
    told = varpa(data, "prepare")
    assert told.returncode == 0, told.stderr
    assert "Erased again, because the list of erasures names them: 1" in told.stdout
    seen = stage(data, "look")["people"]
    assert seen[cast["elina"]] != cast["names"][cast["elina"]]
    assert seen[cast["andris"]] == cast["names"][cast["andris"]]
    CliRunner().invoke(main, ["serve"])
    assert started == ["prepare"]


@pytest.mark.parametrize("listed", [[], ["somebody else"]])
def test_where_nobody_is_back_a_start_does_nothing_first(
    listed: list[str], data: Path, started: list[str]
) -> None:
    erasures.add(data / erasures.NAME, {new_ref(): NOW for _ in listed})
    CliRunner().invoke(main, ["serve"])
    assert started == []


def test_who_was_erased_here_is_not_erased_at_each_start(
    cast: dict[str, Any], data: Path, started: list[str]
) -> None:
    stage(data, "erase", cast["elina"], "listed")
    assert not installation.has_erased_people()


def test_a_database_of_a_version_without_erasures_is_looked_at(cast: dict[str, Any], data: Path) -> None:
    with closing(sqlite3.connect(data / "varpa.sqlite3")) as database, database:
        database.execute("DROP TABLE privacy_erased")
    erasures.add(data / erasures.NAME, {cast["elina"]: NOW})
    assert installation.has_erased_people()


def test_a_list_that_cannot_be_read_is_named_and_no_site_starts(data: Path, started: list[str]) -> None:
    (data / erasures.NAME).write_text("nonsense\n")
    told = CliRunner().invoke(main, ["serve"])
    assert told.exit_code == 1
    assert "Line 1 of the list of erasures" in told.output
    assert started == []
    assert "Line 1" in varpa(data, "prepare").stderr


def test_on_postgresql_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    with server() as running:
        monkeypatch.setenv("DATABASE_URL", running.url)
        erasures.add(tmp_path / erasures.NAME, {new_ref(): NOW})
        assert installation.has_erased_people()
        ref = stage(tmp_path, "set", url=running.url)["elina"]
        assert not installation.has_erased_people()
        erasures.add(tmp_path / erasures.NAME, {ref: NOW})
        assert installation.has_erased_people()
        assert varpa(tmp_path, "prepare", url=running.url).returncode == 0
        assert not installation.has_erased_people()
