"""The command line: what a person reads, and what happens before the site starts."""

import io
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click import ClickException, Group
from click.testing import CliRunner

from tests.conftest import LONG, TESTS
from varpa.people.models import Organisation, Person
from varpa.site import boot, checks, demonstration, installation, ports, preparation, soundness
from varpa.site.cli import main
from varpa.site.commands import testing
from varpa.site.commands.progress import Progress
from varpa.site.commands.testing import Step, stages


def _commands(group: Group, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*before, name))
        if isinstance(command, Group):
            found += _commands(command, (*before, name))
    return found


@pytest.mark.parametrize("command", _commands(main), ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*command, "--help"])
    assert told.exit_code == 0
    assert len(told.output.split("Options:")[0].split()) > 6


def test_a_methodology_is_checked(tmp_path: Path) -> None:
    seed = Path(__file__).parents[2] / "methodologies" / "educate-for-business"
    assert CliRunner().invoke(main, ["methodology", "check", str(seed)]).exit_code == 0
    told = CliRunner().invoke(main, ["methodology", "check", str(tmp_path)])
    assert told.exit_code == 1
    assert "problem" in told.output


@pytest.mark.django_db
def test_an_organisation_is_created() -> None:
    asked = ["--name", "Jelgavas centrs", "--person", "Dace Kalniņa", "--email", "dace@centrs.example"]
    told = CliRunner().invoke(main, ["organisation", "create", *asked, "--language", "lv"])
    assert told.exit_code == 0, told.output
    assert Organisation.objects.get().name == "Jelgavas centrs"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"--zone": "Mars/X"}, "--zone: Choose a time zone from the list."),
        ({"--email": "a b@@x"}, "--email: Write the whole address"),
        ({"--email": "notmail"}, "--email: Write the whole address"),
        ({"--email": "a" * 250 + "@x.example"}, "--email: Write the whole address"),
        ({"--name": "A" * 5000}, "--name: The text has 5000 characters, the most is 160"),
        ({"--name": "  "}, "--name: Write something here."),
        ({"--person": "A" * 121}, "--person: The text has 121 characters, the most is 120"),
        ({"--person": " "}, "--person: Write something here."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_organisation_that_nobody_could_sign_in_to_is_not_made(wrong: dict[str, str], told: str) -> None:
    good = {"--name": "Jelgavas centrs", "--person": "Dace Kalniņa", "--email": "dace@centrs.example"}
    asked = [part for option in (good | wrong).items() for part in option]
    said = CliRunner().invoke(main, ["organisation", "create", *asked])
    assert (said.exit_code, said.exception.__class__) == (1, SystemExit)
    assert told in said.output
    assert (Organisation.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["migrate"],
        ["serve"],
        ["match", "README.md", "README.md", "--out", "nowhere"],
        ["organisation", "create", "--name", "A", "--person", "B", "--email", "a@b.example"],
        ["person", "reset-sign-in", "a@b.example"],
    ],
    ids=" ".join,
)
def test_a_data_folder_that_cannot_be_is_told_in_a_sentence(command: list[str]) -> None:
    environment = boot.environment(VARPA_DATA="/proc/nope")
    done = subprocess.run(
        boot.varpa(*command), env=environment, cwd=boot.ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "The data folder /proc/nope (VARPA_DATA) cannot be used: No such file or directory." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_methodology_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    within = tmp_path / ("a" * 300)
    told = CliRunner().invoke(main, ["methodology", "check", str(within)])
    assert (told.exit_code, told.exception.__class__) == (1, SystemExit)
    assert "cannot be read: File name too long" in told.output


def test_a_letter_to_try_needs_an_address() -> None:
    told = CliRunner().invoke(main, ["check", "--letter", "notmail"])
    assert (told.exit_code, told.exception.__class__) == (2, SystemExit)
    assert "notmail is no address" in told.output


def _installation(folder: Path, organisations: int | None) -> None:
    with closing(sqlite3.connect(folder / "varpa.sqlite3")) as database, database:
        if organisations is not None:
            database.execute("CREATE TABLE people_organisation (id INTEGER)")
            database.executemany("INSERT INTO people_organisation VALUES (?)", [(1,)] * organisations)


@pytest.mark.parametrize(("organisations", "real"), [(None, False), (0, False), (1, True)])
def test_an_installation_is_real_when_it_has_an_organisation(
    organisations: int | None, real: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert installation.has_organisation() is False
    _installation(tmp_path, organisations)
    assert installation.has_organisation() is real
    (tmp_path / "demonstration.txt").write_text("")
    assert installation.has_organisation() is False


def test_the_demonstration_has_a_marked_folder_of_its_own(tmp_path: Path) -> None:
    place = demonstration.folder(tmp_path)
    assert place == tmp_path / "demo"
    assert "made up" in (place / "demonstration.txt").read_text()
    assert demonstration.folder(tmp_path) == place
    assert demonstration.folder(place) == place


def test_the_demonstration_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "varpa.sqlite3").write_text("real")
    with pytest.raises(demonstration.NotADemonstration):
        demonstration.folder(tmp_path)


@pytest.mark.parametrize("name", ["DATABASE_URL", "VARPA_SMTP", "VARPA_IMAP", "VARPA_SMS", "VARPA_REPLY"])
def test_the_demonstration_writes_to_nobody_and_reads_no_real_mail(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "a real one")
    around = demonstration.surroundings(tmp_path)
    assert (around[name], around["VARPA_DATA"]) == ("", str(tmp_path))


def test_the_demonstration_listens_on_this_computer_only() -> None:
    told = CliRunner().invoke(main, ["demo", "--host", "0.0.0.0"])
    assert told.exit_code == 1
    assert "this computer only" in told.output


def test_growth_is_shown_until_it_is_complete(tmp_path: Path) -> None:
    assert demonstration.growth(tmp_path) is None
    demonstration.note_growth(tmp_path, 3, 12)
    assert demonstration.growth(tmp_path) == (3, 12)
    demonstration.note_growth(tmp_path, 12, 12)
    assert demonstration.growth(tmp_path) is None


def test_a_taken_port_is_told_or_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ports.PortTaken, match=str(port)):
            ports.choose("127.0.0.1", port)
        assert ports.choose("127.0.0.1", None) >= ports.PORT


