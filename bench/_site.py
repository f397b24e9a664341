"""A site of its own for a bench: a folder, a database, one Granian worker, and what its requests cost."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from varpa.site import boot, ports

WARM = 20
FLOOR = "bench._floor_settings"
# As `varpa serve` starts it, with one thread and mostly one worker: a bench asks one page at a time.
WEB = ("--blocking-threads", "1", "--blocking-threads-idle-timeout", "600")


class Site:
    """Granian over the database of this process, with one worker unless a bench needs several."""

    def __init__(
        self, settings: str = "varpa.site.settings", data: Path | None = None, workers: int = 1
    ) -> None:
        self.port = ports.choose("127.0.0.1", None)
        self.data = data or boot.data_folder()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"]
        where = ["--port", str(self.port), *WEB, "--workers", str(workers), "varpa.site.wsgi:application"]
        told = {"DJANGO_SETTINGS_MODULE": settings, "PORT": str(self.port), "VARPA_DATA": str(self.data)}
        self.process = subprocess.Popen([*command, *where], env=boot.environment(**told))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._wait()

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
        """One request over the open connection: status, body, headers in lower case."""
        headers = {"Cookie": cookie, "Accept-Encoding": "br, gzip", "Host": f"127.0.0.1:{self.port}"}
        self.connection.request("GET", path, headers=headers)
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            # Nobody had asked for a while; reading twice is reading once.
            self.connection.close()
            return self.get(path, cookie)
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def post(self, path: str, cookie: str, fields: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Send a form: status, body, headers in lower case."""
        own = {"Origin": f"http://127.0.0.1:{self.port}", "Host": f"127.0.0.1:{self.port}", "Cookie": cookie}
        headers = {**own, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", path, urlencode(fields), headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def cost(self, path: str, cookie: str = "", times: int = 300, warm: int = WARM) -> float:
        """Processor time of one such request, in milliseconds, all the server's processes together."""
        for _ in range(warm):
            status, _body, _headers = self.get(path, cookie)
            if status != 200:
                raise SystemExit(f"{path} answers {status}")
        before = self.processor()
        for _ in range(times):
            self.get(path, cookie)
        return (self.processor() - before) / times * 1000

    def processor(self) -> float:
        """Seconds of processor time that the server and its worker have used."""
        return sum(_seconds(pid) for pid in (self.process.pid, *_children(self.process.pid)))

    def commits(self) -> int:
        """How many transactions stand in the write-ahead log: each was synchronised once, none is forgotten.

        Nothing checkpoints while a bench runs. A frame that ends a transaction says how large the database
        is after it; frames of an earlier use of the file have another salt (SQLite, "WAL File Format").
        """
        path = self.data / "varpa.sqlite3-wal"
        log = path.read_bytes() if path.exists() else b""
        step = 24 + int.from_bytes(log[8:12], "big")
        frames = (log[place : place + 24] for place in range(32, len(log), step))
        return sum(1 for frame in frames if frame[8:16] == log[16:24] and any(frame[4:8]))

    def memory(self) -> float:
        """Resident MiB of the server and its worker."""
        return sum(_resident(pid) for pid in (self.process.pid, *_children(self.process.pid)))

    def close(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait(20)

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.get("/health/")
                return
            except OSError:
                self.connection.close()
                time.sleep(0.1)
        raise SystemExit("the site does not answer")


@contextmanager
def folder() -> Iterator[Path]:
    """An empty data folder with a migrated database, in this process and in every Site started from it."""
    with tempfile.TemporaryDirectory(prefix="varpa-bench-") as made:
        os.environ.update({"VARPA_DATA": made, "VARPA_SECRET": "only-for-benches-" * 3, "DATABASE_URL": ""})
        boot.wake()
        from varpa.site import preparation

        preparation.prepare()
        yield Path(made)


@contextmanager
def served(settings: str = "varpa.site.settings", data: Path | None = None) -> Iterator[Site]:
    """A running site over a data folder (the bench's own), ended afterwards."""
    site = Site(settings, data)
    try:
        yield site
    finally:
        site.close()


def session(person: object, backend: int = 0) -> str:
    """The cookie of a person who has signed in by the backend at that place of the settings."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore as Plain

    from varpa.people.sessions import SessionStore

    # The floor reads a session as Django keeps it.
    store = Plain() if backend else SessionStore()
    store[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]  # a Person; Django is not awake at import
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[backend]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def floor(times: int = 500) -> float:
    """Milliseconds of processor time that the least possible page costs, in this run, on this machine."""
    path, cookie = floor_page()
    with served(FLOOR) as site:
        return site.cost(path, cookie, times)


def floor_page() -> tuple[str, str]:
    """The address of the least possible page, and the cookie of somebody who may see it."""
    from django.utils import timezone

    from varpa.people.actions import create_organisation
    from varpa.people.models import Person

    address = "floor@varpa.example"
    made = create_organisation(
        name="The floor", person_name="Floor", email=address, language="en", now=timezone.now()
    )
    # By Django's way of reading a person, which is the second.
    return f"/floor/{made.ref}/", session(Person.objects.get(email=address), backend=1)


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [each for child in map(int, found) for each in (child, *_children(child))]


def _seconds(pid: int) -> float:
    """The processor clock of another process, ended threads counted: clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
