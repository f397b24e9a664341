"""`varpa test` and `varpa bench`: every check there is, and the marks of the house."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click

from varpa.site import boot

BROWSER = "chromium-headless-shell"
# What the tests need of the machine: the program or dictionary looked for, and Debian's package of it.
NEEDED = (
    # The bare shell opens and draws a page for half the processor time of a whole browser.
    ((BROWSER, "chromium", "chromium-browser", "google-chrome"), BROWSER),
    (("hunspell",), "hunspell"),
    (("/usr/share/hunspell/lv_LV.dic",), "hunspell-lv"),
    (("/usr/share/hunspell/lt_LT.dic",), "hunspell-lt"),
    (("/usr/share/hunspell/en_GB.dic",), "hunspell-en-gb"),
)
# What only the tests in full need, in the same words.
NEEDED_IN_FULL = ((("soffice", "libreoffice"), "libreoffice-calc-nogui"),)
DJADE = ("--target-version", "5.2")
OUTSIDE = ("--ignore=tests/journeys", "--ignore=tests/faults", "--ignore=tests/spreadsheets")

# Three at once: a browser waits for its pages half of the time. One by one, or the longest would queue.
JOURNEYS = ("-n", "3", "--maxschedchunk", "1", "--nomigrations", "tests/journeys")
# Four at once: they wait for what was killed to come back, and for seconds that have to pass.
FAULTS = ("-n", "4", "--maxschedchunk", "1", "tests/faults")


@dataclass(frozen=True)
class Step:
    """One check: a command, and what its environment says besides."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]