@pytest.mark.parametrize("asked", [-1, 0, 65536, 70000])
def test_what_is_no_port_is_told(asked: int) -> None:
    with pytest.raises(ports.PortTaken, match=f"There is no port {asked}: ports are numbers from 1 to 65535"):
        ports.choose("127.0.0.1", asked)


def test_nobody_answers_where_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not ports.answers(f"http://127.0.0.1:{port}")


def test_preparing_is_needed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    assert preparation.needed()
    (tmp_path / preparation.STAMP).write_text(preparation.fingerprint())
    assert not preparation.needed()
    (tmp_path / "varpa.sqlite3").write_text("another database")
    assert preparation.needed()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_lines_in_a_log() -> None:
    bar, log = _Terminal(), io.StringIO()
    for out in (bar, log):
        progress = Progress("Replay", out)
        for done in range(101):
            progress(done, 100, "March")
        progress.finish()
    assert "[###############...............] 50 of 100 March" in bar.getvalue()
    assert log.getvalue().count("\n") == 12
    assert "\r" not in log.getvalue()


def test_the_worst_sqlite_is_refused() -> None:
    assert not checks.sound((3, 40, 1))
    assert not checks.sound((3, 51, 2))
    assert checks.sound((3, 44, 6))
    assert checks.sound((3, 53, 0))
    assert checks.sqlite_is_sound() == []


def test_quick_opens_no_browser_and_breaks_nothing(tmp_path: Path) -> None:
    quick = {step.name for stage in stages("quick", tmp_path) for step in stage}
    usual = {step.name for stage in stages("usual", tmp_path) for step in stage}
    assert "journeys" not in quick
    assert "faults" not in quick
    assert quick < usual
    assert [[step.name for step in stage] for stage in stages("faults", tmp_path)] == [["faults"]]


def test_what_quick_leaves_out_is_there() -> None:
    """A file that moves would be back without a word."""
    assert [
        each for each in LONG if not (TESTS / each).is_dir() and not (TESTS / f"{each}.py").exists()
    ] == []


def test_one_failing_step_fails_the_whole_and_all_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(name: str, code: int) -> Step:
        return Step(name, [sys.executable, "-c", f"print('heard {name}'); raise SystemExit({code})"], {})

    monkeypatch.setattr(testing, "provide_for", lambda _extent: None)
    monkeypatch.setattr(testing, "stages", lambda *_: [[told("one", 0), told("two", 3)], [told("three", 0)]])
    done = CliRunner().invoke(testing.test, [])
    assert done.exit_code == 1
    assert done.output.index("heard one") < done.output.index("heard two")
    assert "steps: 2 passed, 1 failed" in done.output


def test_an_ordinary_user_is_told_in_one_line_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "_is_there", lambda _name: False)
    monkeypatch.setattr(testing.os, "geteuid", lambda: 1000)
    with pytest.raises(ClickException) as told:
        testing.provide_for("usual")
    line = told.value.message
    assert line.startswith("The tests need: sudo apt-get install chromium-headless-shell hunspell")
    assert "\n" not in line


def test_quick_needs_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "_is_there", lambda name: "chrom" not in name)
    testing.provide_for("quick")


@pytest.mark.django_db
def test_an_installation_is_looked_over() -> None:
    found = dict(soundness.checks())
    assert found["settings"] == []
    assert found["database"] == []
    assert found["methodology educate-for-business"] == []


def test_a_data_folder_is_made_also_where_its_key_is_given(tmp_path: Path) -> None:
    place = tmp_path / "varpa" / "data"
    given = boot.environment(VARPA_DATA=str(place), VARPA_SECRET="only-for-tests-" * 3)
    subprocess.run([sys.executable, "-c", "import varpa.site.settings"], env=given, check=True)
    assert place.is_dir()
