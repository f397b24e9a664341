"""A real site in processes of its own, people who write into it, and somebody who kills its processes."""

import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.postgresql import any_port
from varpa.kernel.refs import new_ref
from varpa.site import boot, ports

TOKEN = "a" * 32
PATIENCE = 180.0
"""Seconds: only a site that hangs takes longer, on the busiest machine too."""


@dataclass
class Site:
    """`varpa serve` over a folder or a DATABASE_URL."""

    folder: Path
    url: str = ""
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    def stage(self, *what: str, of: str = "stage") -> dict[str, Any]:
        """What `tests.faults.stage` answers, or another module beside it."""
        command = [sys.executable, "-m", f"tests.faults.{of}", *what]
        told = subprocess.run(command, cwd=boot.ROOT, env=self._environment(), capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
        return answer

    def start(self) -> None:
        self.port = any_port()
        log = (self.folder / "serve.log").open("ab")
        command = boot.varpa("serve", "--port", str(self.port))
        self.process = subprocess.Popen(
            command, cwd=boot.ROOT, env=self._environment(), stdout=log, stderr=log
        )
        self.wait(PATIENCE)

    def wait(self, seconds: float) -> None:
        """Until the site answers and its worker is there: that one is started once the web server answers."""
        until = time.monotonic() + seconds
        while not (ports.answers(f"http://127.0.0.1:{self.port}") and self.processes()["worker"]):
            assert time.monotonic() < until, (self.folder / "serve.log").read_text()[-3000:]
            time.sleep(0.1)

    def end(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def end_if_running(self) -> None:
        if self.process and self.process.poll() is None:
            self.end()

    def processes(self) -> dict[str, list[int]]:
        """The process numbers below the supervisor: the web server, its workers, the worker."""
        assert self.process is not None
        found: dict[str, list[int]] = {"web": [], "web worker": [], "worker": []}
        for child in _children(self.process.pid):
            if b"granian" in _command(child):
                found["web"].append(child)
                found["web worker"] += [each for each in _children(child) if b"granian" in _command(each)]
            else:
                found["worker"].append(child)
        return found

    def kill(self, what: str, number: int = 0) -> bool:
        """`kill -9` one of them; False where there is none at this moment."""
        there = self.processes()[what]
        if not there:
            return False
        try:
            os.kill(there[number % len(there)], signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def ask(self, path: str, cookie: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Ask for a page, or send a form: the status of the answer, the page, and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": f"{cookie}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        sent = urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form else None
        try:
            connection.request("POST" if form else "GET", path, sent, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        finally:
            connection.close()

    def limit_files(self, size: int) -> None:
        """How large a file the web server's workers may write, in bytes."""
        for pid in self.processes()["web worker"]:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def _environment(self) -> dict[str, str]:
        return boot.environment(
            VARPA_DATA=str(self.folder), DATABASE_URL=self.url, VARPA_SMTP="", VARPA_URL=""
        )


@dataclass
class Writer:
    """Somebody who writes entry after entry, and sends each again until the site has said that it has it."""

    site: Site
    cookie: str
    path: str
    acknowledged: list[str] = field(default_factory=list)
    sent_again: int = 0
    page: str = ""
    refused: dict[int, int] = field(default_factory=dict)

    def write(self, enough: threading.Event) -> None:
        while not enough.is_set():
            ref = new_ref()
            while self.send(ref) != 302:
                self.sent_again += 1
                time.sleep(0.2)
            self.acknowledged.append(ref)

    def send(self, ref: str) -> int:
        """One POST of a whole form: the status of the answer, 302 where it was taken; 0 without an answer."""
        form = {"ref": ref, "revision": "0", "notes": text_of(ref)}
        form |= {"day": time.strftime("%Y-%m-%d"), "minutes": "45", "finish": "1", "keep": "1"}
        try:
            status, self.page, _leads = self.site.ask(self.path, self.cookie, form)
        except (OSError, http.client.HTTPException):
            return 0
        if status != 302:
            self.refused[status] = self.refused.get(status, 0) + 1
        return status


def text_of(ref: str) -> str:
    """What stands in the entry with this reference."""
    return f"We looked at the prices together, note {ref}"


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