@click.command()
@click.argument("extent", type=click.Choice(["quick", "usual", "full", "faults"]), default="usual")
def test(extent: str) -> None:
    """Run all checks and tests: lint, format, types, templates, tests, browser journeys, faults.

    quick: no browser, no faults, the database in memory, nothing that takes long. full: everything in all
    combinations, on PostgreSQL too, and workbooks recomputed by LibreOffice. faults: only what breaks
    things. As root what is missing on a Debian machine is installed first; as an ordinary user it is named
    in one line.
    """
    provide_for(extent)
    results: list[tuple[str, int, float]] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="varpa-test-") as folder:
        for together in stages(extent, Path(folder)):
            results += _run_together(together, Path(folder))
    click.echo()
    for name, code, seconds in results:
        click.echo(f"{'failed' if code else 'passed':7} {seconds:6.1f} s  {name}")
    failed = sum(1 for _name, code, _seconds in results if code)
    click.echo(f"total   {time.monotonic() - begun:6.1f} s")
    click.echo(f"steps: {len(results) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _run_together(together: Sequence[Step], folder: Path) -> Iterator[tuple[str, int, float]]:
    """Run steps side by side: each one's name, its exit code and its seconds.

    What several print is told step by step, in their order; one that is alone is heard at once.
    """
    heard = len(together) == 1

    def run(step: Step) -> tuple[Step, int, float, str]:
        begun = time.monotonic()
        environment = boot.environment(**{**step.environment, "VARPA_DATA": _own(folder, step.name)})
        ended = subprocess.run(
            step.command,
            cwd=boot.ROOT,
            env=environment,
            stdout=None if heard else subprocess.PIPE,
            stderr=None if heard else subprocess.STDOUT,
            text=True,
            check=False,
        )
        return step, ended.returncode, time.monotonic() - begun, ended.stdout or ""

    if heard:
        click.secho(f"\n--- {together[0].name}", bold=True)
    with ThreadPoolExecutor(len(together)) as pool:
        for step, code, seconds, printed in pool.map(run, together):
            if not heard:
                click.secho(f"\n--- {step.name}", bold=True)
                click.echo(printed)
            yield step.name, code, seconds


@click.command()
def tidy() -> None:
    """Format code and templates as the checks want them."""
    for command in (
        [_program("ruff"), "check", "--fix-only", "--quiet", "."],
        [_program("ruff"), "format", "--quiet", "."],
        [_program("djade"), *DJADE, *_templates()],
    ):
        subprocess.call(command, cwd=boot.ROOT)


@click.command()
@click.argument("name", required=False)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def bench(name: str | None, options: tuple[str, ...]) -> None:
    """Measure NAME, print a table and write bench/results/NAME.json; without NAME: list what there is."""
    folder = boot.ROOT / "bench"
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if name not in names:
        click.echo("Benches: " + ", ".join(names))
        sys.exit(1 if name else 0)
    command = [sys.executable, "-m", f"bench.{name}", *options]
    sys.exit(subprocess.call(command, cwd=boot.ROOT, env=boot.environment()))


def stages(extent: str, folder: Path) -> list[list[Step]]:
    """The checks of an extent, in their order; those of one stage run side by side.

    One processor is not busy with a step of one process, nor two with a browser that waits for its pages.
    `folder` is theirs to write into.
    """
    usual = {
        "VARPA_SECRET": "only-for-tests-" * 3,
        "VARPA_TESTS": extent,
        "DATABASE_URL": "",
        "VARPA_SMTP": "",
        # Some machines forbid it: then each of a hundred processes compiles the house and its libraries anew.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "bytecode"),
    }
    on_file = {**usual, "VARPA_TEST_DATABASE": str(folder / "race.sqlite3")}
    pytest = [sys.executable, "-m", "pytest"]
    postgresql = [sys.executable, "-m", "tests.postgresql"]
    # Without the steps: that they end in the same tables is a test of its own (tests/site/test_tables.py).
    inside = [*pytest, "--nomigrations", *OUTSIDE]
    # Whoever is ready takes of the other's: else what a file makes once would be made twice.
    shared = ["-n", "2", "--dist", "worksteal"]
    tests = Step("tests", [*inside, *shared, "-m", "not race"], usual)
    races = Step("races, on a file", [*inside, "-m", "race"], on_file)
    chosen = shared if extent == "full" else ["-m", "race"]
    served = Step("races, on PostgreSQL", [*postgresql, *inside, *chosen], usual)
    # In memory all threads share one connection, and one who reads locks the table for one who writes.
    walked = {**usual, "VARPA_TEST_DATABASE": str(folder / "journeys.sqlite3")}
    journeys = Step("journeys", [*pytest, *JOURNEYS], walked)
    faults = Step("faults", [*pytest, *FAULTS], usual)
    soon = Step("tests", [*inside, *shared, "-m", "not race and not long"], usual)
    spreadsheets = Step("spreadsheets", [*pytest, "tests/spreadsheets"], usual)
    whole = [[*_lint(usual), races, served], [tests], [journeys], [faults]]
    return {
        "faults": [[faults]],
        "quick": [[*_lint(usual), soon]],
        "full": [*whole, [spreadsheets]],
    }.get(extent, whole)


def _lint(environment: dict[str, str]) -> list[Step]:
    ruff = _program("ruff")
    return [
        Step("ruff", [ruff, "check", "."], environment),
        Step("format", [ruff, "format", "--check", "."], environment),
        Step("types", [sys.executable, "-m", "mypy"], environment),
        Step("templates", [_program("djade"), "--check", *DJADE, *_templates()], environment),
    ]


def _own(folder: Path, name: str) -> str:
    """The data folder of one step: two at once would write into each other's."""
    own = folder / name.replace(" ", "-").replace(",", "")
    own.mkdir()
    return str(own)


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _templates() -> list[str]:
    return sorted(str(path.relative_to(boot.ROOT)) for path in boot.ROOT.glob("varpa/*/templates/**/*.html"))


def provide_for(extent: str) -> None:
    """Install what is missing on this machine, as root; else say it in one line and end."""
    needed = (*NEEDED, *NEEDED_IN_FULL) if extent == "full" else NEEDED
    missing = [package for names, package in needed if not any(_is_there(name) for name in names)]
    if extent == "quick":
        missing = [package for package in missing if package != BROWSER]
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise click.ClickException(f"The tests need: sudo apt-get install {' '.join(missing)}")
    click.echo(f"Installing {', '.join(missing)} ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode:
        raise click.ClickException(f"Could not install {' '.join(missing)}; what apt-get said stands above.")


def _is_there(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None
