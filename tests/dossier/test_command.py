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
