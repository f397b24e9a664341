"""While any part of a site runs nothing is restored, and while something is restored no part begins."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.mailroom import servers
from tests.site.backstage import stage, varpa
from varpa.post.models import Inbound
from varpa.site import boot, locks
from varpa.site.cli import main

# Each part of a site, which says when it has begun.
PARTS = {
    "web server": "import varpa.site.wsgi; print('begun'); signal.pause()",
    "worker": (
        "from varpa.site import boot; boot.wake()\n"
        "from varpa.site import cli, worker\n"
        "worker.one_round = lambda *_: print('begun')\n"
        "cli.main(['work'])"
    ),
    "lmtp": "from varpa.site import cli; cli.main(['lmtp', '--port', sys.argv[1]])",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "data"
    stage(folder, "set")
    return folder


@pytest.fixture
def ended() -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Processes that are killed after the test."""
    begun: list[subprocess.Popen[bytes]] = []
    yield begun
    for process in begun:
        process.kill()
        process.wait()


def uses(data: Path) -> bool:
    try:
        with locks.alone(data):
            return False
    except locks.InUseError:
        return True


@pytest.mark.parametrize("part", PARTS)
def test_each_part_alone_counts_as_the_site(
    part: str, data: Path, ended: list["subprocess.Popen[bytes]"]
) -> None:
    source = "import signal, sys\n" + PARTS[part]
    around = boot.environment(VARPA_DATA=str(data), DATABASE_URL="", VARPA_SMTP="", VARPA_URL="")
    command = [sys.executable, "-c", source, str(servers.free_port())]
    ended.append(subprocess.Popen(command, cwd=boot.ROOT, env=around, stdout=subprocess.PIPE))
    said = ended[0].stdout
    assert said is not None
    assert said.readline()
    told = varpa(data, "restore", __file__, "--replace")
    assert told.returncode == 1
    assert "End it first" in told.stderr
    ended[0].kill()
    ended[0].wait()
    said.close()
    assert not uses(data)


@pytest.mark.parametrize("broken_off", [False, True])
def test_no_part_begins_meanwhile(broken_off: bool, tmp_path: Path) -> None:
    """Nor after half a restore: letters would go out of half an installation."""
    if broken_off:
        (tmp_path / locks.BROKEN_OFF).touch()
    said = "was broken off" if broken_off else "is being restored"
    with locks.alone(tmp_path) if not broken_off else locks.demonstrated(tmp_path):
        for command in ("work", "lmtp", "matchings", "slides", "dossiers"):
            told = varpa(tmp_path, command)
            assert (told.returncode, said in told.stderr) == (1, True), told.stderr
        around = boot.environment(VARPA_DATA=str(tmp_path), DATABASE_URL="")
        wsgi = [sys.executable, "-c", "import varpa.site.wsgi"]
        web = subprocess.run(wsgi, env=around, cwd=boot.ROOT, capture_output=True, text=True)
    assert web.returncode == 1
    assert said in web.stderr


@pytest.mark.django_db
def test_a_mail_that_comes_meanwhile_is_brought_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path))
    with locks.alone(tmp_path):
        told = CliRunner().invoke(main, ["mail-in"], input=b"From: a@b.example\r\n\r\nSveiki")
    assert told.exit_code == 75
    assert not Inbound.objects.exists()
    with locks.served(tmp_path):
        assert CliRunner().invoke(main, ["mail-in"], input=b"From: a@b.example\r\n\r\nSveiki").exit_code == 0
    assert Inbound.objects.count() == 1


def test_whoever_asks_for_the_worker_leaves_no_file_behind(tmp_path: Path) -> None:
    """Asked by root, the file would be root's, and the worker could not open it."""
    assert not locks.worker_runs(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with locks.alone(tmp_path):
        assert locks.worker_runs(tmp_path)
    assert not locks.worker_runs(tmp_path)
