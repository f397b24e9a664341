"""Ctrl-C while the demonstration grows: one line, code 0, nothing left behind."""

import os
import pty
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.postgresql import any_port
from varpa.site import boot

STALLED = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


def _read(terminal: int, enough: Callable[[str], bool], seconds: float = 90) -> str:
    """What stands on the terminal once it is enough, or once all programs have left it."""
    shown, until = b"", time.monotonic() + seconds
    while time.monotonic() < until and not enough(shown.decode(errors="replace")):
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
    return shown.decode(errors="replace")


def test_who_ends_it_while_it_is_loading_reads_no_traceback(tmp_path: Path) -> None:
    # As at a terminal: what is started in the background by a shell would not hear the signal at all.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    raised = f"import signal\n{heard}\nsignal.raise_signal(signal.SIGINT)\n"
    (tmp_path / "click.py").write_text(raised)
    paths = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{boot.ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(boot.varpa("serve"), env={**os.environ, **paths}, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_one_line_and_nobody_is_left_though_a_request_has_stalled(tmp_path: Path) -> None:
    port, (terminal, theirs) = any_port(), pty.openpty()
    asked = {"VARPA_DATA": str(tmp_path), "PORT": str(port), "PYTHONPATH": str(boot.ROOT)}
    process = subprocess.Popen(
        boot.varpa("demo"),
        env={**os.environ, **asked},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    assert "answers at" in _read(terminal, lambda shown: shown.endswith("\x1b[K"))
    stalled = [socket.create_connection(("127.0.0.1", port)) for _worker in range(8)]
    for each in stalled:
        each.sendall(STALLED)
    os.killpg(process.pid, signal.SIGINT)
    told = [line.replace("\x1b[K", "") for line in _read(terminal, lambda _shown: False).splitlines()]
    told = [line for line in told if line and not line.startswith("The demonstration grows")]
    assert (told, process.wait(5)) == (["Varpa has ended."], 0)
    for each in stalled:
        each.close()
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
