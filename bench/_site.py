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

from varpa.site import boot, ports

TICK = os.sysconf("SC_CLK_TCK")
WARM = 20


class Site:
    """One Granian worker over the database of this process."""

    def __init__(self, settings: str = "varpa.site.settings") -> None:
        self.port = ports.choose("127.0.0.1", None)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"]
        where = ["--port", str(self.port), "--workers", "1", "varpa.site.wsgi:application"]
        environment = boot.environment(DJANGO_SETTINGS_MODULE=settings, PORT=str(self.port))
        self.process = subprocess.Popen([*command, *where], env=environment)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._wait()

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes, dict[str, str]]:
        """One request over the open connection: status, body, headers in lower case."""
        headers = {"Cookie": cookie, "Accept-Encoding": "br, gzip", "Host": f"127.0.0.1:{self.port}"}
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def cost(self, path: str, cookie: str = "", times: int = 300) -> float:
        """Processor time of one such request, in milliseconds, all the server's processes together."""
        for _ in range(WARM):
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
def served(settings: str = "varpa.site.settings") -> Iterator[Site]:
    """A running site, ended afterwards."""
    site = Site(settings)
    try:
        yield site
    finally:
        site.close()


def session(person: object) -> str:
    """The cookie of a person who has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]  # a Person; Django is not awake at import
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def floor(times: int = 500) -> float:
    """Milliseconds of processor time that the least possible page costs, in this run, on this machine."""
    from django.utils import timezone

    from varpa.people.actions import create_organisation
    from varpa.people.models import Person

    address = "floor@varpa.example"
    made = create_organisation(
        name="The floor", person_name="Floor", email=address, language="en", now=timezone.now()
    )
    cookie = session(Person.objects.get(email=address))
    with served("bench._floor_settings") as site:
        return site.cost(f"/floor/{made.ref}/", cookie, times)


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [each for child in map(int, found) for each in (child, *_children(child))]


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
