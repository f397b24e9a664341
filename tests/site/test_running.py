"""`varpa check` at a real installation: what keeps people from working is told in a sentence."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.mailroom import servers
from tests.make import NOW
from tests.post.conftest import write
from tests.site.backstage import stage, varpa
from varpa.post.models import Letter
from varpa.site import locks, running
from varpa.site.backups import noting
from varpa.site.cli import main
from varpa.site.ending import Ending
from varpa.site.worker import only_one

pytestmark = pytest.mark.django_db


def found(name: str) -> list[str]:
    return dict(running.looks(NOW))[name]


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, settings: Any) -> Path:
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    return tmp_path


@contextmanager
def answered_with(body: bytes) -> Iterator[str]:
    """The address of somebody who answers so to whatever is asked."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_about: object) -> None:
            pass

    server = HTTPServer(("127.0.0.2", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.2:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_that_only_this_computer_has_is_told() -> None:
    assert "VARPA_URL is not set" in found("address")[0]


@pytest.mark.parametrize(("body", "told"), [(b"ok\n", []), (b"<h1>nginx</h1>", ["something else"])])
def test_the_public_address_is_asked(body: bytes, told: list[str], settings: Any) -> None:
    with answered_with(body) as settings.SITE_URL:
        seen = found("address")
    assert "not https://" in seen[0]
    assert len(seen) == 1 + len(told)
    assert all(words in line for words, line in zip(told, seen[1:], strict=True))


def test_an_address_that_does_not_answer_is_told(settings: Any) -> None:
    with socket.create_server(("127.0.0.2", 0)) as listener:
        settings.SITE_URL = f"https://127.0.0.2:{listener.getsockname()[1]}"
    settings.SECURE = True
    assert found("address") == [f"{settings.SITE_URL} does not answer: [Errno 111] Connection refused."]


@pytest.fixture
def mail_server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Taken]:
    """A mail server that is named as an installation names it."""
    with servers.smtp() as (port, taken):
        monkeypatch.setenv("VARPA_SMTP", f"smtp://127.0.0.1:{port}")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "Varpa <varpa@skola.example>"
        yield taken


def test_a_mail_server_that_takes_letters_is_in_order(mail_server: servers.Taken) -> None:
    assert found("mail server") == []
    assert running.send_one("dace@skola.example") == ""
    (letter,) = mail_server.mails
    assert (letter["To"], letter["From"]) == ("dace@skola.example", "Varpa <varpa@skola.example>")


@pytest.mark.usefixtures("mail_server")
def test_a_mail_server_that_does_not_answer_is_told(settings: Any) -> None:
    settings.EMAIL_PORT = servers.free_port()
    told = f"The mail server 127.0.0.1:{settings.EMAIL_PORT} (VARPA_SMTP) takes no letters: "
    assert found("mail server") == [f"{told}[Errno 111] Connection refused."]
    assert running.send_one("dace@skola.example") == f"{told}[Errno 111] Connection refused."


@pytest.mark.usefixtures("mail_server")
def test_letters_from_localhost_are_told(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Varpa <varpa@localhost>"
    assert "VARPA_FROM is not set" in found("mail server")[0]


def test_where_no_mail_server_is_named_codes_reach_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VARPA_SMTP", raising=False)
    assert "No mail server is named (VARPA_SMTP)" in found("mail server")[0]


def test_letters_that_do_not_go_out_are_told_with_the_answer(installed: Path) -> None:
    with only_one(installed / locks.WORKER, Ending()):
        assert found("letters") == []
        for minutes, error in ((120, "ConnectionRefusedError"), (61, ""), (59, "")):
            letter = write(once=f"letter {minutes}", now=NOW - timedelta(minutes=minutes))
            Letter.objects.filter(pk=letter.pk).update(error=error)
        (told,) = found("letters")
    assert told.startswith("2 letters could not be sent, the first since ")
    assert told.endswith("ConnectionRefusedError")


def test_what_one_server_puts_off_is_no_fault_of_ours() -> None:
    """Nor are the letters behind it, which keep their order."""
    first = write(once="put off", now=NOW - timedelta(hours=3))
    write(once="behind it", now=NOW - timedelta(hours=2))
    assert running.stuck(NOW) is not None
    for error in ("recipient 450", "letter 554"):
        Letter.objects.filter(pk=first.pk).update(error=error)
        assert running.stuck(NOW) is None


def test_what_rests_until_the_morning_is_not_stuck() -> None:
    letter = write(now=NOW - timedelta(hours=3))
    Letter.objects.filter(pk=letter.pk).update(not_before=NOW + timedelta(hours=5))
    assert running.stuck(NOW) is None


def test_without_a_worker_nothing_goes_out(installed: Path) -> None:
    assert "No worker runs here" in found("letters")[0]
    with only_one(installed / locks.WORKER, Ending()):
        assert found("letters") == []


def test_what_every_user_of_the_machine_may_read_is_told(installed: Path) -> None:
    (installed / "settings.toml").write_text("")
    (installed / "secret.txt").touch(0o600)
    assert found("who may read the data folder") == []
    installed.chmod(0o755)
    (installed / "settings.toml").chmod(0o644)
    told = f"Every user of this computer may read settings.toml in {installed}: chmod o-rwx {installed}"
    assert found("who may read the data folder") == [told]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("room on the disk") == []
    monkeypatch.setattr(running, "ROOM", 2**60)
    assert found("room on the disk")[0].startswith("Only ")


def test_an_old_backup_is_told(installed: Path) -> None:
    assert "None was ever made" in found("backup")[0]
    noting.note(installed, Path("/backups/varpa.zip"))
    made = NOW.timestamp()
    os.utime(installed / noting.NAME, (made, made))
    assert found("backup") == []
    old = made - timedelta(days=9).total_seconds()
    os.utime(installed / noting.NAME, (old, old))
    assert found("backup")[0].endswith(": /backups/varpa.zip.")


def test_a_real_installation_is_looked_at_and_its_backup_is_noted(tmp_path: Path) -> None:
    stage(tmp_path, "set")
    told = varpa(tmp_path, "check")
    assert told.returncode == 1
    assert "backup:\n  None was ever made" in told.stdout
    assert varpa(tmp_path, "backup", str(tmp_path / "of-today.zip")).returncode == 0
    assert "backup: in order" in varpa(tmp_path, "check").stdout


def test_the_unit_for_systemd_starts_this_checkout_as_its_own_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARPA_DATA", str(tmp_path / "100 %"))
    told = CliRunner().invoke(main, ["service", "--user", "varpa"])
    assert told.exit_code == 0
    assert "\nUser=varpa\n" in told.output
    assert f'\nEnvironment="VARPA_DATA={tmp_path}/100 %%"\n' in told.output
    assert "start.py serve\n" in told.output


def test_the_site_is_not_run_as_root() -> None:
    told = CliRunner().invoke(main, ["service", "--user", "root"])
    assert told.exit_code == 1
    assert "needs no rights of root" in told.output
