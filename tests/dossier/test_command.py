"""`dossier build --period NAME`: the days of a named period, or a sentence that says what there is."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.dossier import building
from varpa.programmes.actions.periods import add_period
from varpa.site.commands.dossier import dossier

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
pytestmark = pytest.mark.django_db


def build(cast: Cast, out: Path, *more: str) -> Result:
    asked = ["build", "--programme", cast.programme.ref, "--out", str(out), *more]
    return CliRunner().invoke(dossier, asked)


def test_a_period_is_named(tmp_path: Path) -> None:
    cast = assemble()
    first, last = date(2025, 9, 1), date(2025, 12, 31)
    add_period(programme=cast.programme, name="First", first=first, last=last, by=cast.inga, now=NOW)
    by_name = build(cast, tmp_path / "a.zip", "--period", "First")
    assert by_name.exit_code == 0, by_name.output
    by_days = build(cast, tmp_path / "b.zip", "--from", "2025-09-01", "--to", "2025-12-31")
    assert by_days.exit_code == 0, by_days.output
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    unknown = build(cast, tmp_path / "c.zip", "--period", "Third")
    assert unknown.exit_code == 1
    assert "First" in unknown.output
    both = build(cast, tmp_path / "c.zip", "--period", "First", "--from", "2025-10-01")
    assert both.exit_code == 1
    assert not (tmp_path / "c.zip").exists()


@pytest.fixture
def heard() -> Iterator[None]:
    """In the background of a shell some signals are not heard, and what nobody hears ends nothing."""
    before = {each: signal.signal(each, signal.SIG_DFL) for each in SIGNALS}
    yield
    for each, how in before.items():
        signal.signal(each, how)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", SIGNALS)
def test_told_to_end_it_leaves_nothing_and_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    cast, out = assemble(), tmp_path / "a.zip"

    def told(*_given: object) -> None:
        assert list(tmp_path.glob(".dossier-*/archive"))
        os.kill(os.getpid(), number)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(building, "_write", told)
        assert build(cast, out).exit_code == 128 + number
    assert not list(tmp_path.iterdir())
    assert build(cast, out).exit_code == 0


def test_what_a_killed_build_has_left_goes_with_the_next_one(tmp_path: Path) -> None:
    cast, out = assemble(), tmp_path / "a.zip"
    dead, notes = tmp_path / ".dossier-dead", tmp_path / ".dossier-notes"
    for folder, name in ((dead, "archive"), (notes, "mine.txt")):
        folder.mkdir()
        (folder / name).write_text("half")
    (tmp_path / ".dossier-link").symlink_to(notes)
    with building._part(tmp_path / "b.zip") as (part, living):
        part.write_bytes(b"half")
        assert not dead.exists()
        assert build(cast, out).exit_code == 0
        assert part.exists()
    assert not living.exists()
    assert {each.name for each in tmp_path.iterdir()} == {"a.zip", ".dossier-notes", ".dossier-link"}


@pytest.mark.usefixtures("heard")
def test_a_build_that_was_killed_at_once_leaves_nothing_for_ever(tmp_path: Path) -> None:
    """By the kernel: no line of the program is run any more."""
    child = os.fork()
    if not child:
        with building._part(tmp_path / "a.zip") as (part, _folder):
            part.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert list(tmp_path.glob(".dossier-*/archive"))
    with building._part(tmp_path / "a.zip") as (_part, folder):
        assert list(tmp_path.iterdir()) == [folder]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "nekas nav mainīts"), ("lt", "niekas nepakeista"), ("en", "nothing was changed")],
)
def test_that_nothing_was_changed_is_said_in_the_language(tmp_path: Path, language: str, said: str) -> None:
    out = tmp_path / "a.zip"
    assert build(assemble(), out).exit_code == 0
    proved = CliRunner().invoke(dossier, ["verify", str(out), "--language", language])
    assert proved.exit_code == 0, proved.output
    assert said in proved.output
    assert ("page of dossiers" in proved.output) is (language == "en")
